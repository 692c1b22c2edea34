import { sql } from 'kysely'
import { type Id, rowsTogether, sendAhead, sm3, type Work } from '../ground/door.ts'
import { type Envelope, envelopeText } from './envelope.ts'
import { asNode } from './tables.ts'

/**
 * What to say to another region. `about` is the number (of a case, a statement ...) it is shown under, `replyTo` the message it answers; `body` must
 * be what JSON can carry.
 */
export type MessageSpec = { to: string; kind: string; version: number; body: unknown; about?: string; replyTo?: Id }

/**
 * Says something to another region: there with the work's commit and only then, signed when it is first delivered, delivered at least once and in
 * no promised order by the node's exchange. Returns the message's id.
 */
export function sendMessage(work: Work, spec: MessageSpec): Promise<Id> {
  return asNode(work, async (part) => {
    const { to, kind, version, body, about, replyTo } = spec
    const id = part.newId()
    const from = part.node.region
    const envelope: Envelope = { id, from, to, kind, bodyVersion: version, sentAt: part.now, about, replyTo, body }
    const text = envelopeText(envelope, 2)
    const row = { message_id: id, to_region: to, kind, version, about, reply_to: replyTo, envelope: text }
    const kept = sql`${rowsTogether}
      WITH given AS MATERIALIZED (
        SELECT * FROM json_to_recordset(${JSON.stringify([{ ...row, envelope_sm3: sm3(text) }])}::json)
          AS message (message_id uuid, to_region text, kind text, version integer, about text, reply_to uuid, envelope text, envelope_sm3 text)
      ), sent AS (
        INSERT INTO exchange.outbox (message_id, to_region, kind, version, about, reply_to, sent_at, envelope_sm3)
        SELECT message_id, to_region, kind, version, about, reply_to, ${part.now}::timestamptz, envelope_sm3 FROM given
      ), drafted AS (INSERT INTO exchange.draft (message_id, envelope) SELECT message_id, envelope FROM given)
      INSERT INTO exchange.delivery (message_id, to_region, state, attempts, next_attempt_at)
      SELECT message_id, to_region, 'waiting', 0, ${part.now}::timestamptz FROM given`
    await sendAhead(part.db, kept)
    await part.reach('exchange.message-sent')
    return id
  })
}
