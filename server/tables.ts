import type { Id, Instant } from '../ground/door.ts'

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
  'server.demo_clock': { one: boolean; offset_milliseconds: number }
  'server.demo_seed': { one: boolean; state: 'started' | 'finished' }
}
