import type { Generated, GeneratedAlways, JSONColumnType, Selectable, Transaction } from 'kysely'
import { asActor, type Id, type Instant, type MessageParams, systemActor, type Work } from '../ground/door.ts'
import type { AlertKind } from './alert.ts'
import type { DirectoryChange } from './directory.ts'

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
    reply_to: Id | null
    sent_at: Instant
    envelope_sm3: string | null
  }
  'exchange.draft': { message_id: Id; envelope: string }
  'exchange.delivery': DeliveryTable
  'exchange.inbox': {
    from_region: string
    message_id: Id
    kind: string
    version: number
    about: string | null
    reply_to: Id | null
    sent_at: Instant
    taken_at: Instant
    envelope_sm3: string | null
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
  'exchange.evidence': { from_region: string; message_id: Id; signed_no: Generated<number>; bytes: Uint8Array }
  'exchange.directory': { version: number; issued_at: Instant; recorded_at: Instant; document: string }
  'exchange.signing_key': { fingerprint: string; public_key: string; sealed_private_key: Uint8Array; made_at: Instant }
  'exchange.key_change': KeyChangeTable
  'exchange.alert': AlertTable
}

type DeliveryTable = {
  message_id: Id
  to_region: string
  state: DeliveryState
  attempts: number
  next_attempt_at: Instant
  ended_at: Instant | null
  last_failure: string | null
  receipt_id: Id | null
  signed_no: Generated<number>
}

type HandlingTable = {
  from_region: string
  message_id: Id
  state: HandlingState
  code: string | null
  params: MessageParams | null
  handled_at: Instant
  receipt_wanted: boolean
  receipt_id: Id | null
}

/** A change to the directory as it stands at the hub. */
export type KeyChangeRow = Selectable<KeyChangeTable>

type KeyChangeTable = {
  id: Id
  seq: GeneratedAlways<number>
  region: string
  kind: DirectoryChange['kind']
  fingerprint: string | null
  public_key: string | null
  reads: JSONColumnType<number[]> | null
  reason: string | null
  proposed_at: Instant
  first_officer: Id | null
  second_officer: Id | null
  confirmed_at: Instant | null
  directory_version: number | null
}

type AlertTable = {
  id: Id
  kind: AlertKind
  partner: string | null
  first_seen_at: Instant
  last_seen_at: Instant
  count: number
  acknowledged_at: Instant | null
  acknowledged_by: Id | null
}

/** The exchange's tables within a work's transaction. */
export function exchangeTables(work: Work): Transaction<ExchangeTables> {
  return work.db.withTables<ExchangeTables>()
}

/** Runs a part of a work as the node itself: only it writes messages, whoever caused them. */
export function asNode<T>(work: Work, part: (work: Work) => Promise<T>): Promise<T> {
  return work.actor.kind === 'system' ? part(work) : asActor(work, systemActor, part)
}
