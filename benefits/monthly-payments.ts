import { z } from 'zod'
import { stepsOf } from '../cases/door.ts'
import { Refusal, schemaDate, schemaFen, schemaId } from '../ground/door.ts'
import type { OrderedPayment } from './application-state.ts'
import { bookRepayment, repayment } from './debts.ts'
import {
  type BenefitMonth,
  type MonthlyBenefit,
  type MonthlyState,
  type MonthlyStatus,
  type OrderInMonth,
  recipientOf,
} from './monthly-benefit.ts'
import { releaseOrders } from './payment-order.ts'
import { offsetElsewhere } from './payment-telling.ts'

const whilePaid: readonly MonthlyStatus[] = ['receiving', 'ended', 'accepted', 'reviewed', 'refused', 'under_objection']
const paid = z.strictObject({ orderId: schemaId, paidOn: schemaDate, offsetFen: schemaFen })
const returned = z.strictObject({ orderId: schemaId, reason: z.string().nullable() })
const mended = z.strictObject({ note: z.string().trim().min(1).max(300) })

/** What the bank says of the months' payments, and money that comes back. A returned payment waits until its account is mended. */
export function monthlyPaymentSteps<Month extends BenefitMonth, Ended, State extends MonthlyState<Month, Ended>, Basis>(
  benefit: MonthlyBenefit<Month, Ended, State, Basis>,
) {
  const step = stepsOf<State, MonthlyStatus>()
  const { fund, chart } = benefit

  const notePaid = step({
    title: { zh: '已支付', en: 'Paid' },
    from: whilePaid,
    by: ['system'],
    body: paid,
    record: paid,
    to: 'stay',
    async take({ work, file, body }) {
      const found = findOrder<Month>(file.state, body.orderId)
      if (!found) throw new Refusal('payment_not_of_case')
      const told = { ...found, paidFen: found.order.amountFen - body.offsetFen }
      await benefit.afterPaid?.(work, file, { ...told, paidOn: body.paidOn })
      return { record: body, notices: benefit.tellPaid(file, told) }
    },
    fold(state, { body: { orderId, offsetFen } }) {
      const found = findOrder<Month>(state, orderId)
      const metFen = found && benefit.isForPerson(found.order) ? offsetFen : 0
      const months = withOrders(state.months, 'paid', (order) => order.orderId === orderId)
      return { ...state, months, owedFen: Math.max(0, state.owedFen - metFen) }
    },
  })

  const noteReturned = step({
    title: { zh: '退票', en: 'Returned by the bank' },
    from: whilePaid,
    by: ['system'],
    body: returned,
    record: returned,
    to: 'stay',
    async take({ file, body }) {
      const params = { reason: body.reason ?? '' }
      return { record: body, notices: [{ personId: recipientOf(file), code: 'notice.payment_returned', params }] }
    },
    fold: (state, { body: { orderId } }) => ({
      ...state,
      months: withOrders(state.months, 'returned', (order) => order.orderId === orderId),
    }),
  })

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
    fold: (state) => ({
      ...state,
      months: withOrders(state.months, 'ordered', (order) => order.state === 'returned'),
    }),
  })

  const noteRepayment = step({
    title: { zh: '登记退回资金', en: 'Note money paid back' },
    from: ['receiving', 'ended', 'refused'],
    by: ['pay'],
    body: repayment,
    record: repayment,
    to: 'stay',
    async take({ work, file, body }) {
      await bookRepayment(work, { fund, chart, payee: { kind: 'person', id: recipientOf(file) } }, file, body)
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

function findOrder<Month extends BenefitMonth>(
  { months }: { months: readonly Month[] },
  orderId: string,
): OrderInMonth<Month> | undefined {
  for (const month of months) {
    const order = month.orders.find((each) => each.orderId === orderId)
    if (order) return { month, order }
  }
  return undefined
}

/** Months in which the orders that are meant stand as they now do. */
function withOrders<Month extends BenefitMonth>(
  months: readonly Month[],
  state: OrderedPayment['state'],
  isMeant: (order: OrderedPayment) => boolean,
): Month[] {
  return months.map((month) => ({
    ...month,
    orders: month.orders.map((order) => (isMeant(order) ? { ...order, state } : order)),
  }))
}
