import { sql } from 'kysely'
import type { Id, Instant, PlainDate, Work } from '../ground/door.ts'
import { type AccountKind, growsBy } from './chart.ts'
import { ledgerTables } from './tables.ts'

/** One account of a trial balance in whole fen. Opening and closing are on the account's normal side. */
export type TrialBalanceRow = {
  accountId: Id
  fund: string
  agency: string
  name: string
  party: string | null
  kind: AccountKind
  openingFen: bigint
  debitFen: bigint
  creditFen: bigint
  closingFen: bigint
}

/** The totals of a trial balance: opening and closing balances by the side they stand on, and the turnover. */
export type TrialBalanceTotals = {
  openingDebitFen: bigint
  openingCreditFen: bigint
  debitFen: bigint
  creditFen: bigint
  closingDebitFen: bigint
  closingCreditFen: bigint
}

/** A trial balance (试算平衡表): its debit and credit totals are equal, at the opening, in the turnover and at the closing. */
export type TrialBalance = { rows: TrialBalanceRow[]; totals: TrialBalanceTotals }

/** Which books, which days, and as known when. */
export type TrialBalanceFilter = {
  agency?: string
  fund?: string
  from?: PlainDate
  asOf?: PlainDate
  knownAt?: Instant
}

/**
 * The trial balance by business date: turnover from `from` (or the beginning) to `asOf` (or the end), both included; with `knownAt` as the books
 * stood at that moment, without what was recorded later. Of the agencies and funds that the actor may see.
 */
export async function trialBalance(work: Work, filter: TrialBalanceFilter = {}): Promise<TrialBalance> {
  const { from = '0001-01-01', asOf = '9999-12-31' } = filter
  const sumOf = (side: string, period: ReturnType<typeof sql>) =>
    sql<string>`coalesce(sum(entry.amount_fen) filter (where entry.side = ${side} and ${period}), 0)::text`
  const before = sql`transfer.booked_on < ${from}`
  const within = sql`transfer.booked_on >= ${from}`
  let query = ledgerTables(work)
    .selectFrom('ledger.account as account')
    .innerJoin('ledger.entry as entry', 'entry.account_id', 'account.id')
    .innerJoin('ledger.transfer as transfer', 'transfer.id', 'entry.transfer_id')
    .where('transfer.booked_on', '<=', asOf)
    .groupBy('account.id')
    .select(['account.id', 'account.fund', 'account.agency', 'account.name', 'account.party', 'account.kind'])
    .select([
      sumOf('debit', before).as('debitBefore'),
      sumOf('credit', before).as('creditBefore'),
      sumOf('debit', within).as('debit'),
      sumOf('credit', within).as('credit'),
    ])
  if (filter.agency !== undefined) query = query.where('account.agency', '=', filter.agency)
  if (filter.knownAt !== undefined) query = query.where('transfer.recorded_at', '<=', filter.knownAt)
  if (filter.fund !== undefined) query = query.where('account.fund', '=', filter.fund)
  const sorted = query
    .orderBy('account.fund')
    .orderBy('account.agency')
    .orderBy('account.name')
    .orderBy('account.party')
  const rows = (await sorted.execute()).map(({ id, debitBefore, creditBefore, debit, credit, ...account }) => {
    const toNormalSide = growsBy(account.kind) === 'debit' ? 1n : -1n
    const openingFen = toNormalSide * (BigInt(debitBefore) - BigInt(creditBefore))
    const [debitFen, creditFen] = [BigInt(debit), BigInt(credit)]
    const closingFen = openingFen + toNormalSide * (debitFen - creditFen)
    return { accountId: id, ...account, openingFen, debitFen, creditFen, closingFen }
  })
  return { rows, totals: totalsOf(rows) }
}

function totalsOf(rows: readonly TrialBalanceRow[]): TrialBalanceTotals {
  const totals = {
    ...{ openingDebitFen: 0n, openingCreditFen: 0n, debitFen: 0n, creditFen: 0n },
    ...{ closingDebitFen: 0n, closingCreditFen: 0n },
  }
  for (const row of rows) {
    const [openingDebitFen, openingCreditFen] = bySide(row.kind, row.openingFen)
    const [closingDebitFen, closingCreditFen] = bySide(row.kind, row.closingFen)
    totals.openingDebitFen += openingDebitFen
    totals.openingCreditFen += openingCreditFen
    totals.debitFen += row.debitFen
    totals.creditFen += row.creditFen
    totals.closingDebitFen += closingDebitFen
    totals.closingCreditFen += closingCreditFen
  }
  return totals
}

/** A balance as (debit, credit): one that went below zero stands on the other side. */
function bySide(kind: AccountKind, balanceFen: bigint): [bigint, bigint] {
  const debitFen = growsBy(kind) === 'debit' ? balanceFen : -balanceFen
  return debitFen >= 0n ? [debitFen, 0n] : [0n, -debitFen]
}
