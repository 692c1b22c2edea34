import type { BothLanguages, Id, PlainDate, Work } from '../ground/door.ts'
import { provinceOf } from '../law/door.ts'
import {
  type Books,
  type Chart,
  defineChart,
  type EntrySpec,
  type PostedTransfer,
  postTransfer,
} from '../ledger/door.ts'

const standardAccounts = {
  fiscal_special_account: { kind: 'asset', book: 'cash', title: { zh: '财政专户', en: 'Fiscal special account' } },
  expenditure_account: { kind: 'asset', book: 'cash', title: { zh: '支出户', en: 'Expenditure account' } },
  contribution_income: { kind: 'income', title: { zh: '保险费收入', en: 'Contribution income' } },
  payable_to_payee: {
    kind: 'liability',
    perParty: true,
    cashItem: 'benefit_expense',
    title: { zh: '应付待遇', en: 'Payable to payees' },
  },
  receivable_from_payee: {
    kind: 'asset',
    perParty: true,
    title: { zh: '应收退回待遇（待抵扣）', en: 'To be paid back (to be offset)' },
  },
} satisfies Chart

/** An account of the standard chart. */
export type StandardAccount = keyof typeof standardAccounts

/** Every fund's accounts for paying benefits, and with them a service's own, one for each kind of expense (domain: accounts and postings). */
export function fundChart(expenses: Readonly<Record<string, { title: BothLanguages }>>): Chart {
  const own = Object.entries(expenses).map(([name, { title }]) => [name, { kind: 'expense', title }] as const)
  return defineChart({ ...standardAccounts, ...Object.fromEntries(own) })
}

/** A fund's books of a region: kept by the province, whose fiscal special account pays and receives. */
export function booksOf(fund: string, agency: string, chart: Chart): Books {
  return { fund, agency: provinceOf(agency).code, chart }
}

/** One movement between two accounts of a fund. `key` makes it idempotent; the memo code is `posting.<kind>`. */
export type Movement = {
  key: string
  kind: string
  on: PlainDate
  books: Books
  debit: { name: string; party?: string }
  credit: { name: string; party?: string }
  amountFen: number
  caseId?: Id
  reference?: string
}

/** What the ledger is told of a movement. */
export function transferOf({ key, kind, on, books, debit, credit, amountFen, caseId, reference }: Movement) {
  const entries: EntrySpec[] = [
    { account: debit, debitFen: amountFen },
    { account: credit, creditFen: amountFen },
  ]
  const memo = { code: `posting.${kind}`, params: reference === undefined ? {} : { reference } }
  return { key, kind, on, books, memo, entries, ...(caseId && { caseId }), ...(reference && { reference }) }
}

/** Books money that a fund has received, such as its budget of a year: what can be paid from then on. `key` makes it idempotent. */
export function receiveIncome(
  work: Work,
  income: { key: string; fund: string; chart: Chart; on: PlainDate; amountFen: number },
): Promise<PostedTransfer> {
  const { key, fund, chart, on, amountFen } = income
  return move(work, {
    ...{ key, kind: 'income_received', on, amountFen, books: booksOf(fund, work.node.region, chart) },
    debit: { name: 'fiscal_special_account' },
    credit: { name: 'contribution_income' },
  })
}

/** Posts a movement. */
export function move(work: Work, movement: Movement): Promise<PostedTransfer> {
  return postTransfer(work, transferOf(movement))
}
