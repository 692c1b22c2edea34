import { sql } from 'kysely'
import { type Id, must, type PlainDate, Refusal, sm3, type Work } from '../ground/door.ts'
import type { Side } from './chart.ts'
import { refusingOverdraft } from './overdraft.ts'
import { ledgerTables, type Memo } from './tables.ts'

/** One line of a transfer on an open account. Amount in whole fen, from 1 to 10^15. */
export type EntryRecord = { accountId: Id; side: Side; amountFen: number }

/** A transfer as it is written: its accounts are open, its entries balance. `on` is the day of the business. */
export type TransferRecord = {
  key: string
  kind: string
  on: PlainDate
  fund: string
  agency: string
  caseId?: Id | null | undefined
  reference?: string | undefined
  corrects?: Id
  userId: Id | null
  memo: Memo
  entries: readonly EntryRecord[]
}

/** A transfer's place among those that happen together. */
export type LinkPlace = { linkId: Id; no: number }

/** What became of a posting. `existing`: the same transfer was there already. */
export type PostedTransfer = { transferId: Id; existing: boolean }

/**
 * Writes a transfer, or returns the one of the same key and content. Where its day is in a closed period it is booked under today's date and
 * keeps its own day (`occurred_on`). `work` acts as the system. Throws `Refusal` `transfer_key_reused`, `overdraft_refused`.
 */
export async function recordTransfer(work: Work, record: TransferRecord, link?: LinkPlace): Promise<PostedTransfer> {
  const transferId = await insertTransfer(work, record, link)
  if (transferId === undefined) {
    return { transferId: must(await findRecorded(work, record), `transfer ${record.key}`), existing: true }
  }
  await work.reach('ledger.transfer-recorded')
  const rows = record.entries.map(({ accountId, side, amountFen }, index) => ({
    ...{ transfer_id: transferId, no: index + 1, account_id: accountId },
    ...{ fund: record.fund, agency: record.agency, side, amount_fen: amountFen },
  }))
  await refusingOverdraft(ledgerTables(work).insertInto('ledger.entry').values(rows).execute())
  await work.reach('ledger.entries-recorded')
  return { transferId, existing: false }
}

/** The transfer already written under this key, or undefined; throws `Refusal` `transfer_key_reused` where its content is another. */
export async function findRecorded(work: Work, record: TransferRecord): Promise<Id | undefined> {
  const query = ledgerTables(work).selectFrom('ledger.transfer').select(['id', 'content_sm3'])
  const existing = await query.where('key', '=', record.key).executeTakeFirst()
  if (existing && existing.content_sm3 !== contentDigest(record)) {
    throw new Refusal('transfer_key_reused', { params: { key: record.key } })
  }
  return existing?.id
}

/** The sum of one side of some entries, in whole fen. */
export function sumOf(entries: readonly Pick<EntryRecord, 'side' | 'amountFen'>[], side: Side): bigint {
  return entries.reduce((sum, entry) => (entry.side === side ? sum + BigInt(entry.amountFen) : sum), 0n)
}

/** What makes two transfers the same: everything but who recorded them, when, and together with what. */
export function contentDigest(record: TransferRecord): string {
  const { kind, on, fund, agency, caseId = null, reference = null, corrects = null, memo } = record
  const params = Object.entries(memo.params).sort(([a], [b]) => (a < b ? -1 : 1))
  const entries = record.entries.map(({ accountId, side, amountFen }) => [accountId, side, amountFen])
  return sm3(JSON.stringify([kind, on, fund, agency, caseId, reference, corrects, memo.code, params, entries]))
}

async function insertTransfer(work: Work, record: TransferRecord, link?: LinkPlace): Promise<Id | undefined> {
  const bookedOn = sql<PlainDate>`ledger.open_day(${record.fund}, ${record.agency}, ${record.on}::date, ${work.today}::date)`
  const insert = ledgerTables(work)
    .insertInto('ledger.transfer')
    .values({
      id: work.newId(),
      key: record.key,
      kind: record.kind,
      fund: record.fund,
      agency: record.agency,
      booked_on: bookedOn,
      occurred_on: sql<PlainDate | null>`nullif(${record.on}::date, ${bookedOn})`,
      recorded_at: work.now,
      case_id: record.caseId ?? null,
      reference: record.reference ?? null,
      corrects: record.corrects ?? null,
      link_id: link?.linkId ?? null,
      link_no: link?.no ?? null,
      user_id: record.userId,
      memo: record.memo,
      content_sm3: contentDigest(record),
      entry_count: record.entries.length,
      total_fen: Number(sumOf(record.entries, 'debit')),
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
  return (await insert.executeTakeFirst())?.id
}
