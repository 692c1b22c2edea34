import { z } from 'zod'
import { Refusal, schemaDate, schemaFen, schemaId } from '../ground/door.ts'
import type { Chart } from '../ledger/door.ts'
import { type ApplicationState, type ApplicationStatus, isUnpaid, partyOf, step } from './application-state.ts'
import type { Benefit } from './benefit.ts'
import { bookRepayment, repayment } from './debts.ts'
import { noticeWith } from './notice.ts'
import { releaseOrders } from './payment-order.ts'
import { offsetElsewhere } from './payment-telling.ts'

const whileUnpaid = [
  'approved',
  'returned',
  'under_objection',
  'accepted',
  'referred',
  'reviewed',
] as const satisfies readonly ApplicationStatus[]

/** What becomes of an application's payments: the bank's answers, a payment issued again, and money that comes back. */
export function payingSteps(benefit: Benefit, chart: Chart) {
  const notePaid = step({
    title: { zh: '已支付', en: 'Paid' },
    from: whileUnpaid,
    by: ['system'],
    body: z.strictObject({ orderId: schemaId, paidOn: schemaDate, offsetFen: schemaFen }),
    record: z.strictObject({ orderId: schemaId, paidOn: schemaDate, offsetFen: schemaFen }),
    to: { paid: 'paid', more: 'stay' },
    async take({ file, body }) {
      const { amountFen } = orderIn(file.state, body.orderId)
      const left = withOrder(file.state, body.orderId, 'paid').orders
      const isLast = (file.status === 'approved' || file.status === 'returned') && !isUnpaid(left)
      return {
        outcome: isLast ? 'paid' : 'more',
        record: body,
        notices: [noticeWith(partyOf(file), 'notice.benefit_paid', { amountFen: amountFen - body.offsetFen })],
      }
    },
    fold: (state, { body }) => ({
      ...withOrder(state, body.orderId, 'paid'),
      paidOn: body.paidOn,
      owedFen: Math.max(0, state.owedFen - body.offsetFen),
    }),
  })

  const noteReturned = step({
    title: { zh: '退票', en: 'Returned by the bank' },
    from: whileUnpaid,
    by: ['system'],
    body: z.strictObject({ orderId: schemaId, reason: z.string().nullable() }),
    record: z.strictObject({ orderId: schemaId, reason: z.string().nullable() }),
    to: { returned: 'returned', elsewhere: 'stay' },
    async take({ file, body }) {
      return {
        outcome: file.status === 'approved' ? 'returned' : 'elsewhere',
        record: body,
        notices: [noticeWith(partyOf(file), 'notice.benefit_payment_returned', { reason: body.reason ?? '' })],
      }
    },
    fold: (state, { body }) => withOrder(state, body.orderId, 'returned'),
  })

  const reissue = step({
    title: { zh: '更正账户后重新支付', en: 'Issue again, the account mended' },
    from: ['returned'],
    by: ['pay', 'accept'],
    body: z.strictObject({ note: z.string().trim().min(1).max(300) }),
    record: z.strictObject({ note: z.string() }),
    to: 'approved',
    async take({ work, file, body }) {
      await releaseOrders(work, file.id)
      return { record: body }
    },
    fold: (state) => ({
      ...state,
      orders: state.orders.map((order) =>
        order.state === 'returned' ? { ...order, state: 'ordered' as const } : order,
      ),
    }),
  })

  const settle = step({
    title: { zh: '核对支付状态', en: 'What became of the payments' },
    from: ['approved'],
    by: ['system'],
    body: z.strictObject({}),
    record: z.strictObject({}),
    to: { paid: 'paid', returned: 'returned' },
    take: async ({ file }) => ({ record: {}, outcome: isUnpaid(file.state.orders) ? 'returned' : 'paid' }),
  })

  const noteRepayment = step({
    title: { zh: '登记退回资金', en: 'Note money paid back' },
    from: ['paid', 'refused', 'approved'],
    by: ['pay'],
    body: repayment,
    record: repayment,
    to: 'stay',
    async take({ work, file, body }) {
      await bookRepayment(work, { fund: benefit.money.fund, chart, payee: partyOf(file) }, file, body)
      return { record: body }
    },
    fold: (state, { body }) => ({ ...state, owedFen: state.owedFen - body.amountFen }),
  })

  const noteOffset = step({
    title: { zh: '应退资金已抵扣', en: 'What is owed was offset' },
    from: [...whileUnpaid, 'paid', 'refused'],
    by: ['system'],
    body: offsetElsewhere,
    record: offsetElsewhere,
    to: 'stay',
    take: async ({ body }) => ({ record: body }),
    fold: (state, { body }) => ({ ...state, owedFen: state.owedFen - body.amountFen }),
  })

  return { notePaid, noteReturned, reissue, settle, noteRepayment, noteOffset }
}

function orderIn({ orders }: ApplicationState, orderId: string) {
  const order = orders.find((each) => each.orderId === orderId)
  if (!order) throw new Refusal('payment_not_of_case')
  return order
}

function withOrder(state: ApplicationState, orderId: string, to: 'paid' | 'returned'): ApplicationState {
  return {
    ...state,
    orders: state.orders.map((order) => (order.orderId === orderId ? { ...order, state: to } : order)),
  }
}
