import { z } from 'zod'
import type { CaseFile } from '../cases/door.ts'
import { Refusal, schemaFen, takeTurns, type Work } from '../ground/door.ts'
import { balanceOf, type Chart } from '../ledger/door.ts'
import { booksOf, move } from './fund-books.ts'
import type { Payee } from './payment-order.ts'
import { asNode, benefitsTables } from './tables.ts'

/** Whose debt to which fund: the books are those of the agency's province. */
export type DebtOf = { fund: string; agency: string; chart: Chart; payee: Payee }

/**
 * What of a payee's debt to a fund (待抵扣) nothing meets yet: what is owed by the books, less what batches that the bank has not answered will
 * offset. Whole fen.
 */
export async function openDebt(work: Work, { fund, agency, chart, payee }: DebtOf): Promise<number> {
  const account = { name: 'receivable_from_payee', party: payee.id }
  return asNode(work, async (part) => {
    // In this order: a batch that is answered in between is counted twice, never not at all.
    const underWayFen = await offsetUnderWay(part, fund, payee)
    const { balanceFen } = await balanceOf(part, { account, books: booksOf(fund, agency, chart) })
    return Math.max(0, balanceFen - underWayFen)
  })
}

/** Debts of a fund are met one transaction after the other: what one offsets or notes as repaid, the next sees. */
export function takeTurnsOnDebts(work: Work, fund: string): Promise<void> {
  return takeTurns(work, `benefits.debts:${fund}`)
}

async function offsetUnderWay(work: Work, fund: string, payee: Payee): Promise<number> {
  const { fen } = await benefitsTables(work)
    .selectFrom('benefits.payment_line as line')
    .innerJoin('benefits.payment_order as ordered', 'ordered.id', 'line.order_id')
    .leftJoin('benefits.payment_result as answered', (join) =>
      join.onRef('answered.order_id', '=', 'line.order_id').onRef('answered.batch_id', '=', 'line.batch_id'),
    )
    .select(({ fn }) => fn.sum<number | null>('line.offset_fen').as('fen'))
    .where('ordered.payee_id', '=', payee.id)
    .where('ordered.fund', '=', fund)
    .where('answered.result', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(fen ?? 0)
}

/** Parses what an officer says of money that a payee paid back. */
export const repayment = z.strictObject({
  amountFen: schemaFen.min(1),
  bankReference: z.string().trim().min(4).max(60),
})

/**
 * Books money that a payee paid back (Dr special account / Cr receivable). Refusal `repayment_above_debt` for more than the case says is owed, and
 * for more than is open by the books: the rest a batch offsets.
 */
export async function bookRepayment(
  work: Work,
  debt: Omit<DebtOf, 'agency'>,
  file: CaseFile<{ owedFen: number }>,
  { amountFen, bankReference: reference }: z.infer<typeof repayment>,
): Promise<void> {
  const { fund, chart, payee } = debt
  const { agency, id: caseId, number, seq } = file
  await takeTurnsOnDebts(work, fund)
  const owedFen = Math.min(file.state.owedFen, await openDebt(work, { ...debt, agency }))
  if (amountFen > owedFen) throw new Refusal('repayment_above_debt', { params: { owedFen } })
  await asNode(work, (part) =>
    move(part, {
      key: `repaid:${number}:${seq}`,
      kind: 'benefit_repaid',
      on: work.today,
      books: booksOf(fund, agency, chart),
      debit: { name: 'fiscal_special_account' },
      credit: { name: 'receivable_from_payee', party: payee.id },
      amountFen,
      caseId,
      reference,
    }),
  )
}
