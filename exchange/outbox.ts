import { type Id, sm3, type Work } from '../ground/door.ts'
import { signEnvelope } from './envelope.ts'
import { asNode, exchangeTables } from './tables.ts'

/** What to say to another region. `about` is the case number it is shown under; `body` must be what JSON can carry. */
export type MessageSpec = { to: string; kind: string; version: number; body: unknown; about?: string }

/**
 * Says something to another region: signed now, there with the work's commit and only then, delivered at least once and in no promised order
 * by the node's exchange. Returns the message's id.
 */
export function sendMessage(work: Work, spec: MessageSpec): Promise<Id> {
  return asNode(work, async (part) => {
    const { to, kind, version, body, about } = spec
    const { region, keys } = part.node
    const id = part.newId()
    const bytes = signEnvelope(keys, { id, from: region, to, kind, version, sentAt: part.now, about, body })
    const tables = exchangeTables(part)
    await tables
      .insertInto('exchange.outbox')
      .values({
        message_id: id,
        to_region: to,
        kind,
        version,
        about: about ?? null,
        sent_at: part.now,
        bytes_sm3: sm3(bytes),
      })
      .execute()
    await tables.insertInto('exchange.evidence').values({ from_region: region, message_id: id, bytes }).execute()
    await tables
      .insertInto('exchange.delivery')
      .values({ message_id: id, to_region: to, state: 'waiting', attempts: 0, next_attempt_at: part.now })
      .execute()
    await part.reach('exchange.message-sent')
    return id
  })
}
