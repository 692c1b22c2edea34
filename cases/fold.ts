import type { Insertable } from 'kysely'
import { BrokenInvariant, type Id, must } from '../ground/door.ts'
import type { CaseEvent } from './event.ts'
import { type CaseFile, type CaseFlow, type CaseStatus, type Route, type Subject, unopened } from './flow.ts'
import { higherLevel } from './risk.ts'
import type { CaseFileTable } from './tables.ts'

/** A case folded from its events, with the statuses through which it came to the present one. */
export type FoldedCase = { readonly file: CaseFile; readonly path: readonly string[] }

/** The case before its opening step. */
export function unopenedCase(flow: CaseFlow, id: Id, number: string): FoldedCase {
  const file: CaseFile = {
    id,
    number,
    service: flow.service,
    flow: flow.id,
    flowVersion: flow.version,
    status: unopened,
    seq: 0,
    agency: '',
    subject: { personId: null, institutionId: null, employerId: null },
    openedAt: '',
    closedAt: null,
    riskLevel: null,
    state: flow.initial,
  }
  return { file, path: [] }
}

/** Folds a whole log. Its last event's `seq` is the case's. */
export function foldCase(flow: CaseFlow, id: Id, number: string, history: readonly CaseEvent[]): FoldedCase {
  return history.reduce((folded, event) => foldEvent(flow, folded, event), unopenedCase(flow, id, number))
}

/** The case after one more event. */
export function foldEvent(flow: CaseFlow, before: FoldedCase, event: CaseEvent): FoldedCase {
  const { file } = before
  if (event.seq !== file.seq + 1) throw new BrokenInvariant(`event ${event.seq} of case ${file.id} after ${file.seq}`)
  const step = must(flow.steps[event.kind], `step ${event.kind} of flow ${flow.id} version ${flow.version}`)
  const { status, path } = placeAfter(flow, before, event)
  const { agency, ...subject } = event.subject ?? {}
  return {
    file: {
      ...file,
      status,
      seq: event.seq,
      agency: agency ?? file.agency,
      subject: { ...file.subject, ...subject },
      openedAt: event.seq === 1 ? event.recordedAt : file.openedAt,
      closedAt: getStatus(flow, status).final ? (file.closedAt ?? event.recordedAt) : null,
      riskLevel: higherLevel(file.riskLevel, event.risk?.level ?? null),
      state: flow.state.parse(step.fold ? step.fold(file.state, event) : file.state),
    },
    path,
  }
}

function placeAfter(
  flow: CaseFlow,
  { file, path }: FoldedCase,
  event: CaseEvent,
): { status: string; path: readonly string[] } {
  const destination = destinationOf(flow, event)
  switch (destination) {
    case 'stay':
      return { status: file.status, path }
    case 'back':
    case 'back_twice': {
      const place = path.length - (destination === 'back' ? 1 : 2)
      return { status: must(path[place], `a status to go ${destination} to`), path: path.slice(0, place) }
    }
    default:
      return { status: destination, path: [...path, file.status] }
  }
}

function destinationOf(flow: CaseFlow, { kind, outcome, risk }: CaseEvent): string {
  const step = must(flow.steps[kind], `step ${kind}`)
  const diverted = risk?.level === 'high' || risk?.level === 'medium' ? step.risk?.divert?.[risk.level] : undefined
  const destination = followRoute(diverted, outcome) ?? followRoute(step.to, outcome)
  return must(destination, `a destination of step ${kind} of flow ${flow.id} with outcome ${outcome}`)
}

function followRoute(route: Route | undefined, outcome: string | null): string | undefined {
  if (typeof route === 'string') return route
  return outcome === null ? undefined : route?.[outcome]
}

/** A status of a flow. */
export function getStatus(flow: CaseFlow, status: string): CaseStatus {
  return must(flow.statuses[status], `status ${status} of flow ${flow.id} version ${flow.version}`)
}

/** What lists show of a case. */
export function summaryOf(flow: CaseFlow, file: CaseFile): Record<string, unknown> {
  return flow.summary?.(file) ?? {}
}

/** The row of `cases.case_file` that a case has, but for its summary: nothing in it comes from elsewhere than the fold. */
export function projectionOf(flow: CaseFlow, file: CaseFile): Omit<Insertable<CaseFileTable>, 'summary'> {
  const { task, automatic } = getStatus(flow, file.status)
  return {
    id: file.id,
    number: file.number,
    service: file.service,
    flow: file.flow,
    flow_version: file.flowVersion,
    status: file.status,
    seq: file.seq,
    agency: file.agency,
    ...subjectColumns(file.subject),
    opened_at: file.openedAt,
    closed_at: file.closedAt,
    risk_level: file.riskLevel,
    task_role: task?.role ?? null,
    task_deadline: task?.deadline ?? null,
    wakes_on: automatic && 'on' in automatic ? automatic.on(file.state) : null,
  }
}

function subjectColumns({ personId, institutionId, employerId }: Subject) {
  return { person_id: personId, institution_id: institutionId, employer_id: employerId }
}
