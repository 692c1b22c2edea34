import { defineService } from '../contract.ts'
import { estimateRoutes } from './routes.ts'

/** Online contribution estimate (缴费测算, B1.07): what five insurances and the income tax take of a wage. */
export const service = defineService({
  id: 'contributions',
  title: { zh: '社会保险缴费测算', en: 'Contribution estimate' },
  summary: {
    zh: '按工资测算五项社会保险个人、单位各缴多少，以及全年个人所得税。',
    en: 'What five insurances cost a person and the employer at a wage, and the income tax of the year.',
  },
  itemCode: 'TB-CN-0001',
  folder: new URL('./', import.meta.url),
  create: ({ rulebook }) => ({ flows: [], messages: [], routes: estimateRoutes(rulebook) }),
})
