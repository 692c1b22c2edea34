import { sql } from 'kysely'
import { type Id, must, type PlainDate, Refusal, type Work } from '../ground/door.ts'
import { type Chart, getTransfer, postLinked, reverseTransfer } from '../ledger/door.ts'
import { booksOf, move, transferOf } from './fund-books.ts'
import { asNode, benefitsTables, type LineResult, type PayeeKind } from './tables.ts'

/** Who is paid: `id` of a person, employer or institution, or the name of a fund. */
export type Payee = { kind: PayeeKind; id: string }

/** What is to be paid. The fund's books are those of the agency's province; `expense` is an account of `chart`. */
export type OrderSpec = {
  /** The same key with the same content orders once. */
  key: string
  service: string
  fund: string
  chart: Chart
  agency: string
  caseId: Id
  caseNumber: string
  payee: Payee
  expense: string
  /** What it is for: message code `payment.<purpose>` of the service. */
  purpose: string
  amountFen: number
  on: PlainDate
}

/** Where an order stands: `due` waits for a batch, `waiting` for the bank, `returned` for a mended account (`releaseOrders`). */
export type OrderState = 'due' | 'waiting' | 'returned' | 'paid' | 'cancelled'

/** An order as it stands. */
export type PaymentOrder = {
  orderId: Id
  service: string
  fund: string
  agency: string
  caseId: Id
  caseNumber: string
  payee: Payee
  purpose: string
  amountFen: number
  transferId: Id
  orderedOn: PlainDate
  state: OrderState
  /** The batch it is or was last in, and the bank's answer there. */
  lastBatchId: Id | null
  lastResult: LineResult | null
  lastReason: string | null
  settledOn: PlainDate | null
}

/**
 * Orders a payment: books it as owed (Dr expense / Cr payable to the payee) and keeps the order for the next batch. Throws `Refusal`
 * `transfer_key_reused` for the same key with another amount, payee or day.
 */
export function orderPayment(work: Work, spec: OrderSpec): Promise<{ orderId: Id; existing: boolean }> {
  const { key, service, fund, chart, agency, caseId, caseNumber, payee, expense, purpose, amountFen, on } = spec
  return asNode(work, async (part) => {
    const { transferId } = await move(part, {
      key: `order:${key}`,
      kind: 'benefit_ordered',
      on,
      books: booksOf(fund, agency, chart),
      debit: { name: expense },
      credit: { name: 'payable_to_payee', party: payee.id },
      amountFen,
      caseId,
      reference: caseNumber,
    })
    await part.reach('benefits.order.posted')
    const orderId = part.newId()
    const inserted = await benefitsTables(part)
      .insertInto('benefits.payment_order')
      .values({
        id: orderId,
        key,
        service,
        fund,
        agency,
        case_id: caseId,
        case_number: caseNumber,
        payee_kind: payee.kind,
        payee_id: payee.id,
        purpose,
        amount_fen: amountFen,
        transfer_id: transferId,
        ordered_on: on,
        ordered_at: part.now,
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (inserted) return { orderId, existing: false }
    const found = await benefitsTables(part)
      .selectFrom('benefits.payment_order')
      .select('id')
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
    return { orderId: found.id, existing: true }
  })
}

/** Ends an order that no bank has: books back what was owed. Refusal `payment_with_bank` where it is in a batch, `payment_already_made`. */
export async function cancelOrder(work: Work, { orderId, on }: { orderId: Id; on: PlainDate }): Promise<void> {
  const order = await getOrder(work, orderId)
  if (order.state === 'cancelled') return
  requireNotPaid(order)
  await asNode(work, async (part) => {
    await reverseTransfer(part, {
      transferId: order.transferId,
      key: `cancel:${orderId}`,
      kind: 'benefit_order_cancelled',
      on,
      memo: { code: 'posting.benefit_order_cancelled', params: { reference: order.caseNumber } },
      reference: order.caseNumber,
    })
    await part.reach('benefits.order.cancelled')
    await benefitsTables(part)
      .insertInto('benefits.order_cancellation')
      .values({ order_id: orderId, cancelled_at: part.now })
      .execute()
  })
}

/** What of a paid order was not owed after all. `key` makes it idempotent. */
export type TakeBack = { orderId: Id; amountFen: number; key: string; on: PlainDate; chart: Chart }

/**
 * Claims back a part of an order that was paid: takes it out of the expense by a correction that names the posting, and books what the payee
 * owes, both together. It is offset at the payee's next payment or paid back. Refusal `payment_not_made`, `correction_exceeds`.
 */
export async function takeBack(work: Work, { orderId, amountFen, key, on, chart }: TakeBack): Promise<void> {
  const order = await getOrder(work, orderId)
  if (order.state !== 'paid') throw new Refusal('payment_not_made', { params: { number: order.caseNumber } })
  await asNode(work, async (part) => {
    const { entries } = await getTransfer(part, order.transferId)
    const common = { kind: 'benefit_taken_back', on, reference: order.caseNumber }
    await postLinked(part, {
      key: `take-back:${key}`,
      transfers: [
        {
          ...common,
          transferId: order.transferId,
          key: `take-back:${key}:expense`,
          memo: { code: 'posting.benefit_taken_back', params: { reference: order.caseNumber } },
          takeBack: entries.map(({ no }) => ({ no, amountFen })),
        },
        transferOf({
          ...common,
          key: `take-back:${key}:claim`,
          books: booksOf(order.fund, order.agency, chart),
          debit: { name: 'receivable_from_payee', party: order.payee.id },
          credit: { name: 'payable_to_payee', party: order.payee.id },
          amountFen,
          caseId: order.caseId,
        }),
      ],
    })
  })
}

/** Lets what the bank returned for a case be drawn into a batch again, once the account was mended. Returns how many orders that are. */
export async function releaseOrders(work: Work, caseId: Id): Promise<number> {
  return asNode(work, async (part) => {
    const returned = (await ordersOf(part, { caseId })).filter(({ state }) => state === 'returned')
    for (const { orderId, lastBatchId } of returned) {
      await benefitsTables(part)
        .insertInto('benefits.order_release')
        .values({ order_id: orderId, batch_id: must(lastBatchId, 'batch of a returned order'), released_at: part.now })
        .execute()
    }
    return returned.length
  })
}

/** Orders as they stand: of a case, of a batch, waiting for a batch, or paid by a fund in a period or to a payee; the oldest first. */
export async function ordersOf(
  work: Work,
  filter: {
    caseId?: Id
    batchId?: Id
    dueOf?: { service: string; agency: string }
    paidBy?: { fund: string; agency: string; from: PlainDate; to: PlainDate }
    paidTo?: { fund: string; payeeId: string }
  },
): Promise<PaymentOrder[]> {
  let query = orderQuery(work).orderBy('ordered.id')
  if (filter.caseId !== undefined) query = query.where('ordered.case_id', '=', filter.caseId)
  if (filter.batchId !== undefined) {
    const { batchId } = filter
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('benefits.payment_line as line')
          .select('line.order_id')
          .whereRef('line.order_id', '=', 'ordered.id')
          .where('line.batch_id', '=', batchId),
      ),
    )
  }
  if (filter.dueOf !== undefined) {
    query = query
      .where('ordered.service', '=', filter.dueOf.service)
      .where('ordered.agency', 'like', `${filter.dueOf.agency.replace(/(00){1,2}$/, '')}%`)
      .where(orderState, '=', 'due')
  }
  if (filter.paidBy !== undefined) {
    query = query
      .where('ordered.fund', '=', filter.paidBy.fund)
      .where('ordered.agency', 'like', `${filter.paidBy.agency.replace(/(00){1,2}$/, '')}%`)
      .where(orderState, '=', 'paid')
      .where('line.recorded_on', '>=', filter.paidBy.from)
      .where('line.recorded_on', '<=', filter.paidBy.to)
  }
  if (filter.paidTo !== undefined) {
    query = query
      .where('ordered.fund', '=', filter.paidTo.fund)
      .where('ordered.payee_id', '=', filter.paidTo.payeeId)
      .where(orderState, '=', 'paid')
  }
  return (await query.execute()).map(({ payeeKind, payeeId, ...order }) => ({
    ...order,
    payee: { kind: payeeKind, id: payeeId },
  }))
}

/** An order by its id. Throws `BrokenInvariant` where there is none. */
export async function getOrder(work: Work, orderId: Id): Promise<PaymentOrder> {
  const row = await asNode(work, (part) => orderQuery(part).where('ordered.id', '=', orderId).executeTakeFirst())
  const { payeeKind, payeeId, ...order } = must(row, `payment order ${orderId}`)
  return { ...order, payee: { kind: payeeKind, id: payeeId } }
}

function requireNotPaid({ state, caseNumber }: PaymentOrder): void {
  if (state === 'waiting') throw new Refusal('payment_with_bank', { params: { number: caseNumber } })
  if (state === 'paid') throw new Refusal('payment_already_made', { params: { number: caseNumber } })
}

const orderState = sql<OrderState>`case when cancelled.order_id is not null then 'cancelled'
  when line.result = 'returned' and line.released_at is null then 'returned'
  when line.order_id is null or line.result in ('returned', 'withdrawn') then 'due'
  when line.result = 'paid' then 'paid' else 'waiting' end`

/** Each order with the line that counts: the one that was paid, else the one that waits, else the one answered last. */
function orderQuery(work: Work) {
  return benefitsTables(work)
    .selectFrom('benefits.payment_order as ordered')
    .leftJoin('benefits.order_cancellation as cancelled', 'cancelled.order_id', 'ordered.id')
    .leftJoinLateral(
      ({ selectFrom }) =>
        selectFrom('benefits.payment_line as drawn')
          .leftJoin('benefits.payment_result as answered', (join) =>
            join.onRef('answered.order_id', '=', 'drawn.order_id').onRef('answered.batch_id', '=', 'drawn.batch_id'),
          )
          .leftJoin('benefits.order_release as released', (join) =>
            join.onRef('released.order_id', '=', 'drawn.order_id').onRef('released.batch_id', '=', 'drawn.batch_id'),
          )
          .select([
            'drawn.order_id',
            'drawn.batch_id',
            'answered.result',
            'answered.reason',
            'answered.recorded_on',
            'released.released_at',
          ])
          .whereRef('drawn.order_id', '=', 'ordered.id')
          .orderBy(sql`case when answered.result = 'paid' then 0 when answered.result is null then 1
            when answered.result = 'returned' and released.released_at is null then 2 else 3 end`)
          .orderBy('answered.recorded_at', 'desc')
          .limit(1)
          .as('line'),
      (join) => join.onTrue(),
    )
    .select([
      'ordered.id as orderId',
      'ordered.service',
      'ordered.fund',
      'ordered.agency',
      'ordered.case_id as caseId',
      'ordered.case_number as caseNumber',
      'ordered.payee_kind as payeeKind',
      'ordered.payee_id as payeeId',
      'ordered.purpose',
      'ordered.amount_fen as amountFen',
      'ordered.transfer_id as transferId',
      'ordered.ordered_on as orderedOn',
      orderState.as('state'),
      'line.batch_id as lastBatchId',
      'line.result as lastResult',
      'line.reason as lastReason',
      'line.recorded_on as settledOn',
    ])
}
