import { benefitParts } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { flexibleSubsidyBenefit } from './benefit.ts'
import { history, seed } from './seed.ts'

/** Insurance subsidy of flexible workers, Zigong (C7.02): each half-year, from the application to the cash. */
export const service = defineService({
  id: 'flexible-insurance-subsidy',
  title: { zh: '灵活就业社保补贴', en: 'Flexible workers’ insurance subsidy' },
  summary: {
    zh: '登记灵活就业、自己缴养老保险费的困难人员和毕业生，每半年按比例领取补贴。',
    en: 'Flexible workers who pay their own pension insurance are subsidised each half-year.',
  },
  itemCode: 'TB-51-LS',
  keywords: {
    zh: ['灵活就业', '社保补贴', '自由职业', '外卖', '骑手', '大学生'],
    en: ['self-employed', 'freelance', 'rider'],
  },
  regions: ['510300'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const parts = benefitParts(tools, [flexibleSubsidyBenefit(tools)])
    return { ...parts, messages: [], routes: [], seed: (world) => seed(world, parts.chart), history }
  },
})
