import { type BothLanguages, BrokenInvariant } from '../ground/door.ts'

/** What an account counts. Assets and expenses grow by debit, liabilities and income by credit. */
export type AccountKind = 'asset' | 'liability' | 'income' | 'expense'

/** Debit (借) or credit (贷). */
export type Side = 'debit' | 'credit'

/** The side on which an account of this kind grows: its normal side. */
export function growsBy(kind: AccountKind): Side {
  return kind === 'asset' || kind === 'expense' ? 'debit' : 'credit'
}

/**
 * In which books an account stands.
 * - `cash`: money itself (a bank or fiscal account); in both books.
 * - `statutory`: no money, but in both books as it is (advances paid and received, 暂付款 and 暂收款).
 * - `accrual`: only in the accrual sub-ledger. Where money settles such an account, the cash-basis book (收付实现制) shows an expenditure
 *   (expenses and payables) or an income (income and receivables) instead.
 */
export type AccountBook = 'accrual' | 'statutory' | 'cash'

/** Whether an account may go below zero on its normal side. `refused` is kept by the database. */
export type Overdraft = 'allowed' | 'refused'

/** One account of a chart. */
export type ChartAccount = {
  kind: AccountKind
  title: BothLanguages
  /** `accrual` where not given. */
  book?: AccountBook
  /** The income or expenditure under which the cash-basis book shows money that settles this account; its own name where not given. */
  cashItem?: string
  /** `refused` for cash, `allowed` for all else, where not given. */
  overdraft?: Overdraft
  /** Kept apart for each region, institution or person it is owed to or by: a reference to it must name the party. */
  perParty?: boolean
}

/** A chart of accounts by name. A service gives its own as data (`postings.ts`). */
export type Chart = Readonly<Record<string, ChartAccount>>

/** One set of books: the accounts of a chart, of one fund, kept by one agency (region code). Money never moves between two books. */
export type Books = { fund: string; agency: string; chart: Chart }

/** An account within given books, by its name in the chart and, where it is kept per party, whose it is (region code, institution or person id). */
export type AccountRef = { name: string; party?: string }

/** Checks a chart of accounts and keeps its names as types. Throws `BrokenInvariant` for a name or a combination that cannot be. */
export function defineChart<const Accounts extends Chart>(accounts: Accounts): Accounts {
  for (const [name, account] of Object.entries<ChartAccount>(accounts)) {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new BrokenInvariant(`account name ${name} is not in snake_case`)
    if (account.book === 'cash' && account.kind !== 'asset')
      throw new BrokenInvariant(`cash account ${name} must be an asset`)
    if (account.cashItem && (account.book ?? 'accrual') !== 'accrual')
      throw new BrokenInvariant(`account ${name} stands in the cash-basis book itself and has no other item there`)
  }
  return accounts
}
