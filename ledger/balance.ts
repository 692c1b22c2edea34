import { sql } from 'kysely'
import type { Work } from '../ground/door.ts'
import { type Account, accountColumns } from './account.ts'
import type { AccountRef, Books } from './chart.ts'
import { ledgerTables } from './tables.ts'

/** What stands on an account, in whole fen. Debit and credit are all it ever had; balances are on its normal side, overdrawn below zero. */
export type BalanceAmounts = {
  debitFen: number
  creditFen: number
  balanceFen: number
  /** The balance less the holds that have not ended. */
  availableFen: number
}

/** An open account with what stands on it. */
export type Balance = Account & BalanceAmounts

/** Which accounts: each part narrows; `name` may be several, `party: null` means those not kept per party. */
export type BalanceFilter = { fund?: string; agency?: string; name?: string | readonly string[]; party?: string | null }

/** What stands on one account, this work's own postings included; nothing where it was never opened. */
export async function balanceOf(
  work: Work,
  { account, books }: { account: AccountRef; books: Pick<Books, 'fund' | 'agency'> },
): Promise<BalanceAmounts> {
  const { fund, agency } = books
  const [found] = await balances(work, { fund, agency, name: account.name, party: account.party ?? null })
  return found ?? { debitFen: 0, creditFen: 0, balanceFen: 0, availableFen: 0 }
}

/** What stands on all accounts of the filter that the actor may see, by fund, agency, name and party. */
export function balances(work: Work, filter: BalanceFilter = {}): Promise<Balance[]> {
  const normalFen = sql<number>`ledger.normal_fen(account.kind, balance.debit_fen, balance.credit_fen)`
  let query = ledgerTables(work)
    .selectFrom('ledger.account as account')
    .innerJoin('ledger.balance as balance', 'balance.account_id', 'account.id')
    .select(accountColumns)
    .select(['balance.debit_fen as debitFen', 'balance.credit_fen as creditFen', normalFen.as('balanceFen')])
    .select(sql<number>`${normalFen} - balance.held_fen`.as('availableFen'))
  for (const column of ['fund', 'agency', 'name'] as const) {
    const value = filter[column]
    if (value !== undefined) query = query.where(`account.${column}`, 'in', [value].flat())
  }
  if (filter.party !== undefined) {
    query = query.where('account.party', filter.party === null ? 'is' : '=', filter.party)
  }
  return query
    .orderBy('account.fund')
    .orderBy('account.agency')
    .orderBy('account.name')
    .orderBy('account.party')
    .execute()
}
