import { z } from 'zod'
import { bookRepayment, offsetElsewhere, releaseOrders, repayment } from '../../benefits/door.ts'
import {
  asActor,
  monthOf,
  must,
  Refusal,
  schemaDate,
  schemaFen,
  schemaId,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { recordPersonContributions } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import {
  type BenefitMonth,
  type ClaimFile,
  type ClaimState,
  type ClaimStatus,
  type LineOrder,
  personOf,
  step,
} from './claim-state.ts'
import { bookReceivedPremium, chart, fund, insuranceOf } from './fund-books.ts'

const whilePaid = [
  'receiving',
  'ended',
  'accepted',
  'reviewed',
  'refused',
  'under_objection',
] as const satisfies readonly ClaimStatus[]

/** What the bank says of the months' payments, and money that comes back. A returned payment waits until its account is mended. */
export function paymentSteps(tools: ServiceTools) {
  const notePaid = step({
    title: { zh: '已支付', en: 'Paid' },
    from: whilePaid,
    by: ['system'],
    body: z.strictObject({ orderId: schemaId, paidOn: schemaDate, offsetFen: schemaFen }),
    record: z.strictObject({ orderId: schemaId, paidOn: schemaDate, offsetFen: schemaFen }),
    to: 'stay',
    async take({ work, file, body }) {
      const { month, order } = orderIn(file, body.orderId)
      const insurance = insuranceOf[order.kind]
      const paidFen = order.amountFen - body.offsetFen
      if (insurance !== undefined) await notePremium(work, tools, file, { month, order, paidFen, paidOn: body.paidOn })
      const code = insurance === undefined ? `notice.paid_${order.kind}` : `notice.paid_for_you_${order.kind}`
      return {
        record: body,
        notices: [{ personId: personOf(file), code, params: { amountFen: paidFen, beginsOn: month.beginsOn } }],
      }
    },
    fold: (state, { body }) => {
      const isOwn = insuranceOf[orderOf(state, body.orderId)?.order.kind ?? 'medical_premium'] === undefined
      const owedFen = isOwn ? Math.max(0, state.owedFen - body.offsetFen) : state.owedFen
      return { ...withOrder(state, body.orderId, 'paid'), owedFen }
    },
  })

  const noteReturned = step({
    title: { zh: '退票', en: 'Returned by the bank' },
    from: whilePaid,
    by: ['system'],
    body: z.strictObject({ orderId: schemaId, reason: z.string().nullable() }),
    record: z.strictObject({ orderId: schemaId, reason: z.string().nullable() }),
    to: 'stay',
    async take({ file, body }) {
      const params = { reason: body.reason ?? '' }
      return { record: body, notices: [{ personId: personOf(file), code: 'notice.payment_returned', params }] }
    },
    fold: (state, { body }) => withOrder(state, body.orderId, 'returned'),
  })

  const reissue = step({
    title: { zh: '账户更正后重新支付', en: 'Issue again, the account mended' },
    from: whilePaid,
    by: ['pay', 'accept'],
    body: z.strictObject({ note: z.string().trim().min(1).max(300) }),
    record: z.strictObject({ note: z.string() }),
    to: 'stay',
    async take({ work, file, body }) {
      if ((await releaseOrders(work, file.id)) === 0) throw new Refusal('nothing_returned')
      return { record: body }
    },
    fold: (state) =>
      withOrders(state, (order) => (order.state === 'returned' ? { ...order, state: 'ordered' } : order)),
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

type PaidPremium = { month: BenefitMonth; order: LineOrder; paidFen: number; paidOn: string }

/** A premium that was paid on somebody's behalf: the receiving fund books it, and the month counts as contributed. */
async function notePremium(
  work: Work,
  { rulebook }: ServiceTools,
  file: ClaimFile,
  { month, order, paidFen, paidOn }: PaidPremium,
): Promise<void> {
  const insurance = must(insuranceOf[order.kind], 'insurance of a premium')
  const { agency, number: caseNumber } = file
  if (paidFen > 0) {
    const premium = { insurance, agency, amountFen: paidFen, orderId: order.orderId, caseNumber, on: paidOn }
    await bookReceivedPremium(work, premium)
  }
  const base = await rulebook.valueOf(work, insurance === 'medical' ? 'medicalBaseFen' : 'pensionBaseFen', {
    on: month.beginsOn,
    insuredRegion: agency,
  })
  await asActor(work, systemActor, (node) =>
    recordPersonContributions(node, [
      {
        personId: personOf(file),
        insurance,
        month: monthOf(month.beginsOn),
        employerId: null,
        baseFen: Number(base.value),
        paidOn,
      },
    ]),
  )
}

function orderIn({ state }: ClaimFile, orderId: string): { month: BenefitMonth; order: LineOrder } {
  const known = orderOf(state, orderId)
  if (!known) throw new Refusal('payment_not_of_claim')
  return known
}

function orderOf({ months }: ClaimState, orderId: string): { month: BenefitMonth; order: LineOrder } | undefined {
  for (const month of months) {
    const order = month.orders.find((each) => each.orderId === orderId)
    if (order) return { month, order }
  }
  return undefined
}

function withOrder(state: ClaimState, orderId: string, to: 'paid' | 'returned'): ClaimState {
  return withOrders(state, (order) => (order.orderId === orderId ? { ...order, state: to } : order))
}

function withOrders(state: ClaimState, change: (order: LineOrder) => LineOrder): ClaimState {
  return { ...state, months: state.months.map((month) => ({ ...month, orders: month.orders.map(change) })) }
}
