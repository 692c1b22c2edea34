import { sql } from 'kysely'
import { type Id, must, type PlainDate, Refusal, rowsTogether, sm3, type Work } from '../ground/door.ts'
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
  return must((await recordTransfers(work, [record], link))[0], `transfer ${record.key}`)
}

/** Writes transfers with their entries in one statement, in their order, each as `recordTransfer` does. `link` is the place of the first. */
export async function recordTransfers(
  work: Work,
  records: readonly TransferRecord[],
  link?: LinkPlace,
): Promise<PostedTransfer[]> {
  const given = records.map((record, index) => ({ record, id: work.newId(), linkNo: link && link.no + index }))
  const recorded = new Set(await insertTransfers(work, given, link?.linkId))
  await work.reach('ledger.transfers-recorded')
  const posted: PostedTransfer[] = []
  for (const { record, id } of given) {
    const isNew = recorded.has(id)
    const transferId = isNew ? id : must(await findRecorded(work, record), `transfer ${record.key}`)
    posted.push({ transferId, existing: !isNew })
  }
  return posted
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

type GivenTransfer = { record: TransferRecord; id: Id; linkNo: number | undefined }

/** One statement for all: the guards look at it as a whole. Returns the ids of those whose key was not taken. */
async function insertTransfers(work: Work, given: readonly GivenTransfer[], linkId: Id | undefined): Promise<Id[]> {
  const transfers = given.map((each, place) => ({ place, ...transferRow(each), link_id: linkId ?? null }))
  const entries = given.flatMap(entryRows)
  const insert = sql<{ id: Id }>`${rowsTogether}
    WITH given AS MATERIALIZED (
      SELECT * FROM json_to_recordset(${JSON.stringify(transfers)}::json) AS transfer (place integer, id uuid, key text, kind text, fund text,
        agency text, day date, case_id uuid, reference text, corrects uuid, link_id uuid, link_no integer, user_id uuid, memo jsonb,
        content_sm3 text, entry_count integer, total_fen bigint)
    ), booked AS MATERIALIZED (
      SELECT fund, agency, day, ledger.open_day(fund, agency, day, ${work.today}::date) AS booked_on
      FROM (SELECT DISTINCT fund, agency, day FROM given) AS days
    ), recorded AS (
      INSERT INTO ledger.transfer (id, key, kind, fund, agency, booked_on, occurred_on, recorded_at, case_id, reference, corrects, link_id,
        link_no, user_id, memo, content_sm3, entry_count, total_fen)
      SELECT id, key, kind, fund, agency, booked_on, nullif(day, booked_on), ${work.now}::timestamptz, case_id, reference, corrects, link_id,
        link_no, user_id, memo, content_sm3, entry_count, total_fen
      FROM given JOIN booked USING (fund, agency, day) ORDER BY place
      ON CONFLICT (key) DO NOTHING RETURNING id
    ), entered AS (
      INSERT INTO ledger.entry (transfer_id, no, account_id, fund, agency, side, amount_fen)
      SELECT entry.* FROM json_to_recordset(${JSON.stringify(entries)}::json) AS entry (transfer_id uuid, no integer, account_id uuid,
        fund text, agency text, side text, amount_fen bigint) JOIN recorded ON recorded.id = entry.transfer_id
    )
    SELECT id FROM recorded`
  return (await refusingOverdraft(insert.execute(work.db))).rows.map(({ id }) => id)
}

function transferRow({ id, record, linkNo }: GivenTransfer) {
  const { key, kind, on: day, fund, agency, caseId, reference, corrects, userId, memo, entries } = record
  return {
    ...{ id, key, kind, fund, agency, day, memo, content_sm3: contentDigest(record) },
    ...{ case_id: caseId, reference, corrects, link_no: linkNo, user_id: userId },
    ...{ entry_count: entries.length, total_fen: Number(sumOf(entries, 'debit')) },
  }
}

function entryRows({ id, record: { fund, agency, entries } }: GivenTransfer) {
  return entries.map(({ accountId, side, amountFen }, index) => ({
    ...{ transfer_id: id, no: index + 1, account_id: accountId },
    ...{ fund, agency, side, amount_fen: amountFen },
  }))
}
