import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { type Id, type Instant, must, type PlainDate, type Work } from '../ground/door.ts'
import type { Side } from './chart.ts'
import { ledgerTables, type Memo } from './tables.ts'

/** A recorded entry with the account it stands on. Amount in whole fen. */
export type Entry = {
  no: number
  accountId: Id
  account: string
  party: string | null
  side: Side
  amountFen: number
}

/** A recorded transfer. `seq` is the order of recording, `totalFen` the sum of its debits (and of its credits). */
export type Transfer = {
  id: Id
  seq: number
  key: string
  kind: string
  fund: string
  agency: string
  on: PlainDate
  /** The day on which it happened, where it is booked later because its period was closed. */
  occurredOn: PlainDate | null
  recordedAt: Instant
  caseId: Id | null
  reference: string | null
  correctsId: Id | null
  /** The last transfer that corrects this one, and how much of `totalFen` all of them together have taken back. */
  correctedById: Id | null
  correctedFen: number
  /** What it happened together with: transfers of one link are there together or not at all. */
  linkId: Id | null
  userId: Id | null
  memo: Memo
  totalFen: number
  entries: Entry[]
}

/** The transfer with this id; throws `BrokenInvariant` where there is none that the actor may see. */
export async function getTransfer(work: Work, transferId: Id): Promise<Transfer> {
  const query = selectTransfers(work).where('transfer.id', '=', transferId)
  return must(await query.executeTakeFirst(), `transfer ${transferId}`)
}

/** The transfer posted under this key, or undefined. */
export function findTransferByKey(work: Work, key: string): Promise<Transfer | undefined> {
  return selectTransfers(work).where('transfer.key', '=', key).executeTakeFirst()
}

/** All transfers of a case that the actor may see, in the order of recording. */
export function transfersOf(work: Work, { caseId }: { caseId: Id }): Promise<Transfer[]> {
  return selectTransfers(work).where('transfer.case_id', '=', caseId).orderBy('transfer.seq').execute()
}

function selectTransfers(work: Work) {
  return ledgerTables(work)
    .selectFrom('ledger.transfer as transfer')
    .select([
      'transfer.id',
      'transfer.seq',
      'transfer.key',
      'transfer.kind',
      'transfer.fund',
      'transfer.agency',
      'transfer.booked_on as on',
      'transfer.occurred_on as occurredOn',
      'transfer.recorded_at as recordedAt',
      'transfer.case_id as caseId',
      'transfer.reference',
      'transfer.corrects as correctsId',
      'transfer.link_id as linkId',
      'transfer.user_id as userId',
      'transfer.memo',
      'transfer.total_fen as totalFen',
    ])
    .select((outer) => [
      outer
        .selectFrom('ledger.transfer as correction')
        .select('correction.id')
        .whereRef('correction.corrects', '=', 'transfer.id')
        .orderBy('correction.seq', 'desc')
        .limit(1)
        .as('correctedById'),
      sql<number>`(select coalesce(sum(correction.total_fen), 0)::bigint from ledger.transfer correction
        where correction.corrects = transfer.id)`.as('correctedFen'),
      jsonArrayFrom(
        outer
          .selectFrom('ledger.entry as entry')
          .innerJoin('ledger.account as account', 'account.id', 'entry.account_id')
          .select([
            'entry.no',
            'account.id as accountId',
            'account.name as account',
            'account.party',
            'entry.side',
            'entry.amount_fen as amountFen',
          ])
          .whereRef('entry.transfer_id', '=', 'transfer.id')
          .orderBy('entry.no'),
      ).as('entries'),
    ])
}

/** The transfers of a link, in the order in which they were posted; none where the actor may not see them. */
export function transfersOfLink(work: Work, linkId: Id): Promise<Transfer[]> {
  return selectTransfers(work).where('transfer.link_id', '=', linkId).orderBy('transfer.link_no').execute()
}
