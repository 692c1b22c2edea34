import { sql } from 'kysely'
import type { Id, Instant, PlainDate, Work } from '../ground/door.ts'
import { type Account, findAccount, getAccount } from './account.ts'
import { type AccountRef, type Books, growsBy } from './chart.ts'
import { ledgerTables, type Memo } from './tables.ts'

/** One movement on an account, in whole fen; `balanceFen` is what stands after it, on the account's normal side. */
export type StatementLine = {
  transferId: Id
  on: PlainDate
  /** The day on which it happened, where it is booked later because its period was closed. */
  occurredOn: PlainDate | null
  recordedAt: Instant
  kind: string
  memo: Memo
  reference: string | null
  caseId: Id | null
  correctsId: Id | null
  debitFen: number
  creditFen: number
  balanceFen: number
}

/** An account's movements between two business dates, both included. `account` is undefined where it was never opened. */
export type Statement = {
  account: Account | undefined
  openingFen: number
  lines: StatementLine[]
  closingFen: number
}

/** Which account and which days a statement is for; with `knownAt` as the books stood at that moment, without what was recorded later. */
export type StatementSpec = Term & ({ accountId: Id } | { account: AccountRef; books: Pick<Books, 'fund' | 'agency'> })

type Term = { from: PlainDate; to: PlainDate; knownAt?: Instant | undefined }

/** The statement (明细账) of one account: by business date and, within a day, in the order of recording. */
export async function statement(work: Work, spec: StatementSpec): Promise<Statement> {
  const account =
    'accountId' in spec ? await getAccount(work, spec.accountId) : await findAccount(work, spec.books, spec.account)
  if (!account) return { account, openingFen: 0, lines: [], closingFen: 0 }
  const toNormalSide = growsBy(account.kind) === 'debit' ? 1 : -1
  const openingFen = toNormalSide * (await debitLessCreditBefore(work, account.id, spec))
  let balanceFen = openingFen
  const lines = (await readMovements(work, account.id, spec)).map(({ side, amountFen, ...movement }) => {
    const [debitFen, creditFen] = side === 'debit' ? [amountFen, 0] : [0, amountFen]
    balanceFen += toNormalSide * (debitFen - creditFen)
    return { ...movement, debitFen, creditFen, balanceFen }
  })
  return { account, openingFen, lines, closingFen: balanceFen }
}

async function debitLessCreditBefore(work: Work, accountId: Id, { from, knownAt }: Term): Promise<number> {
  const query = entriesOf(work, accountId, knownAt)
    .select(
      sql<number>`coalesce(sum(case entry.side when 'debit' then entry.amount_fen else -entry.amount_fen end), 0)::bigint`.as(
        'fen',
      ),
    )
    .where('transfer.booked_on', '<', from)
  return (await query.executeTakeFirstOrThrow()).fen
}

function readMovements(work: Work, accountId: Id, { from, to, knownAt }: Term) {
  return entriesOf(work, accountId, knownAt)
    .select([
      'transfer.id as transferId',
      'transfer.booked_on as on',
      'transfer.occurred_on as occurredOn',
      'transfer.recorded_at as recordedAt',
      'transfer.kind',
      'transfer.memo',
      'transfer.reference',
      'transfer.case_id as caseId',
      'transfer.corrects as correctsId',
      'entry.side',
      'entry.amount_fen as amountFen',
    ])
    .where('transfer.booked_on', '>=', from)
    .where('transfer.booked_on', '<=', to)
    .orderBy('transfer.booked_on')
    .orderBy('transfer.seq')
    .orderBy('entry.no')
    .execute()
}

/** The entries of an account with their transfers, as far as they were recorded at a moment. */
function entriesOf(work: Work, accountId: Id, knownAt: Instant | undefined) {
  const entries = ledgerTables(work)
    .selectFrom('ledger.entry as entry')
    .innerJoin('ledger.transfer as transfer', 'transfer.id', 'entry.transfer_id')
    .where('entry.account_id', '=', accountId)
  return knownAt === undefined ? entries : entries.where('transfer.recorded_at', '<=', knownAt)
}
