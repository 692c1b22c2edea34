import type { z } from 'zod'
import type { BothLanguages, Id, Instant, MessageParams, PlainDate, Work } from '../ground/door.ts'
import type { DeadlineChange } from './deadlines.ts'
import type { CaseEvent } from './event.ts'
import { checkFlow } from './flow-check.ts'
import type { RiskAssessment, StepRisk } from './risk.ts'

/** Whom a case is about. Together with the agency it decides who may see the case (row-level security). */
export type Subject = { personId: Id | null; institutionId: Id | null; employerId: Id | null }

/** What a step changes about whose case it is: set at opening, rarely later (e.g. the case moves to another agency). */
export type SubjectChange = Partial<Subject> & { agency?: string }

/** Small facts of a case that a list shows and a text search finds; never a name or a number of a person. */
export type CaseSummary = Record<string, string | number | boolean | null>

/** The status of a case before its opening step. */
export const unopened = 'unopened'

/** A case as its log says: everything here is a fold over the events. `state` is the flow's own. */
export type CaseFile<State = unknown> = {
  id: Id
  number: string
  service: string
  flow: string
  flowVersion: number
  /** One of the flow's statuses; `unopened` while the opening step is being taken. */
  status: string
  /** Number of the last event; what the next step must expect. Zero while the opening step is being taken. */
  seq: number
  /** Region code of the responsible agency. */
  agency: string
  subject: Subject
  openedAt: Instant
  /** Set while the case stands in a final status. */
  closedAt: Instant | null
  /** The highest level any step was assessed at. */
  riskLevel: RiskAssessment['level']
  state: State
}

/** What a step works with. */
export type StepContext<State, Body> = {
  work: Work
  /** The case before the step. */
  file: CaseFile<State>
  body: Body
  /** The business date the step counts from; today unless the request says another. */
  effectiveOn: PlainDate
  /** Every earlier event of the case, oldest first. */
  history: readonly CaseEvent[]
  /** What the step's own risk rules found; null for a step without them. */
  risk: RiskAssessment | null
}

/** A message to a person, or to an employer (its officers read it): a code of the service's message files with its parameters. */
export type NoticeDraft = ({ personId: Id } | { employerId: Id }) & { code: string; params?: MessageParams }

/** That the agency accepted (受理回执), did not accept (不予受理) or asks to complete (一次性补正告知). `reason` is a message code. */
export type ReceiptDraft = {
  kind: 'accepted' | 'not_accepted' | 'completion_requested'
  reason?: { code: string; params?: MessageParams }
}

/** What a step leaves behind. Whatever else belongs to it (postings, messages) the step has written itself, in the same transaction. */
export type StepResult<Recorded, Outcome extends string = string> = {
  /** What the event keeps; parsed by the step's `record` schema. Names people by id only. */
  record: Recorded
  /** Demanded when the step's `to` is a table by outcome. */
  outcome?: Outcome
  /** A decision to keep with the event and show with its objection terms: any JSON, e.g. a policy decision with facts and explanation. */
  decision?: object
  receipt?: ReceiptDraft
  deadlines?: DeadlineChange[]
  notices?: NoticeDraft[]
  subject?: SubjectChange
}

/**
 * Where a step leads: a status; `stay`; `back` to the status from which the case came into the present one; or `back_twice`, to the one
 * before that.
 */
export type Destination<StatusName extends string = string> = StatusName | 'stay' | 'back' | 'back_twice'

/** One destination, or one for each outcome. */
export type Route<StatusName extends string = string, Outcome extends string = string> =
  | Destination<StatusName>
  | { readonly [Name in Outcome]?: Destination<StatusName> }

/**
 * One kind of step. `body` parses what is sent in, `take` decides, `record` parses what the event keeps, `fold` folds a kept event into the
 * state. A changed `record` schema counts `schemaVersion` up and says in `upcast` how an older body becomes the next; old bodies stay as written.
 */
export type CaseStep<
  State = unknown,
  Body = unknown,
  Recorded = unknown,
  StatusName extends string = string,
  Outcome extends string = string,
> = {
  readonly title: BothLanguages
  /** The statuses it can be taken in; absent for a step that opens a case. */
  readonly from?: readonly StatusName[]
  readonly opens?: true
  /** Who may: roles of assignments, or `person`, `system`, `public`. */
  readonly by: readonly string[]
  /** Steps whose taker is excluded from this one (B3.11); the database refuses it too. */
  readonly notSameUserAs?: readonly string[]
  /** The refusal code when the step was already taken on this case; absent when it may be repeated. */
  readonly onceOr?: string
  readonly body: z.ZodType<Body>
  readonly record: z.ZodType<Recorded>
  readonly schemaVersion?: number
  /** By the version it starts from. */
  readonly upcast?: Readonly<Record<number, (body: unknown) => unknown>>
  readonly to: Route<StatusName, Outcome>
  readonly risk?: StepRisk<State, Body, StatusName, Outcome>
  take(context: StepContext<State, Body>): Promise<StepResult<NoInfer<Recorded>, NoInfer<Outcome>>>
  fold?(state: State, event: CaseEvent<Recorded>): State
}

/** What happens by itself in a status: after a deadline has passed, or on a date the state tells (the first day on which to take the step). */
export type AutomaticStep<State = unknown> =
  | { readonly step: string; readonly afterDeadline: string }
  | { readonly step: string; on(state: State): PlainDate | null }

/**
 * One status. `task` says whose desk the case lies on; `waitsFor` names who else it waits for (e.g. `applicant`, `partner`). `inForce`: what was asked for
 * is done and goes on holding; nobody's work is left, so it counts as closed, and still it can be changed.
 */
export type CaseStatus<State = unknown> = {
  readonly title: BothLanguages
  readonly task?: { readonly role: string; readonly deadline?: string }
  readonly waitsFor?: string
  readonly final?: true
  readonly inForce?: true
  readonly automatic?: AutomaticStep<State>
}

/** How the cases of one kind run. Written by a service; a changed flow is a new version beside the old one, which its cases keep. */
export type CaseFlow<State = unknown> = {
  readonly id: string
  readonly service: string
  readonly version: number
  readonly title: BothLanguages
  /** Two to four capital letters in front of the case number. */
  readonly numberPrefix: string
  readonly statuses: Readonly<Record<string, CaseStatus<State>>>
  readonly state: z.ZodType<State>
  readonly initial: State
  /** Titles of the deadlines that steps may start. */
  readonly deadlines?: Readonly<Record<string, BothLanguages>>
  readonly steps: Readonly<Record<string, CaseStep<State>>>
  /**
   * Matters that cases of other services pass on to this flow (`Cases.passOn`): the name of each, which both sides know, and the step by which the node
   * opens the case, or goes on with the one that the person has, with `{ personId, from }`, `from` being the number of the case that passed it on.
   */
  readonly takesIn?: ReadonlyArray<{ matter: string; step: string }>
  summary?(file: CaseFile<State>): CaseSummary
}

/** Checks a flow as a whole (names that point nowhere, statuses without a way out, ...); throws `BrokenInvariant` listing every problem. */
export function defineFlow<State>(flow: CaseFlow<State>): CaseFlow<State> {
  checkFlow(flow)
  return flow
}

/**
 * A maker of steps over one state and its statuses: `const step = stepsOf<ClubState, ClubStatus>()`. Body, record and outcomes of each step
 * are then inferred from its own schemas.
 */
export function stepsOf<State, StatusName extends string = string>() {
  return <Body, Recorded, Outcome extends string = string>(
    step: CaseStep<State, Body, Recorded, StatusName, Outcome>,
  ): NoInfer<CaseStep<State, Body, Recorded, StatusName, Outcome>> => step
}
