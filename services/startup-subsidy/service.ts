import { benefitParts } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { startupSubsidyBenefit } from './benefit.ts'
import { history, seed } from './seed.ts'

/** One-off entrepreneurship subsidy, Hunan (C5.06): from the application to the cash. */
export const service = defineService({
  id: 'startup-subsidy',
  title: { zh: '返乡创业一次性创业补贴', en: 'One-off entrepreneurship subsidy' },
  summary: {
    zh: '返乡创业、正常经营满规定时间的农民工，领取一次创业补贴。',
    en: 'Migrant workers who come back and have run a business for long enough are paid a subsidy once.',
  },
  itemCode: 'TB-43-CY',
  keywords: { zh: ['返乡', '创业补贴', '开店', '开公司'], en: ['business', 'subsidy'] },
  regions: ['430000'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const parts = benefitParts(tools, [startupSubsidyBenefit])
    return { ...parts, messages: [], routes: [], seed: (world) => seed(world, parts.chart), history }
  },
})
