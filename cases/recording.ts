import { actorAssignmentId, BadInput, BrokenInvariant, type PlainDate, parseInput, type Work } from '../ground/door.ts'
import { changeDeadlines, dropDeadlines } from './deadlines.ts'
import { appendEvent, type CaseEvent } from './event.ts'
import { type CaseFlow, type CaseStep, type ReceiptDraft, type StepContext, type StepResult, unopened } from './flow.ts'
import { getStep } from './flow-book.ts'
import { type FoldedCase, foldEvent } from './fold.ts'
import { sendNotices } from './notices.ts'
import { insertProjection, updateProjection } from './projection.ts'
import { type ReceiptNote, receiptNumber } from './receipts.ts'
import { type Attempt, answerOf, requestDigest, type StepTaken } from './requests.ts'
import { type RiskAssessment, type RiskContext, riskOf } from './risk.ts'

/** Takes a step that nothing stands against: decides, appends the event and keeps everything that follows from it, in the work's transaction. */
export async function recordStep(
  work: Work,
  flow: CaseFlow,
  before: FoldedCase,
  history: readonly CaseEvent[],
  attempt: Attempt,
): Promise<StepTaken> {
  const point = (place: string) => work.reach(`case.${attempt.step}.${place}`)
  const step = getStep(flow, attempt.step)
  const body = parseInput(step.body, attempt.body, 'body')
  const risk = await assessRisk(step, { work, file: before.file, body })
  const effectiveOn = effectiveDate(work, attempt.effectiveOn)
  const context: StepContext<unknown, unknown> = { work, file: before.file, body, effectiveOn, history, risk }
  await point('before-take')
  const result = await step.take(context)
  await point('after-take')
  const event = eventOf(flow, context, attempt, result)
  const after = foldEvent(flow, before, event)

  if (event.seq === 1) await insertProjection(work, flow, after.file)
  else await updateProjection(work, flow, after.file)
  await appendEvent(work, event)
  await point('after-event')
  await changeDeadlines(work, flow, event, result.deadlines ?? [])
  if (after.file.closedAt !== null) await dropDeadlines(work, event)
  await sendNotices(work, event, result.notices ?? [])
  await point('after-notices')
  return answerOf(after, event)
}

/**
 * The day a step counts from: today, or an earlier one that the node or an officer says, since what was brought to the counter counts from then.
 * Nobody else dates their own step, or no term would bind them.
 */
function effectiveDate({ actor, today }: Work, asked: PlainDate = today): PlainDate {
  const mayDateBack = actor.kind === 'staff' || actor.kind === 'system'
  if (asked === today || (mayDateBack && asked < today)) return asked
  const expected = mayDateBack ? `${today} or earlier` : today
  throw new BadInput([{ path: 'effectiveOn', expected, found: asked }])
}

/** What the risk rules of a step find; null for a step without them. */
export async function assessRisk(
  step: CaseStep,
  context: RiskContext<unknown, unknown>,
): Promise<RiskAssessment | null> {
  return step.risk ? riskOf(await step.risk.assess(context)) : null
}

function eventOf(
  flow: CaseFlow,
  { work, file, effectiveOn, risk }: StepContext<unknown, unknown>,
  attempt: Attempt,
  result: StepResult<unknown>,
): CaseEvent {
  const step = getStep(flow, attempt.step)
  const seq = file.seq + 1
  const opening = file.status === unopened ? { ...file.subject, agency: file.agency } : null
  return {
    caseId: file.id,
    seq,
    service: flow.service,
    flow: flow.id,
    flowVersion: flow.version,
    kind: attempt.step,
    outcome: checkedOutcome(flow, attempt.step, result.outcome),
    schemaVersion: step.schemaVersion ?? 1,
    effectiveOn,
    recordedAt: work.now,
    actor: work.actor,
    assignmentId: actorAssignmentId(work.actor),
    idempotencyKey: attempt.idempotencyKey,
    requestSm3: requestDigest(work, attempt),
    body: step.record.parse(result.record),
    subject: opening || result.subject ? { ...opening, ...result.subject } : null,
    risk,
    decision: result.decision ?? null,
    receipt: result.receipt ? receiptNote(result.receipt, receiptNumber(file.number, seq)) : null,
  }
}

function checkedOutcome(flow: CaseFlow, name: string, outcome: string | undefined): string | null {
  const { to } = getStep(flow, name)
  const known = typeof to === 'string' ? outcome === undefined : outcome !== undefined && to[outcome] !== undefined
  if (known) return outcome ?? null
  throw new BrokenInvariant(
    `step ${name} of flow ${flow.id} returned outcome ${outcome}, which its route does not know`,
  )
}

function receiptNote({ kind, reason }: ReceiptDraft, number: string): ReceiptNote {
  return { kind, number, reason: reason ? { code: reason.code, params: reason.params ?? {} } : null }
}
