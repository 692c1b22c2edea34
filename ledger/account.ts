import { BrokenInvariant, type Id, must, remembering, type Work } from '../ground/door.ts'
import type { AccountBook, AccountKind, AccountRef, Books, Overdraft } from './chart.ts'
import { asLedger, ledgerTables } from './tables.ts'

/** An open account. `party` is null where the account is not kept per party. */
export type Account = {
  id: Id
  name: string
  fund: string
  agency: string
  party: string | null
  kind: AccountKind
  book: AccountBook
  /** How the cash-basis book names money that settles this account. */
  cashItem: string
  overdraft: Overdraft
}

/** The columns of an account under their names in code. */
export const accountColumns = [
  'account.id',
  'account.name',
  'account.fund',
  'account.agency',
  'account.party',
  'account.kind',
  'account.book',
  'account.cash_item as cashItem',
  'account.overdraft',
] as const

/** Opens an account of the books' chart, or returns it where it is open already. A posting opens what it needs by itself. */
export function openAccount(work: Work, books: Books, ref: AccountRef): Promise<Account> {
  return asLedger(work, async (part) => accountOf(await openAccounts(part, books, [ref]), ref))
}

/** The open account of a reference, or undefined where it was never opened or the actor may not see it. */
export async function findAccount(
  work: Work,
  books: Pick<Books, 'fund' | 'agency'>,
  ref: AccountRef,
): Promise<Account | undefined> {
  return (await readAccounts(work, books, [ref]))[0]
}

/** The account with this id; throws `BrokenInvariant` where there is none that the actor may see. */
export async function getAccount(work: Work, accountId: Id): Promise<Account> {
  const query = ledgerTables(work).selectFrom('ledger.account as account').select(accountColumns)
  return must(await query.where('id', '=', accountId).executeTakeFirst(), `account ${accountId}`)
}

/** Open accounts of one set of books by what they are referred to. */
export type OpenAccounts = ReadonlyMap<string, Account>

/** Accounts that are open; nothing of an account is ever changed. */
const opened = remembering<Account>(5000)

/** Opens what is missing and returns all accounts referred to. `work` acts as the system. */
export async function openAccounts(work: Work, books: Books, refs: readonly AccountRef[]): Promise<OpenAccounts> {
  const specs = [...new Map(refs.map((ref) => [refText(ref), specOf(books, ref)])).values()]
  const known = specs.flatMap((spec) => opened.find(work, accountText(spec)) ?? [])
  const names = new Set(known.map(refText))
  const unknown = specs.filter((spec) => !names.has(refText(spec)))
  const missing = unknown.length > 0 ? await readOrOpen(work, books, unknown) : []
  for (const each of missing) opened.keep(work, accountText(each), each)
  const accounts = new Map([...known, ...missing].map((each) => [refText(each), each]))
  for (const spec of specs) requireAsInChart(must(accounts.get(refText(spec)), spec.name), spec)
  return accounts
}

function accountText({ fund, agency, name, party }: AccountSpec): string {
  return `${fund} ${agency} ${name} ${party ?? ''}`
}

/** The account of a reference among accounts of the same books. */
export function accountOf(accounts: OpenAccounts, ref: AccountRef): Account {
  return must(accounts.get(refText(ref)), `account ${ref.name}`)
}

async function readOrOpen(work: Work, books: Books, specs: readonly AccountSpec[]): Promise<Account[]> {
  const known = await readAccounts(work, books, specs)
  const open = new Set(known.map(refText))
  const missing = specs.filter((spec) => !open.has(refText(spec)))
  if (missing.length === 0) return known
  await insertAccounts(work, missing)
  return readAccounts(work, books, specs)
}

function refText({ name, party }: { name: string; party?: string | null | undefined }): string {
  return party ? `${name} ${party}` : name
}

type AccountSpec = Omit<Account, 'id'>

function specOf(
  { fund, agency, chart }: Books,
  { name, party = null }: { name: string; party?: string | null },
): AccountSpec {
  const given = must(chart[name], `account ${name} in the chart`)
  const { kind, book = 'accrual', cashItem = name, perParty = false } = given
  if (perParty !== (party !== null)) {
    throw new BrokenInvariant(
      `account ${name} ${perParty ? 'is kept per party and none is given' : 'is not kept per party'}`,
    )
  }
  const overdraft = given.overdraft ?? (book === 'cash' ? 'refused' : 'allowed')
  return { name, fund, agency, party, kind, book, cashItem, overdraft }
}

function requireAsInChart(account: Account, spec: AccountSpec): void {
  for (const trait of ['kind', 'book', 'cashItem', 'overdraft'] as const) {
    if (account[trait] !== spec[trait]) {
      throw new BrokenInvariant(
        `account ${spec.name} was opened with ${trait} ${account[trait]}, the chart says ${spec[trait]}`,
      )
    }
  }
}

async function insertAccounts(work: Work, specs: readonly AccountSpec[]): Promise<void> {
  const rows = specs.map(({ cashItem, ...spec }) => ({
    ...spec,
    id: work.newId(),
    cash_item: cashItem,
    opened_at: work.now,
  }))
  // Two postings may open the same accounts at once: always in the same order, so that they never wait for each other in a ring.
  rows.sort((a, b) => (`${a.name} ${a.party ?? ''}` < `${b.name} ${b.party ?? ''}` ? -1 : 1))
  const insert = ledgerTables(work).insertInto('ledger.account').values(rows)
  await insert.onConflict((conflict) => conflict.doNothing()).execute()
}

function readAccounts(
  work: Work,
  books: Pick<Books, 'fund' | 'agency'>,
  refs: readonly { name: string; party?: string | null | undefined }[],
): Promise<Account[]> {
  return ledgerTables(work)
    .selectFrom('ledger.account as account')
    .select(accountColumns)
    .where('fund', '=', books.fund)
    .where('agency', '=', books.agency)
    .where(({ eb, or, and }) =>
      or(
        refs.map((ref) =>
          and([eb('name', '=', ref.name), ref.party ? eb('party', '=', ref.party) : eb('party', 'is', null)]),
        ),
      ),
    )
    .execute()
}
