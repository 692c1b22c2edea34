import type { Api as Operations, CaseView as WholeCaseView } from './api-types.generated.ts'
import type { BothLanguages } from './language.tsx'
import type { MessageParams } from './sentence.ts'

/** What the pages read from the server, named; made from its schemas (`npm run api-types`). Amounts in whole fen, dates `YYYY-MM-DD`, instants UTC. */
export type {
  AccessEntry,
  Assignment,
  Attachment,
  Authority,
  Card,
  CaseEvent,
  CaseRow,
  DueLine,
  Employer,
  Enrolment,
  KnownFact,
  Person,
  Receipt,
  Region,
  RiskAssessment,
  StepTaken,
} from './api-types.generated.ts'

/** What is sent to an operation of the node: `BodyOf<'POST /cases'>`. */
export type BodyOf<Operation extends keyof Operations> = Operations[Operation] extends { body: infer Body }
  ? Body
  : never

/** The answer of an operation of the node: `AnswerOf<'GET /me'>`. */
export type AnswerOf<Operation extends keyof Operations> = Operations[Operation]['answer']

/** Who is signed in, what they act as, for whom they may act. */
export type Me = AnswerOf<'GET /me'>

/** A notice to a person about a case. */
export type Notice = AnswerOf<'GET /me/notices'>['items'][number]

/** A flow, with the names of its statuses, steps and deadlines. */
export type Flow = AnswerOf<'GET /flows'>['items'][number]

/** A case as its reader sees it. `State` is the flow's own. */
export type CaseView<State = unknown> = Omit<WholeCaseView, 'file'> & {
  file: Omit<WholeCaseView['file'], 'state'> & { state: State }
}

/** Whom a case is about. */
export type Subject = CaseView['file']['subject']

/** What one can apply for: who may, what is asked. */
export type BenefitOffer = AnswerOf<'GET /benefits'>['items'][number]

/** The flow of a service's bank batches. */
export type BenefitBatches = AnswerOf<'GET /benefits'>['payments'][number]

/** A step that leads on, and why this user may not take it. */
export type StepOffer = CaseView['steps'][number]

/** A running, stopped or ended deadline of a case. */
export type CaseDeadline = CaseView['deadlines'][number]

/** A last day in time, and the law it stands on. */
export type ObjectionTerm = NonNullable<CaseView['decision']>['objection']['reconsideration']

/** How risky an acceptance is. */
export type RiskLevel = NonNullable<CaseView['file']['riskLevel']>

/** A code of the message files with its parameters. */
export type Coded = { code: string; params: MessageParams }

/** A value that the text leaves open and that was assumed. */
export type Assumption = {
  name: string
  value: unknown
  unit?: string
  source: string
  note?: string
  label?: BothLanguages
}

/** What a rule said, as it is shown; `findRuling` reads it from what cases and services keep. */
export type Ruling = {
  outcome: 'granted' | 'refused' | 'referred'
  reason: string | null
  because: string
  meaning: BothLanguages | null
  advice: BothLanguages | null
  sentences: { zh: string[]; en: string[] }
  assumptions?: Assumption[]
  results?: Record<string, { value: number | string | boolean; unit: string }>
}

/** One question of a form, as a service gives it. Its words are the messages `form.<flow>.<name>` and `choices.<value>`. */
export type FormField = {
  name: string
  kind: 'choice' | 'date' | 'region' | 'text' | 'count' | 'money' | 'flag'
  options?: readonly string[]
  required?: boolean
  askedWhen?: { field: string; is: readonly string[] }
  /** A date that may lie ahead: a first day of school, the end of a contract. Others have happened. */
  ahead?: boolean
}
