import type { Transaction } from 'kysely'
import { asActor, type Id, type Instant, type PlainDate, systemActor, type Work } from '../ground/door.ts'
import type { Party } from './benefit.ts'

/** Who is paid: a person, an employer or an institution by its id, or another fund by its name (a premium paid on somebody's behalf). */
export const payeeKinds = ['person', 'employer', 'institution', 'fund'] as const

/** See `payeeKinds`. */
export type PayeeKind = (typeof payeeKinds)[number]

/** What the bank, or the officers, answered to a line of a batch. */
export const lineResults = ['paid', 'returned', 'withdrawn'] as const

/** See `lineResults`. */
export type LineResult = (typeof lineResults)[number]

/** The tables of schema `benefits`, as its migrations make them. */
export type BenefitsTables = {
  'benefits.payment_order': {
    id: Id
    key: string
    service: string
    fund: string
    agency: string
    case_id: Id
    case_number: string
    payee_kind: PayeeKind
    payee_id: string
    purpose: string
    amount_fen: number
    transfer_id: Id
    ordered_on: PlainDate
    ordered_at: Instant
  }
  'benefits.order_cancellation': { order_id: Id; cancelled_at: Instant }
  'benefits.payment_line': {
    order_id: Id
    batch_id: Id
    amount_fen: number
    offset_fen: number
    account_masked: string
    drawn_at: Instant
  }
  'benefits.payment_result': {
    order_id: Id
    batch_id: Id
    result: LineResult
    reason: string | null
    recorded_on: PlainDate
    recorded_at: Instant
  }
  'benefits.order_release': { order_id: Id; batch_id: Id; released_at: Instant }
  'benefits.round_line': {
    round_id: Id
    no: number
    agency: string
    party_kind: Party['kind']
    party_id: Id
    amount_fen: number
  }
  'benefits.round_result': {
    round_id: Id
    no: number
    case_id: Id | null
    skipped_because: string | null
    recorded_at: Instant
  }
  'benefits.revision_line': {
    revision_id: Id
    no: number
    agency: string
    case_id: Id
    case_number: string
    before_outcome: string
    before_fen: number
    after_outcome: string
    after_fen: number
  }
  'benefits.revision_result': {
    revision_id: Id
    no: number
    status: string | null
    failed_because: string | null
    recorded_at: Instant
  }
}

/** The room's tables within a work's transaction. */
export function benefitsTables(work: Work): Transaction<BenefitsTables> {
  return work.db.withTables<BenefitsTables>()
}

/** Runs a part of a work as the node itself: only it writes payments, whoever's step causes them. */
export function asNode<T>(work: Work, part: (work: Work) => Promise<T>): Promise<T> {
  return work.actor.kind === 'system' ? part(work) : asActor(work, systemActor, part)
}
