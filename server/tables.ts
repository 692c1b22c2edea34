import type { Generated } from 'kysely'
import type { Id, Instant, PlainDate } from '../ground/door.ts'
import type { RegisterEvent } from '../people/door.ts'

/** What can happen to somebody's ways to sign in. */
export const signInEventKinds = [
  'password_used',
  'password_refused',
  'passkey_used',
  'passkey_refused',
  'passkey_added',
  'passkey_removed',
] as const
export type SignInEventKind = (typeof signInEventKinds)[number]

/** The tables of schema `server`, as kysely sees them. */
export type ServerTables = {
  'server.session': {
    token_sm3: string
    csrf_token: string
    user_id: Id
    assignment_id: Id | null
    on_behalf_of: Id | null
    started_at: Instant
    last_seen_at: Instant
    ended_at: Instant | null
  }
  'server.passkey': {
    id: Id
    credential_id: string
    user_id: Id
    name: string
    public_key: Uint8Array
    counter: number
    transports: string[]
    synced: boolean
    added_at: Instant
    last_used_at: Instant | null
    removed_at: Instant | null
  }
  'server.passkey_challenge': {
    challenge_sm3: string
    user_id: Id | null
    expires_at: Instant
    used_at: Instant | null
  }
  'server.sign_in_event': {
    seq: Generated<number>
    user_id: Id
    what: SignInEventKind
    passkey_id: Id | null
    at: Instant
  }
  'server.answer': {
    user_id: Id
    key: string
    state: 'answered' | 'cancelled'
    route: string | null
    request_sm3: string | null
    status: number | null
    body: unknown
    at: Instant
  }
  'server.offer': {
    id: Id
    service: string
    rule: string
    person_id: Id
    agency: string
    kind: RegisterEvent['kind']
    reference: string
    on_day: PlainDate
    offered_at: Instant
  }
  'server.offer_dismissal': { offer_id: Id; dismissed_at: Instant }
  'server.offer_choice': {
    seq: Generated<number>
    person_id: Id
    wanted: boolean
    chosen_by: Id
    chosen_at: Instant
  }
  'server.offer_search': { service: string; rule: string; on_day: PlainDate; searched_at: Instant }
  'server.policy_run': {
    id: Id
    policy: string
    question: unknown
    ir_hash: string
    values_hashes: unknown
    started_by: Id
    started_at: Instant
    finished_at: Instant
    result: unknown
  }
  'server.demo_clock': { one: boolean; offset_milliseconds: number }
  'server.demo_seed': { one: boolean; state: 'started' | 'finished' }
}
