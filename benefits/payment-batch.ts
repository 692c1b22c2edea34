import { type Id, Refusal, type Work } from '../ground/door.ts'
import type { Chart } from '../ledger/door.ts'
import { openDebt, takeTurnsOnDebts } from './debts.ts'
import { booksOf, move } from './fund-books.ts'
import { findPayeeAccount } from './payee.ts'
import { ordersOf, type Payee, type PaymentOrder } from './payment-order.ts'
import { asNode, benefitsTables, type LineResult } from './tables.ts'

/** A line of a batch: what the bank pays for an order, and what is kept back of it because the payee owes it (待抵扣). */
export type BatchLine = {
  orderId: Id
  caseId: Id
  caseNumber: string
  purpose: string
  payee: Payee
  amountFen: number
  offsetFen: number
  accountMasked: string
  result: LineResult | 'waiting'
  reason: string | null
}

/** Whose payments a batch carries. */
export type BatchOf = { service: string; fund: string; chart: Chart }

const linesMax = 2_000

/**
 * Draws the payments that are due into a batch, the oldest first, at most 2,000; what payees owe is offset. An order whose payee has no account
 * stays due and is told in `withoutAccount`. Refusal `no_payment_due`.
 */
export function drawLines(
  work: Work,
  { service, fund, chart }: BatchOf,
  { batchId, agency }: { batchId: Id; agency: string },
): Promise<{ lines: BatchLine[]; withoutAccount: string[] }> {
  return asNode(work, async (part) => {
    await takeTurnsOnDebts(part, fund)
    const leftToOffset = new Map<string, number>()
    const withoutAccount: string[] = []
    const lines: BatchLine[] = []
    for (const order of await ordersOf(part, { dueOf: { service, agency } })) {
      if (lines.length === linesMax) break
      const accountMasked = await findPayeeAccount(part, order.payee, part.today)
      if (accountMasked === undefined) {
        withoutAccount.push(order.caseNumber)
        continue
      }
      const left =
        leftToOffset.get(order.payee.id) ??
        (await openDebt(part, { fund, agency: order.agency, chart, payee: order.payee }))
      const offsetFen = Math.min(left, order.amountFen)
      leftToOffset.set(order.payee.id, left - offsetFen)
      lines.push(lineOf(order, offsetFen, accountMasked))
    }
    if (lines.length === 0) throw new Refusal(withoutAccount.length === 0 ? 'no_payment_due' : 'payee_account_missing')
    await keepLines(part, batchId, lines)
    return { lines, withoutAccount }
  })
}

function lineOf(order: PaymentOrder, offsetFen: number, accountMasked: string): BatchLine {
  const { orderId, caseId, caseNumber, purpose, payee } = order
  const amountFen = order.amountFen - offsetFen
  return {
    orderId,
    caseId,
    caseNumber,
    purpose,
    payee,
    amountFen,
    offsetFen,
    accountMasked,
    result: 'waiting',
    reason: null,
  }
}

async function keepLines(work: Work, batchId: Id, lines: readonly BatchLine[]): Promise<void> {
  await benefitsTables(work)
    .insertInto('benefits.payment_line')
    .values(
      lines.map(({ orderId, amountFen, offsetFen, accountMasked }) => ({
        order_id: orderId,
        batch_id: batchId,
        amount_fen: amountFen,
        offset_fen: offsetFen,
        account_masked: accountMasked,
        drawn_at: work.now,
      })),
    )
    .execute()
}

/** What an answered line means for the money: a batch and its line, and the bank's answer. */
export type AnsweredLine = { batch: { id: Id; number: string; agency: string }; line: BatchLine; result: LineResult }

/**
 * Keeps the answer to a line and books it. Paid: what was owed is met, by money and by what the payee owed. Returned, or the batch withdrawn
 * after its money was drawn: the money goes back to the special account and the order is due again.
 */
export function settleLine(
  work: Work,
  { fund, chart }: BatchOf,
  { batch, line, result }: AnsweredLine,
  reason: string | null,
): Promise<void> {
  return asNode(work, async (part) => {
    await benefitsTables(part)
      .insertInto('benefits.payment_result')
      .values({
        order_id: line.orderId,
        batch_id: batch.id,
        result,
        reason,
        recorded_on: part.today,
        recorded_at: part.now,
      })
      .execute()
    if (result === 'withdrawn') return
    const { amountFen, offsetFen, payee, caseId, caseNumber: reference } = line
    const payable = { name: 'payable_to_payee', party: payee.id }
    const common = { on: part.today, books: booksOf(fund, batch.agency, chart), caseId, reference }
    const key = (kind: string) => `${kind}:${batch.number}:${line.orderId}`
    const from = { name: 'expenditure_account' }
    if (result === 'returned') {
      const back = { name: 'fiscal_special_account' }
      if (amountFen === 0) return
      await move(part, {
        ...common,
        key: key('return'),
        kind: 'payment_returned',
        debit: back,
        credit: from,
        amountFen,
      })
      return
    }
    if (amountFen > 0) {
      await move(part, { ...common, key: key('pay'), kind: 'benefit_paid', debit: payable, credit: from, amountFen })
    }
    if (offsetFen > 0) {
      const owed = { name: 'receivable_from_payee', party: payee.id }
      const offset = { ...common, key: key('offset'), kind: 'benefit_offset', amountFen: offsetFen }
      await move(part, { ...offset, debit: payable, credit: owed })
    }
    await part.reach('benefits.line.posted')
  })
}

/** Draws the money of an approved batch from the fiscal special account. A batch that only offsets needs none. */
export async function drawMoney(
  work: Work,
  { fund, chart }: BatchOf,
  batch: { id: Id; number: string; agency: string; totalFen: number },
): Promise<void> {
  if (batch.totalFen === 0) return
  await asNode(work, (part) =>
    move(part, {
      key: `batch:${batch.number}`,
      kind: 'expenditure_funded',
      on: part.today,
      books: booksOf(fund, batch.agency, chart),
      debit: { name: 'expenditure_account' },
      credit: { name: 'fiscal_special_account' },
      amountFen: batch.totalFen,
      caseId: batch.id,
      reference: batch.number,
    }),
  )
}
