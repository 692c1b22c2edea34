import { sql } from 'kysely'
import type { Id, Instant, PlainDate, Work } from '../ground/door.ts'
import { type Account, findAccount, getAccount } from './account.ts'
import { type AccountRef, type Books, growsBy } from './chart.ts'
import { ledgerTables, type Memo } from './tables.ts'

/** One movement on an account, in whole fen; `balanceFen` is what stands after it, on the account's normal side. */
export type StatementLine = {
  transferId: Id
  on: PlainDate
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

/** Which account and which days a statement is for. */
export type StatementSpec = { from: PlainDate; to: PlainDate } & (
  | { accountId: Id }
  | { account: AccountRef; books: Pick<Books, 'fund' | 'agency'> }
)

/** The statement (明细账) of one account: by business date and, within a day, in the order of recording. */
export async function statement(work: Work, spec: StatementSpec): Promise<Statement> {
  const account =
    'accountId' in spec ? await getAccount(work, spec.accountId) : await findAccount(work, spec.books, spec.account)
  if (!account) return { account, openingFen: 0, lines: [], closingFen: 0 }
  const toNormalSide = growsBy(account.kind) === 'debit' ? 1 : -1
  const openingFen = toNormalSide * (await debitLessCreditBefore(work, account.id, spec.from))
  let balanceFen = openingFen
  const lines = (await readMovements(work, account.id, spec)).map(({ side, amountFen, ...movement }) => {
    const [debitFen, creditFen] = side === 'debit' ? [amountFen, 0] : [0, amountFen]
    balanceFen += toNormalSide * (debitFen - creditFen)
    return { ...movement, debitFen, creditFen, balanceFen }
  })
  return { account, openingFen, lines, closingFen: balanceFen }
}

async function debitLessCreditBefore(work: Work, accountId: Id, on: PlainDate): Promise<number> {
  const query = ledgerTables(work)
    .selectFrom('ledger.entry as entry')
    .innerJoin('ledger.transfer as transfer', 'transfer.id', 'entry.transfer_id')
    .select(
      sql<number>`coalesce(sum(case entry.side when 'debit' then entry.amount_fen else -entry.amount_fen end), 0)::bigint`.as(
        'fen',
      ),
    )
    .where('entry.account_id', '=', accountId)
    .where('transfer.booked_on', '<', on)
  return (await query.executeTakeFirstOrThrow()).fen
}

function readMovements(work: Work, accountId: Id, { from, to }: { from: PlainDate; to: PlainDate }) {
  return ledgerTables(work)
    .selectFrom('ledger.entry as entry')
    .innerJoin('ledger.transfer as transfer', 'transfer.id', 'entry.transfer_id')
    .select([
      'transfer.id as transferId',
      'transfer.booked_on as on',
      'transfer.recorded_at as recordedAt',
      'transfer.kind',
      'transfer.memo',
      'transfer.reference',
      'transfer.case_id as caseId',
      'transfer.corrects as correctsId',
      'entry.side',
      'entry.amount_fen as amountFen',
    ])
    .where('entry.account_id', '=', accountId)
    .where('transfer.booked_on', '>=', from)
    .where('transfer.booked_on', '<=', to)
    .orderBy('transfer.booked_on')
    .orderBy('transfer.seq')
    .orderBy('entry.no')
    .execute()
}
