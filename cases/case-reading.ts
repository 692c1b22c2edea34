import type { Id, MessageParams, PlainDate, Work } from '../ground/door.ts'
import { type CaseDeadline, deadlinesOf } from './deadlines.ts'
import type { CaseEvent } from './event.ts'
import type { CaseFile, CaseFlow, CaseStatus } from './flow.ts'
import type { FlowBook } from './flow-book.ts'
import { getStatus } from './fold.ts'
import { findHolding } from './holding.ts'
import { type Holder, type LoadedCase, loadCase } from './loading.ts'
import { findObjectable, type ObjectionTerms, objectionTerms } from './objection-terms.ts'
import { type Receipt, receiptsIn } from './receipts.ts'
import type { RiskAssessment } from './risk.ts'
import { findObstacle, maySeeHolder } from './step-permission.ts'

/** A step that leads on from where a case stands, and why this actor may not take it; null when they may. */
export type StepOffer = {
  step: string
  title: CaseFlow['title']
  obstacle: { code: string; clause: string | null; params: MessageParams } | null
}

/** What was decided last, with the terms in which it can be objected to. `decision` is null for an application that was not accepted. */
export type CaseDecision = { seq: number; decidedOn: PlainDate; decision: unknown; objection: ObjectionTerms }

/** Everything a case page shows, as one actor sees it. */
export type CaseView = {
  file: CaseFile
  title: CaseFlow['title']
  status: CaseStatus
  steps: StepOffer[]
  deadlines: CaseDeadline[]
  receipts: Receipt[]
  /** Every assessment that was made, oldest first. */
  risks: Array<RiskAssessment & { seq: number }>
  decision: CaseDecision | null
  /** Who of the desk has it in hand, for that desk and for officers. */
  holder: Holder | null
}

/** A case as this actor sees it. Refusal `case_not_found`. */
export async function viewCase(book: FlowBook, work: Work, caseId: Id): Promise<CaseView> {
  const loaded = await loadCase(book, work, caseId)
  const { flow, history, folded } = loaded
  const status = getStatus(flow, folded.file.status)
  return {
    file: folded.file,
    title: flow.title,
    status,
    steps: stepOffers(work, loaded),
    deadlines: await deadlinesOf(work, caseId),
    receipts: receiptsIn(folded.file, history),
    risks: history.flatMap(({ seq, risk }) => (risk ? [{ seq, ...risk }] : [])),
    decision: findDecision(history),
    holder: maySeeHolder(work.actor, status.task?.role) ? loaded.holder : null,
  }
}

function stepOffers(work: Work, loaded: LoadedCase): StepOffer[] {
  const { flow, folded, history } = loaded
  return Object.entries(flow.steps)
    .filter(([, step]) => step.from?.includes(folded.file.status))
    .map(([name, step]) => {
      const obstacle = findObstacle(flow, folded.file, history, name, work.actor) ?? findHolding(work, loaded, name)
      return {
        step: name,
        title: step.title,
        obstacle: obstacle ? { code: obstacle.code, clause: obstacle.clause ?? null, params: obstacle.params } : null,
      }
    })
}

function findDecision(history: readonly CaseEvent[]): CaseDecision | null {
  const event = findObjectable(history)
  if (!event) return null
  const { seq, effectiveOn, decision } = event
  return { seq, decidedOn: effectiveOn, decision, objection: objectionTerms(effectiveOn) }
}

/** Every step that was taken on a case, oldest first. Refusal `case_not_found`. */
export async function historyOf(book: FlowBook, work: Work, caseId: Id): Promise<readonly CaseEvent[]> {
  return (await loadCase(book, work, caseId)).history
}

/** The receipts that a case has given, oldest first. Refusal `case_not_found`. */
export async function receiptsOf(book: FlowBook, work: Work, caseId: Id): Promise<Receipt[]> {
  const { folded, history } = await loadCase(book, work, caseId)
  return receiptsIn(folded.file, history)
}
