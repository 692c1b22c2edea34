import type { BothLanguages } from './language.tsx'
import type { MessageParams } from './sentence.ts'

/** What the pages read from the server, as its schemas say it (`server/routes/*shapes.ts`). Amounts in whole fen, dates `YYYY-MM-DD`, instants UTC. */

/** A code of the message files with its parameters. */
export type Coded = { code: string; params: MessageParams }

/** One assignment of a user, with the words to show it. */
export type Assignment = {
  assignmentId: string
  role: string
  roleTitle: BothLanguages
  kind: 'staff' | 'institution' | 'employer'
  agency?: string
  institutionId?: string
  employerId?: string
  bodyName: BothLanguages
  from: string
  to: string | null
}

/** A person as shown: numbers masked. */
export type Person = {
  personId: string
  name: string
  idNumberMasked: string
  sex: string
  birthOn: string
  phoneMasked: string | null
  homeRegion: string
  agency: string
  retiredOn: string | null
  diedOn: string | null
}

/** `GET /me`. */
export type Me = {
  region: string
  today: string
  now: string
  user: { userId: string; login: string; displayName: string; personId: string | null }
  person: Person | null
  acting: {
    kind: 'staff' | 'institution' | 'employer' | 'person'
    role: string
    assignmentId: string | null
    onBehalfOf: string | null
  }
  assignments: Assignment[]
  represents: Array<{ personId: string; name: string; relation: string; to: string | null }>
}

/** Whom a case is about. */
export type Subject = { personId: string | null; institutionId: string | null; employerId: string | null }

/** How risky an acceptance is. */
export type RiskLevel = 'high' | 'medium' | 'low'

/** What control rules found. */
export type RiskAssessment = {
  level: RiskLevel | null
  hits: Array<{ rule: string; level: RiskLevel; params?: MessageParams }>
}

/** One case in a list. */
export type CaseRow = {
  caseId: string
  number: string
  service: string
  flow: string
  status: string
  statusTitle: BothLanguages
  seq: number
  agency: string
  subject: Subject
  openedAt: string
  closedAt: string | null
  riskLevel: RiskLevel | null
  taskRole: string | null
  waitsFor: string | null
  dueOn: string | null
  dueAssumed: boolean
  summary: MessageParams
}

/** A step that leads on, and why this user may not take it. */
export type StepOffer = {
  step: string
  title: BothLanguages
  obstacle: { code: string; clause: string | null; params: MessageParams } | null
}

/** A running, stopped or ended deadline of a case. */
export type CaseDeadline = {
  name: string
  state: string
  dueOn: string
  assumed: boolean
  overdue: boolean
  startedOn: string
  stoppedOn: string | null
  remainingDays: number | null
  endedOn: string | null
}

/** 受理回执, 不予受理 or 一次性补正告知. */
export type Receipt = {
  kind: 'accepted' | 'not_accepted' | 'completion_requested'
  number: string
  caseNumber: string
  flow: string
  issuedOn: string
  issuedAt: string
  reason: Coded | null
}

/** A last day in time, and the law it stands on. */
export type ObjectionTerm = { date: string; assumed: boolean; source: string }

/** A case as its reader sees it. `state` is the flow's own. */
export type CaseView<State = unknown> = {
  file: {
    id: string
    number: string
    service: string
    flow: string
    flowVersion: number
    status: string
    seq: number
    agency: string
    subject: Subject
    openedAt: string
    closedAt: string | null
    riskLevel: RiskLevel | null
    state: State
  }
  title: BothLanguages
  status: { title: BothLanguages; task?: { role: string }; waitsFor?: string; final?: boolean }
  steps: StepOffer[]
  deadlines: CaseDeadline[]
  receipts: Receipt[]
  risks: Array<RiskAssessment & { seq: number }>
  decision: {
    seq: number
    decidedOn: string
    decision: unknown
    objection: { reconsideration: ObjectionTerm; litigation: ObjectionTerm }
  } | null
}

/** One step that was taken. */
export type CaseEvent = {
  seq: number
  kind: string
  outcome: string | null
  effectiveOn: string
  recordedAt: string
  by: { kind: string; role: string; agency: string | null; displayName: string | null }
  body: unknown
  risk: RiskAssessment | null
  decision: unknown
}

/** The answer to opening a case or taking a step. */
export type StepTaken = {
  caseId: string
  number: string
  seq: number
  step: string
  outcome: string | null
  status: string
}

/** A flow and the names of its statuses and deadlines. */
export type Flow = {
  flow: string
  service: string
  version: number
  title: BothLanguages
  /** Titles of every step, by the kind of their events. */
  steps?: Record<string, { title: BothLanguages }>
  statuses: Record<string, { title: BothLanguages }>
  deadlines?: Record<string, BothLanguages>
}

/** A value that the text leaves open and that was assumed. */
export type Assumption = {
  name: string
  value: unknown
  unit?: string
  source: string
  note?: string
  label?: BothLanguages
}

/** What a rule said, in full (`decision`) or as a summary that travels between regions (`outcome` and so on at the top). */
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

/** A social security card with its e-card. */
export type Card = {
  cardId: string
  number: string
  personId: string
  state: 'active' | 'lost' | 'replaced' | 'cancelled'
  issuedOn: string
  outlet: string
  bankName: string | null
  bankAccountMasked: string | null
  eCard: {
    eCardId: string
    version: string
    state: 'active' | 'suspended' | 'cancelled'
    appliedAt: string
    apps: string[]
  } | null
}

/** A notice to a person about a case. */
export type Notice = Coded & { id: string; caseId: string; createdAt: string; readAt: string | null }

/** Who looked at a person's data. */
export type AccessEntry = {
  at: string
  action: string
  purpose: string | null
  role: string
  agency: string | null
  institutionId: string | null
  employerId: string | null
}

/** Who may act for a person. */
export type Authority = {
  authorityId: string
  subjectPersonId: string
  relation: string
  agentPersonId: string | null
  agentEmployerId: string | null
  evidence: string
  from: string
  to: string | null
}

/** A period of insurance. */
export type Enrolment = {
  enrolmentId: string
  employerId: string | null
  insurance: string
  poolingArea: string
  agency: string
  relation: string
  contributingContinuously: boolean
  from: string
  to: string | null
}

/** A file attached to a case. */
export type Attachment = {
  id: string
  caseId: string
  name: string
  kind: string
  mediaType: string
  sizeBytes: number
  addedAt: string
}

/** One question of a form, as a service gives it. Its words are the messages `form.<flow>.<name>` and `choices.<value>`. */
export type FormField = {
  name: string
  kind: 'choice' | 'date' | 'region' | 'text' | 'count' | 'money' | 'flag'
  options?: readonly string[]
  required?: boolean
  askedWhen?: { field: string; is: readonly string[] }
}
