import { defineService } from '../contract.ts'
import { checkFlow } from './check-flow.ts'
import { fundRoutes } from './routes.ts'
import { fundUseFlow } from './use-flow.ts'

/** Supervision of the employment special fund, Hunan (C5.09): payments drawn at random and checked, their use declared. */
export const service = defineService({
  id: 'employment-fund-checks',
  title: { zh: '就业资金抽查', en: 'Checks of the employment fund' },
  summary: {
    zh: '领取就业专项资金的申报用途；支付随机抽查，逐笔登记结果，违规的追回。',
    en: 'Who was paid declares the use; payments are drawn at random and checked.',
  },
  itemCode: 'TB-43-ZJ',
  keywords: { zh: ['就业补助资金', '监督', '核实'], en: ['fund check'] },
  regions: ['430000'],
  folder: new URL('./', import.meta.url),
  create: (tools) => ({ flows: [checkFlow(tools), fundUseFlow(tools)], messages: [], routes: fundRoutes(tools) }),
})
