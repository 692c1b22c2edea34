import type { GeneratedAlways, Transaction } from 'kysely'
import { asActor, type Id, type Instant, type MessageParams, systemActor, type Work } from '../ground/door.ts'

/** How far a message that was sent has come. */
export type DeliveryState = 'waiting' | 'delivered' | 'refused'

/** What became of a message that was taken. */
export type HandlingState = 'done' | 'failed'

/** The exchange's tables as kysely reads them; `migrations/` is their definition. */
export type ExchangeTables = {
  'exchange.outbox': {
    message_id: Id
    seq: GeneratedAlways<number>
    to_region: string
    kind: string
    version: number
    about: string | null
    sent_at: Instant
    bytes_sm3: string
  }
  'exchange.delivery': DeliveryTable
  'exchange.inbox': {
    from_region: string
    message_id: Id
    kind: string
    version: number
    about: string | null
    sent_at: Instant
    taken_at: Instant
    bytes_sm3: string
  }
  'exchange.handling': HandlingTable
  'exchange.refused': {
    id: Id
    received_at: Instant
    reason: string
    claimed_from: string | null
    bytes_sm3: string
    size_bytes: number
  }
  'exchange.evidence': { from_region: string; message_id: Id; bytes: Uint8Array }
}

type DeliveryTable = {
  message_id: Id
  to_region: string
  state: DeliveryState
  attempts: number
  next_attempt_at: Instant
  ended_at: Instant | null
  last_failure: string | null
}

type HandlingTable = {
  from_region: string
  message_id: Id
  state: HandlingState
  code: string | null
  params: MessageParams | null
  handled_at: Instant
}

/** The exchange's tables within a work's transaction. */
export function exchangeTables(work: Work): Transaction<ExchangeTables> {
  return work.db.withTables<ExchangeTables>()
}

/** Runs a part of a work as the node itself: only it writes messages, whoever caused them. */
export function asNode<T>(work: Work, part: (work: Work) => Promise<T>): Promise<T> {
  return work.actor.kind === 'system' ? part(work) : asActor(work, systemActor, part)
}
