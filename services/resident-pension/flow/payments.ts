import { z } from 'zod'
import { bookRepayment, offsetElsewhere, releaseOrders, repayment } from '../../../benefits/door.ts'
import { must, Refusal, schemaDate, schemaFen, schemaId } from '../../../ground/door.ts'
import { chart, fund } from '../fund-books.ts'
import { type PensionFile, type PensionState, type PensionStatus, personOf, step } from './state.ts'

const whilePaid = [
  'receiving',
  'ended',
  'accepted',
  'reviewed',
  'refused',
  'under_objection',
] as const satisfies readonly PensionStatus[]

/** What the bank says of the months' payments, and money that comes back. */
export function paymentSteps() {
  const paid = z.strictObject({ orderId: schemaId, paidOn: schemaDate, offsetFen: schemaFen })
  const notePaid = step({
    title: { zh: '已支付', en: 'Paid' },
    from: whilePaid,
    by: ['system'],
    body: paid,
    record: paid,
    to: 'stay',
    async take({ file, body }) {
      const { month, amountFen } = orderIn(file, body.orderId)
      const params = { month, amountFen: amountFen - body.offsetFen }
      return { record: body, notices: [{ personId: personOf(file), code: 'notice.pension_paid', params }] }
    },
    fold: (state, { body: { orderId, offsetFen } }) => ({
      ...withOrders(state, 'paid', orderId),
      owedFen: Math.max(0, state.owedFen - offsetFen),
    }),
  })

  const returned = z.strictObject({ orderId: schemaId, reason: z.string().nullable() })
  const noteReturned = step({
    title: { zh: '退票', en: 'Returned by the bank' },
    from: whilePaid,
    by: ['system'],
    body: returned,
    record: returned,
    to: 'stay',
    async take({ file, body }) {
      const params = { reason: body.reason ?? '' }
      return { record: body, notices: [{ personId: personOf(file), code: 'notice.payment_returned', params }] }
    },
    fold: (state, { body }) => withOrders(state, 'returned', body.orderId),
  })

  const mended = z.strictObject({ note: z.string().trim().min(1).max(300) })
  const reissue = step({
    title: { zh: '账户更正后重新支付', en: 'Issue again, the account mended' },
    from: whilePaid,
    by: ['pay', 'accept'],
    body: mended,
    record: mended,
    to: 'stay',
    async take({ work, file, body }) {
      if ((await releaseOrders(work, file.id)) === 0) throw new Refusal('nothing_returned')
      return { record: body }
    },
    fold: (state) => withOrders(state, 'ordered'),
  })

  const noteRepayment = step({
    title: { zh: '登记退回资金', en: 'Note money paid back' },
    from: ['receiving', 'ended', 'refused'],
    by: ['pay'],
    body: repayment,
    record: repayment,
    to: 'stay',
    async take({ work, file, body }) {
      await bookRepayment(work, { fund, chart, payee: { kind: 'person', id: personOf(file) } }, file, body)
      return { record: body }
    },
    fold: (state, { body }) => ({ ...state, owedFen: state.owedFen - body.amountFen }),
  })

  const noteOffset = step({
    title: { zh: '应退资金已抵扣', en: 'What is owed was offset' },
    from: whilePaid,
    by: ['system'],
    body: offsetElsewhere,
    record: offsetElsewhere,
    to: 'stay',
    take: async ({ body }) => ({ record: body }),
    fold: (state, { body }) => ({ ...state, owedFen: state.owedFen - body.amountFen }),
  })

  return { notePaid, noteReturned, reissue, noteRepayment, noteOffset }
}

function orderIn({ state }: PensionFile, orderId: string): { month: string; amountFen: number } {
  const month = must(
    state.months.find(({ orders }) => orders.some((order) => order.orderId === orderId)),
    `a month of order ${orderId}`,
  )
  const order = month.orders.find((each) => each.orderId === orderId)
  return { month: month.month, amountFen: must(order, `order ${orderId}`).amountFen }
}

/** One order, or all that the bank had returned, as they now stand. */
function withOrders(state: PensionState, to: 'ordered' | 'paid' | 'returned', orderId?: string): PensionState {
  const isMeant = (order: { orderId: string; state: string }) =>
    orderId === undefined ? order.state === 'returned' : order.orderId === orderId
  const months = state.months.map((month) => ({
    ...month,
    orders: month.orders.map((order) => (isMeant(order) ? { ...order, state: to } : order)),
  }))
  return { ...state, months }
}
