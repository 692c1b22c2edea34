import { defineService } from '../contract.ts'
import { loanFlow } from './loan.ts'
import { loanRoutes } from './routes.ts'
import { history } from './seed.ts'

/** Guaranteed loan for a start-up, Hunan (C5.05): guaranteed, lent, repaid. */
export const service = defineService({
  id: 'startup-loan',
  title: { zh: '创业担保贷款', en: 'Guaranteed loan for a start-up' },
  summary: {
    zh: '返乡创业农民工等申请创业担保贷款，审核担保后由经办银行放款。',
    en: 'Returning entrepreneurs and others borrow from a bank with a guarantee.',
  },
  itemCode: 'TB-43-CD',
  keywords: { zh: ['贷款', '创业贷款', '开店', '贴息', '借钱'], en: ['loan', 'business'] },
  regions: ['430000'],
  folder: new URL('./', import.meta.url),
  create: (tools) => ({ flows: [loanFlow(tools)], messages: [], routes: loanRoutes, history }),
})
