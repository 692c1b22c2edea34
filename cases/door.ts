/** The door of `cases`: flows that services define, and the log, tasks, deadlines and notices of the cases that run on them. */
export { applicantIdOf, requireResponsible } from './applicant.ts'
export { type Attachment, addAttachment, attachmentsOf, type NewAttachment, readAttachment } from './attachments.ts'
export type { AutomaticRound } from './automatic.ts'
export type { CaseFilter, CaseMonth, CaseRow, TaskFilter } from './case-lists.ts'
export type { CaseDecision, CaseView, StepOffer } from './case-reading.ts'
export { type Cases, createCases } from './cases.ts'
export { completionSteps } from './completion.ts'
export { correctionStep } from './correction.ts'
export { unlessCrossed } from './crossing.ts'
export { type CaseDeadline, type DeadlineChange, deadlinesOf, recomputeDeadlines } from './deadlines.ts'
export type { CaseEvent } from './event.ts'
export {
  type AutomaticStep,
  type CaseFile,
  type CaseFlow,
  type CaseStatus,
  type CaseStep,
  type CaseSummary,
  type Destination,
  defineFlow,
  type NoticeDraft,
  type ReceiptDraft,
  type Route,
  type StepContext,
  type StepResult,
  type Subject,
  type SubjectChange,
  stepsOf,
  unopened,
} from './flow.ts'
export { schemaHandingOver, schemaPuttingBack, schemaTakingUp, type TasksHandled } from './holding.ts'
export { type CaseLook, looksAt, noteLook } from './looks.ts'
export type { MediaType } from './media-type.ts'
export { casesMigrations } from './migrations.ts'
export { markNoticeRead, type Notice, noticesOf, noticesToSubject } from './notices.ts'
export { objectionSteps } from './objection.ts'
export { type ObjectionTerm, type ObjectionTerms, objectionTerms } from './objection-terms.ts'
export type { PassedOn, PassOnRequest } from './passing-on.ts'
export { ratingStep } from './rating.ts'
export type { Receipt } from './receipts.ts'
export type { OpenRequest, StepRequest, StepTaken } from './requests.ts'
export type { RiskAssessment, RiskHit, RiskLevel, StepRisk } from './risk.ts'
export {
  type Standing,
  type StandingFinding,
  type StandingQuestion,
  type StandingSpec,
  type StandingState,
  standingFinding,
  standingFlow,
  standingState,
  standingsOn,
} from './standing.ts'
export { superiorStep } from './superior.ts'
export type { LockedCase, RiskRequest } from './taking.ts'
export { withdrawalStep } from './withdrawal.ts'
