import type { Transaction } from 'kysely'
import { asActor, type Id, type Instant, type PlainDate, systemActor, type Work } from '../ground/door.ts'

/** How somebody who judges stands to another person, as they declare it; whoever it is, they do not judge them. */
export const relations = [
  'spouse',
  'parent_or_child',
  'sibling',
  'other_relative',
  'teacher_or_student',
  'other',
] as const

/** See `relations`. */
export type Relation = (typeof relations)[number]

/** The tables of schema `reviews`, as its migrations make them. */
export type ReviewsTables = {
  'reviews.expert': {
    id: Id
    service: string
    person_id: Id
    agency: string
    groups: unknown
    from_on: PlainDate
    recorded_at: Instant
  }
  'reviews.expert_end': { expert_id: Id; ended_on: PlainDate; reason: string; recorded_at: Instant }
  'reviews.bias': { id: Id; person_id: Id; other_person_id: Id; relation: Relation; declared_at: Instant }
  'reviews.entry': {
    id: Id
    round_id: Id
    case_id: Id
    person_id: Id
    agency: string
    group_key: string
    code: string
    material: unknown
    entered_at: Instant
  }
  'reviews.seat': {
    id: Id
    round_id: Id
    group_key: string
    expert_id: Id
    person_id: Id
    agency: string
    seated_at: Instant
  }
  'reviews.seat_end': { seat_id: Id; reason: string; ended_at: Instant }
  'reviews.score': {
    entry_id: Id
    seat_id: Id
    revision: number
    person_id: Id
    scores: unknown
    points: number
    comment: string
    given_at: Instant
  }
  'reviews.seal': { round_id: Id; opened_at: Instant }
  'reviews.challenge': { id: Id; case_id: Id; agency: string; person_id: Id; raised_at: Instant }
  'reviews.publicity': {
    id: Id
    service: string
    case_id: Id
    agency: string
    group_key: string
    name_masked: string
    unit_name: string | null
    facts: unknown
    from_on: PlainDate
    until_on: PlainDate
  }
}

/** The room's tables within a work's transaction. */
export function reviewsTables(work: Work): Transaction<ReviewsTables> {
  return work.db.withTables<ReviewsTables>()
}

/** Runs a part of a work as the node itself: only it writes here and reads what is secret, whoever's step asks for it. */
export function asNode<T>(work: Work, part: (work: Work) => Promise<T>): Promise<T> {
  return work.actor.kind === 'system' ? part(work) : asActor(work, systemActor, part)
}
