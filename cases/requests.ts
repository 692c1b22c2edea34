import { actorUserId, blindIndex, type Id, must, type PlainDate, Refusal, type Work } from '../ground/door.ts'
import type { CaseEvent } from './event.ts'
import type { CaseFlow, Subject } from './flow.ts'
import { type FoldedCase, foldCase } from './fold.ts'

/** Opens a case. `step` may be left out where the flow has one opening step. */
export type OpenRequest = {
  flow: string
  step?: string
  body: unknown
  subject: Partial<Subject>
  /** Region code of the responsible agency. */
  agency: string
  idempotencyKey: string
  /** The business date to count from; today when left out. An earlier one only from an officer or the node. */
  effectiveOn?: PlainDate
}

/** Takes a step on a case that stands at `expectedSeq`. */
export type StepRequest = {
  caseId: Id
  step: string
  body: unknown
  expectedSeq: number
  idempotencyKey: string
  /** The business date to count from; today when left out. An earlier one only from an officer or the node. */
  effectiveOn?: PlainDate
}

/** What a step led to. The same request with the same key gets the same answer, whatever has happened to the case since. */
export type StepTaken = {
  caseId: Id
  number: string
  seq: number
  step: string
  outcome: string | null
  status: string
}

/** The part of a request that is the same for opening a case and for a later step. */
export type Attempt = {
  step: string
  body: unknown
  idempotencyKey: string
  effectiveOn?: PlainDate
}

/**
 * HMAC-SM3 under the node's key of what was asked and by whom: equal requests have equal digests, however their JSON is ordered, and nobody finds the
 * identity or account numbers in them by trying.
 */
export function requestDigest(work: Work, { step, body, effectiveOn = '' }: Attempt): string {
  return blindIndex(work.node.keys, canonicalJson({ user: actorUserId(work.actor), step, effectiveOn, body }))
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([first], [second]) => (first < second ? -1 : 1)))
      : part,
  )
}

/** The answer that event `seq` of a case got, whose key an attempt brings again. Refusal `idempotency_key_reused` for another request. */
export function answerAgain(
  work: Work,
  flow: CaseFlow,
  number: string,
  history: readonly CaseEvent[],
  attempt: Attempt & { seq: number },
): StepTaken {
  const event = must(history[attempt.seq - 1], `event ${attempt.seq} of case ${number}`)
  if (event.requestSm3 !== requestDigest(work, attempt)) {
    throw new Refusal('idempotency_key_reused', { params: { key: attempt.idempotencyKey } })
  }
  return answerOf(foldCase(flow, event.caseId, number, history.slice(0, attempt.seq)), event)
}

/** The answer to a request whose event made the case `after`. */
export function answerOf({ file }: FoldedCase, event: CaseEvent): StepTaken {
  return {
    caseId: file.id,
    number: file.number,
    seq: event.seq,
    step: event.kind,
    outcome: event.outcome,
    status: file.status,
  }
}
