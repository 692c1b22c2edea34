import { z } from 'zod'
import { type CaseFile, stepsOf } from '../cases/door.ts'
import { type Id, must, schemaDate, schemaFen, schemaId } from '../ground/door.ts'
import type { Party } from './benefit.ts'

/** Parses a party. */
export const party = z.strictObject({ kind: z.enum(['person', 'employer']), id: schemaId })

/** A payment of a case: what was ordered, what became of it, and how much of it was claimed back after it was paid. */
export const orderedPayment = z.strictObject({
  orderId: schemaId,
  amountFen: schemaFen,
  state: z.enum(['ordered', 'returned', 'paid', 'cancelled']),
  takenBackFen: schemaFen,
})

/** See `orderedPayment`. */
export type OrderedPayment = z.infer<typeof orderedPayment>

/** What was found by the rule or by people, as far as the steps after it need it. The whole ruling stands with the event. */
export const finding = z.strictObject({
  outcome: z.enum(['granted', 'refused', 'referred']),
  reason: z.string().nullable(),
  because: z.string(),
  amountFen: schemaFen,
})

/** See `finding`. */
export type Finding = z.infer<typeof finding>

/** Parses the state of an application. */
export const applicationState = z.strictObject({
  party: party.nullable(),
  /** Who brought it: the party, an officer for them, or nobody (found without an application). */
  broughtBy: z.enum(['party', 'counter', 'found']).nullable(),
  answers: z.record(z.string(), z.unknown()),
  occasion: z.string(),
  appliedOn: schemaDate.nullable(),
  /** What the rule said when it was applied for; not a decision. */
  expected: finding.nullable(),
  found: finding.nullable(),
  orders: z.array(orderedPayment),
  /** Claimed back and not yet paid back. */
  owedFen: schemaFen,
  paidOn: schemaDate.nullable(),
})

/** The state of an application. */
export type ApplicationState = z.infer<typeof applicationState>

/** The statuses of an application. */
export type ApplicationStatus =
  | 'submitted'
  | 'awaiting_completion'
  | 'awaiting_superior'
  | 'accepted'
  | 'referred'
  | 'reviewed'
  | 'approved'
  | 'returned'
  | 'paid'
  | 'refused'
  | 'not_accepted'
  | 'withdrawn'
  | 'under_objection'

/** A case of an application. */
export type ApplicationFile = CaseFile<ApplicationState>

/** Before anything was said. */
export const initialApplication: ApplicationState = {
  party: null,
  broughtBy: null,
  answers: {},
  occasion: '',
  appliedOn: null,
  expected: null,
  found: null,
  orders: [],
  owedFen: 0,
  paidOn: null,
}

/** Makes a step of an application's flow. */
export const step = stepsOf<ApplicationState, ApplicationStatus>()

/** Whose application it is; there from its opening on. */
export function partyOf({ state }: ApplicationFile): Party {
  return must(state.party, 'party of an application')
}

/** The subject by which row-level security shows a case to its party. */
export function subjectOf({ kind, id }: Party): { personId: Id } | { employerId: Id } {
  return kind === 'person' ? { personId: id } : { employerId: id }
}

/** What was ordered and still stands: neither cancelled nor claimed back. */
export function standingFen(orders: readonly OrderedPayment[]): number {
  return orders.reduce(
    (sum, { amountFen, takenBackFen, state }) => (state === 'cancelled' ? sum : sum + amountFen - takenBackFen),
    0,
  )
}

/** Whether something still waits to be paid. */
export function isUnpaid(orders: readonly OrderedPayment[]): boolean {
  return orders.some(({ state }) => state === 'ordered' || state === 'returned')
}
