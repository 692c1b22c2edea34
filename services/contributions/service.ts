import { defineService } from '../contract.ts'
import { estimateRoutes } from './routes.ts'

/** Online estimates (缴费测算、待遇测算, B1.07): what five insurances and the income tax take of a wage, and what the pension would be. */
export const service = defineService({
  id: 'contributions',
  title: { zh: '社会保险缴费和待遇测算', en: 'Estimates of contributions and pensions' },
  summary: {
    zh: '按工资测算五项社会保险个人、单位各缴多少，以及全年个人所得税；将来每月能领多少养老金。',
    en: 'What five insurances cost a person and the employer at a wage, the income tax of the year, and what the pension would be.',
  },
  itemCode: 'TB-CN-0001',
  keywords: {
    zh: ['算养老金', '退休金', '退休', '退休年龄', '延迟退休', '缴多少', '缴费基数', '灵活就业缴费'],
    en: ['retirement', 'pension estimate', 'contribution base'],
  },
  maturity: 'easy_to_do',
  folder: new URL('./', import.meta.url),
  create: ({ rulebook }) => ({ flows: [], messages: [], routes: estimateRoutes(rulebook) }),
})
