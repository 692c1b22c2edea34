import { BrokenInvariant, type Id, parseInput, Refusal, type Work } from '../ground/door.ts'
import type { CaseFile, CaseFlow } from './flow.ts'
import { type FlowBook, getStep, openingStep } from './flow-book.ts'
import { findHolding } from './holding.ts'
import { fileOf, type LoadedCase, loadCase } from './loading.ts'
import { placedCase } from './opening.ts'
import { assessRisk, recordStep } from './recording.ts'
import { answerAgain, type OpenRequest, type StepRequest, type StepTaken } from './requests.ts'
import { type RiskAssessment, riskOf } from './risk.ts'
import { findObstacle } from './step-permission.ts'

/**
 * Takes a step on a case. Refusals: `case_not_found`, `case_changed_meanwhile`, `idempotency_key_reused`, `step_not_open`, `not_your_step`,
 * `same_officer_excluded` (B3.11), `task_held_by_other`, a step's `onceOr`, and its own; `BadInput` for an unknown step and for a body that does not parse.
 */
export async function takeStep(book: FlowBook, work: Work, request: StepRequest): Promise<StepTaken> {
  return takeStepOn(work, await loadCase(book, work, request.caseId, { lock: true }), request)
}

/** A step on a case that is locked: it stands as it was loaded, so that where it stands need not be said. */
export type LockedStepRequest = Omit<StepRequest, 'caseId' | 'expectedSeq'>

/** A case on which nobody else takes a step until the transaction ends, and its next step: one, without reading it again. Refused as `takeStep`. */
export type LockedCase<State> = { file: CaseFile<State>; take(request: LockedStepRequest): Promise<StepTaken> }

/** Locks a case of one flow, its state typed by it. Refusal `case_not_found`, also for a case of another flow. */
export async function lockCaseOf<State>(
  book: FlowBook,
  work: Work,
  flow: CaseFlow<State>,
  caseId: Id,
): Promise<LockedCase<State>> {
  const loaded = await loadCase(book, work, caseId, { lock: true })
  const file = fileOf(flow, loaded)
  let isTaken = false
  const take = async (request: LockedStepRequest) => {
    if (isTaken) throw new BrokenInvariant(`a locked case takes one step; case ${file.number} has taken its own`)
    isTaken = true
    return takeStepOn(work, loaded, { ...request, caseId, expectedSeq: file.seq })
  }
  return { file, take }
}

async function takeStepOn(work: Work, loaded: LoadedCase, request: StepRequest): Promise<StepTaken> {
  const { flow, folded, history } = loaded
  const { number, seq } = folded.file
  const stored = history.find((event) => event.idempotencyKey === request.idempotencyKey)
  if (stored) return answerAgain(work, flow, number, history, { ...request, seq: stored.seq })
  if (request.expectedSeq !== seq) {
    throw new Refusal('case_changed_meanwhile', { params: { number, expectedSeq: request.expectedSeq, seq } })
  }
  const obstacle =
    findObstacle(flow, folded.file, history, request.step, work.actor) ?? findHolding(work, loaded, request.step)
  if (obstacle) throw obstacle
  return recordStep(work, flow, folded, history, request)
}

/** A request whose risk is to be shown before it is sent: an opening, or a step on a case. */
export type RiskRequest =
  | Pick<OpenRequest, 'flow' | 'step' | 'body' | 'subject' | 'agency'>
  | Pick<StepRequest, 'caseId' | 'step' | 'body'>

/** What the risk rules of a step say about a request as it stands (B3.10, B3-t4). Changes nothing. */
export async function previewRisk(book: FlowBook, work: Work, request: RiskRequest): Promise<RiskAssessment> {
  const { flow, folded, name } = await placeRequest(book, work, request)
  const step = getStep(flow, name)
  const body = parseInput(step.body, request.body, 'body')
  return (await assessRisk(step, { work, file: folded.file, body })) ?? riskOf([])
}

async function placeRequest(book: FlowBook, work: Work, request: RiskRequest) {
  if ('caseId' in request) return { ...(await loadCase(book, work, request.caseId)), name: request.step }
  const flow = book.getNewest(request.flow)
  return { flow, folded: placedCase(work, flow, '', request), name: openingStep(flow, request.step) }
}
