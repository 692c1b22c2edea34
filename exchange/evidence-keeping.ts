import { sql } from 'kysely'
import { builtOnce, type Given, type Id, sendAhead, type Work } from '../ground/door.ts'

/** A message as it went over the wire. `signed_no` counts how often it was signed, from one. */
export type EvidenceRow = { from_region: string; message_id: Id; signed_no: number; bytes: Uint8Array }

/** Keeps what was sent or taken for whoever looks later. `unlessKept`: what is kept already stays as it is; else it is an error. */
export async function keepEvidence(work: Work, rows: readonly EvidenceRow[], way?: 'unlessKept'): Promise<void> {
  if (rows.length === 0) return
  let start = 1
  const list = rows.map(({ bytes: { length: size }, from_region, message_id, signed_no }) => {
    const row = { from_region, message_id, signed_no, start, size }
    start += size
    return row
  })
  const all = Buffer.concat(rows.map(({ bytes }) => bytes))
  await sendAhead(work.db, (way ? keptUnlessKept : kept)({ list: JSON.stringify(list), all }))
}

// However many there are, PostgreSQL has one text to read and plan. Their bytes go as they are, one after the other.
const keeping = (_: unknown, given: Given<{ list: string; all: Uint8Array }>) => sql`
    INSERT INTO exchange.evidence (from_region, message_id, signed_no, bytes)
    SELECT from_region, message_id, signed_no, substring(${given('all')}::bytea FROM start FOR size)
    FROM json_to_recordset(${given('list')}::json)
      AS message (from_region text, message_id uuid, signed_no integer, start integer, size integer)`

const kept = builtOnce(keeping)
const keptUnlessKept = builtOnce(
  (query, given: Parameters<typeof keeping>[1]) => sql`${keeping(query, given)} ON CONFLICT DO NOTHING`,
)
