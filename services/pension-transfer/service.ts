import { type PaymentFlowSpec, paymentFlow } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { transferOutFlowId } from './flow/out-state.ts'
import { transferInFlow } from './flow/transfer-in.ts'
import { transferOutFlow } from './flow/transfer-out.ts'
import { chart, fund } from './fund-books.ts'
import { messageHandlers } from './handlers.ts'
import { liveThroughTransfers } from './history.ts'
import { transferRoutes } from './routes.ts'
import { seed } from './seed.ts'

const id = 'pension-transfer'

/** The bank batches in which the personal part of months paid twice is paid back. */
const payment: PaymentFlowSpec = {
  id: `${transferOutFlowId}-payment`,
  service: id,
  title: { zh: '重复缴费退款批次', en: 'Payment batch of refunds of months paid twice' },
  numberPrefix: 'ZUP',
  fund,
  chart,
}

const entitlements = [
  {
    id: 'pension-transfer',
    title: { zh: '把外省的养老保险年限和资金转过来', en: 'Bring your pension months and money from another province' },
    path: '/services/pension/transfer',
  },
]

/** Transfer of the pension relation between provinces (B1.04): asked for online in the new one, money and months from the old one. */
export const service = defineService({
  id,
  title: { zh: '养老保险关系转移接续', en: 'Transfer of the pension relation' },
  summary: {
    zh: '换了省份工作，在新参保地网上申请，原参保地的缴费年限和资金就跟着转过来，不用回去办。',
    en: 'Moved to another province: apply online where you pay now, and months and money follow; no journey back.',
  },
  itemCode: 'TB-CN-0007',
  keywords: {
    zh: ['社保转移', '养老转移', '转社保', '跨省转移', '转入', '转出', '换城市'],
    en: ['move pension', 'transfer insurance'],
  },
  maturity: 'easy_to_do',
  folder: new URL('./', import.meta.url),
  create(tools) {
    const transferIn = transferInFlow(tools)
    const transferOut = transferOutFlow(tools)
    return {
      flows: [transferIn, transferOut, paymentFlow(tools, payment)],
      messages: messageHandlers(tools, { transferIn, transferOut }),
      routes: transferRoutes(tools),
      chart,
      payments: [payment],
      seed,
      entitlements,
      history: liveThroughTransfers,
    }
  },
})
