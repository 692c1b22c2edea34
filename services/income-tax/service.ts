import { defineService } from '../contract.ts'
import { estimateRoutes } from './routes.ts'

/** Yearly settlement of income tax on comprehensive income (M3.02, M3.03), as an estimate. */
export const service = defineService({
  id: 'income-tax',
  title: { zh: '个人所得税汇算测算', en: 'Income tax settlement estimate' },
  summary: {
    zh: '测算综合所得汇算清缴应补或应退的个人所得税。',
    en: 'What is to pay or to be refunded when the income tax of a year is settled.',
  },
  itemCode: 'TB-CN-0002',
  keywords: {
    zh: ['报税', '个税', '退税', '年度汇算', '专项附加扣除', '房贷', '贷款利息'],
    en: ['tax return', 'refund', 'deductions'],
  },
  maturity: 'easy_to_do',
  folder: new URL('./', import.meta.url),
  create: ({ rulebook }) => ({ flows: [], messages: [], routes: estimateRoutes(rulebook) }),
})
