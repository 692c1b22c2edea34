import type { Generated } from 'kysely'
import type { Id, Instant, PlainDate } from '../ground/door.ts'
import type { RegisterEvent } from '../people/door.ts'

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
  'server.demo_clock': { one: boolean; offset_milliseconds: number }
  'server.demo_seed': { one: boolean; state: 'started' | 'finished' }
}
