import type { Id, Node, PlainDate, Work } from '../ground/door.ts'
import { type AutomaticRound, runDueSteps } from './automatic.ts'
import {
  type CaseFilter,
  type CaseMonth,
  type CaseRow,
  countByMonth,
  countCases,
  countTasks,
  findCases,
  findTasks,
  type TaskFilter,
} from './case-lists.ts'
import { type CaseView, historyOf, receiptsOf, viewCase } from './case-reading.ts'
import type { CaseEvent } from './event.ts'
import type { CaseFile, CaseFlow } from './flow.ts'
import { flowBook } from './flow-book.ts'
import {
  type HandingOver,
  handOverTasks,
  type PuttingBack,
  putBackTasks,
  type TakingUp,
  type TasksHandled,
  takeUpNext,
  takeUpTasks,
} from './holding.ts'
import { loadCase, loadCaseOf } from './loading.ts'
import { openCase } from './opening.ts'
import { type PassedOn, type PassOnRequest, passOn } from './passing-on.ts'
import { updateProjection } from './projection.ts'
import type { Receipt } from './receipts.ts'
import type { OpenRequest, StepRequest, StepTaken } from './requests.ts'
import type { RiskAssessment } from './risk.ts'
import { type LockedCase, lockCaseOf, previewRisk, type RiskRequest, takeStep } from './taking.ts'

/** The cases of a set of flows. Holds no state of its own: the same object serves every node. */
export type Cases = {
  readonly flows: readonly CaseFlow[]
  /** Opens a case: see `openCase` for the refusals. */
  open(work: Work, request: OpenRequest): Promise<StepTaken>
  /** Takes a step on a case: see `takeStep` for the refusals. */
  take(work: Work, request: StepRequest): Promise<StepTaken>
  /** Passes a matter on to the flow that takes it in: see `passOn`. */
  passOn(work: Work, request: PassOnRequest): Promise<PassedOn | undefined>
  /** The risk warning of a request before it is sent (B3.10). */
  previewRisk(work: Work, request: RiskRequest): Promise<RiskAssessment>
  /** A case as this actor sees it, with the steps they may take and why not. Refusal `case_not_found`. */
  get(work: Work, caseId: Id): Promise<CaseView>
  /** A case of one flow with its state typed. Refusal `case_not_found`. */
  getOf<State>(work: Work, flow: CaseFlow<State>, caseId: Id): Promise<CaseFile<State>>
  /** As `getOf`, for whoever may take its next step in this work: nobody else does until the work ends. */
  lockOf<State>(work: Work, flow: CaseFlow<State>, caseId: Id): Promise<LockedCase<State>>
  /** Every step taken, oldest first. Refusal `case_not_found`. */
  history(work: Work, caseId: Id): Promise<readonly CaseEvent[]>
  /** Receipts given, oldest first. Refusal `case_not_found`. */
  receipts(work: Work, caseId: Id): Promise<Receipt[]>
  /** Cases, newest first. */
  find(work: Work, filter: CaseFilter): Promise<CaseRow[]>
  /** How many cases of a service stand in each status. */
  counts(work: Work, service: string): Promise<Array<{ flow: string; status: string; count: number }>>
  /** What was opened and closed in the months from a day on, by flow. */
  months(work: Work, from: PlainDate): Promise<CaseMonth[]>
  /** Cases on the desk of a role, most urgent first. */
  tasks(work: Work, filter?: TaskFilter): Promise<CaseRow[]>
  /** How many tasks a filter finds, whatever its limit. */
  countTasks(work: Work, filter?: TaskFilter): Promise<number>
  /** Takes tasks up, puts them back, hands them over, takes the next: see `holding.ts`. */
  takeUp(work: Work, request: TakingUp): Promise<TasksHandled>
  putBack(work: Work, request: PuttingBack): Promise<TasksHandled>
  handOver(work: Work, request: HandingOver): Promise<TasksHandled>
  takeUpNext(work: Work, filter?: TaskFilter): Promise<CaseRow | undefined>
  /** Takes every automatic step that is due; for the server's clockwork. */
  runDue(node: Node): Promise<AutomaticRound>
  /** Folds a case again and writes its projection. Refusal `case_not_found`. */
  rebuildProjection(work: Work, caseId: Id): Promise<void>
}

/** Cases over the flows of all services, older versions included as long as a case runs on them. */
export function createCases(options: { flows: readonly CaseFlow[] }): Cases {
  const book = flowBook(options.flows)
  return {
    flows: book.flows,
    open: (work, request) => openCase(book, work, request),
    take: (work, request) => takeStep(book, work, request),
    passOn: (work, request) => passOn(book, work, request),
    previewRisk: (work, request) => previewRisk(book, work, request),
    get: (work, caseId) => viewCase(book, work, caseId),
    getOf: (work, flow, caseId) => loadCaseOf(book, work, flow, caseId),
    lockOf: (work, flow, caseId) => lockCaseOf(book, work, flow, caseId),
    history: (work, caseId) => historyOf(book, work, caseId),
    receipts: (work, caseId) => receiptsOf(book, work, caseId),
    find: (work, filter) => findCases(book, work, filter),
    counts: countCases,
    months: (work, from) => countByMonth(book, work, from),
    tasks: (work, filter) => findTasks(book, work, filter),
    countTasks: (work, filter) => countTasks(book, work, filter),
    takeUp: (work, request) => takeUpTasks(book, work, request),
    putBack: (work, request) => putBackTasks(book, work, request),
    handOver: (work, request) => handOverTasks(book, work, request),
    takeUpNext: (work, filter = {}) => takeUpNext(book, work, filter),
    runDue: (node) => runDueSteps(book, node),
    rebuildProjection: async (work, caseId) => {
      const { flow, folded } = await loadCase(book, work, caseId, { lock: true })
      await updateProjection(work, flow, folded.file)
    },
  }
}
