import { type CompiledQuery, sql } from 'kysely'
import { builtOnce, type Given, type Work } from '../ground/door.ts'
import { type Account, accountColumns } from './account.ts'
import type { AccountRef, Books } from './chart.ts'
import type { LedgerTables } from './tables.ts'

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
export async function balances(work: Work, filter: BalanceFilter = {}): Promise<Balance[]> {
  const { fund, agency, name, party } = filter
  const shape = [fund, agency, name, party].map((part) => (part === null ? 'none' : part !== undefined)).join()
  const query = queries.get(shape) ?? builtFor(filter)
  queries.set(shape, query)
  return (await work.db.executeQuery(query({ ...filter, name: name === undefined ? name : [name].flat() }))).rows
}

type Narrowing = Omit<BalanceFilter, 'name'> & { name: string[] | undefined }

/** The query for filters with the same parts. */
const queries = new Map<string, (values: Narrowing) => CompiledQuery<Balance>>()

function builtFor(filter: BalanceFilter) {
  const normalFen = sql<number>`ledger.normal_fen(account.kind, balance.debit_fen, balance.credit_fen)`
  return builtOnce((query, given: Given<Narrowing>) =>
    query
      .withTables<LedgerTables>()
      .selectFrom('ledger.account as account')
      .innerJoin('ledger.balance as balance', 'balance.account_id', 'account.id')
      .select(accountColumns)
      .select(['balance.debit_fen as debitFen', 'balance.credit_fen as creditFen', normalFen.as('balanceFen')])
      .select(sql<number>`${normalFen} - balance.held_fen`.as('availableFen'))
      .$if(filter.fund !== undefined, (narrow) => narrow.where(sql<boolean>`account.fund = ${given('fund')}`))
      .$if(filter.agency !== undefined, (narrow) => narrow.where(sql<boolean>`account.agency = ${given('agency')}`))
      .$if(filter.name !== undefined, (narrow) =>
        narrow.where(sql<boolean>`account.name = ANY (${given('name')}::text[])`),
      )
      .$if(filter.party === null, (narrow) => narrow.where('account.party', 'is', null))
      .$if(typeof filter.party === 'string', (narrow) => narrow.where(sql<boolean>`account.party = ${given('party')}`))
      .orderBy('account.fund')
      .orderBy('account.agency')
      .orderBy('account.name')
      .orderBy('account.party'),
  )
}
