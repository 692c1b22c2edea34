import { defineService } from '../contract.ts'
import { checkFlow } from './check-flow.ts'

/** Supervision of the employment special fund, Hunan (C5.09): payments drawn at random and checked. */
export const service = defineService({
  id: 'employment-fund-checks',
  title: { zh: '就业资金抽查', en: 'Checks of the employment fund' },
  summary: {
    zh: '对就业专项资金的支付随机抽查，逐笔登记结果，违规的追回。',
    en: 'Payments of the employment special fund are drawn at random and checked.',
  },
  itemCode: 'TB-43-ZJ',
  regions: ['430000'],
  folder: new URL('./', import.meta.url),
  create: (tools) => ({ flows: [checkFlow(tools)], messages: [], routes: [] }),
})
