import { type Id, sendAhead, sm3, type Work } from '../ground/door.ts'
import { type Envelope, envelopeText } from './envelope.ts'
import { asNode, exchangeTables } from './tables.ts'

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
    const kept = exchangeTables(part)
      .with('sent', (tables) =>
        tables.insertInto('exchange.outbox').values({
          message_id: id,
          to_region: to,
          kind,
          version,
          about: about ?? null,
          reply_to: replyTo ?? null,
          sent_at: part.now,
          envelope_sm3: sm3(text),
        }),
      )
      .with('drafted', (tables) => tables.insertInto('exchange.draft').values({ message_id: id, envelope: text }))
      .insertInto('exchange.delivery')
      .values({ message_id: id, to_region: to, state: 'waiting', attempts: 0, next_attempt_at: part.now })
    await sendAhead(part.db, kept)
    await part.reach('exchange.message-sent')
    return id
  })
}
