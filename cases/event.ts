import type { Selectable } from 'kysely'
import { z } from 'zod'
import {
  type Actor,
  BrokenInvariant,
  builtOnce,
  type Given,
  type Id,
  type Instant,
  must,
  type PlainDate,
  schemaId,
  schemaRegion,
  sendAhead,
  type Work,
} from '../ground/door.ts'
import type { CaseFlow, CaseStep, SubjectChange } from './flow.ts'
import { type ReceiptNote, receiptNoteSchema } from './receipts.ts'
import { type RiskAssessment, riskAssessmentSchema } from './risk.ts'
import type { CasesTables } from './tables.ts'

/** One step that was taken: a row of the append-only log. `body` is what the step recorded, in its newest schema version. */
export type CaseEvent<Body = unknown> = {
  caseId: Id
  /** 1 for the opening step, then without gaps. */
  seq: number
  service: string
  flow: string
  flowVersion: number
  /** The step's name in its flow. */
  kind: string
  outcome: string | null
  /** The version the body was written in. */
  schemaVersion: number
  /** The business date the step counts from. */
  effectiveOn: PlainDate
  recordedAt: Instant
  actor: Actor
  assignmentId: Id | null
  idempotencyKey: string
  /** SM3 of the request, by which the same key with another body is noticed. */
  requestSm3: string
  body: Body
  subject: SubjectChange | null
  risk: RiskAssessment | null
  /** The step's decision as it was kept: opaque here. */
  decision: unknown
  receipt: ReceiptNote | null
}

const actorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('system') }),
  z.strictObject({ kind: z.literal('public') }),
  z.strictObject({
    kind: z.literal('staff'),
    userId: schemaId,
    assignmentId: schemaId,
    role: z.string(),
    agency: schemaRegion,
  }),
  z.strictObject({
    kind: z.literal('institution'),
    userId: schemaId,
    assignmentId: schemaId,
    role: z.string(),
    institutionId: schemaId,
  }),
  z.strictObject({
    kind: z.literal('employer'),
    userId: schemaId,
    assignmentId: schemaId,
    role: z.string(),
    employerId: schemaId,
  }),
  z.strictObject({
    kind: z.literal('person'),
    userId: schemaId,
    personId: schemaId,
    onBehalfOf: schemaId.exactOptional(),
  }),
])

const subjectChangeSchema = z.strictObject({
  personId: schemaId.nullable().exactOptional(),
  institutionId: schemaId.nullable().exactOptional(),
  employerId: schemaId.nullable().exactOptional(),
  agency: schemaRegion.exactOptional(),
})

/** An event as the database has it. */
export type EventRow = Selectable<CasesTables['cases.event']>

/** The events of a case after the first so many, oldest first. None when the actor may not see the case. */
export async function findEventRows(work: Work, caseId: Id, after = 0): Promise<EventRow[]> {
  return (await work.db.executeQuery(eventsAfter({ caseId, after }))).rows
}

const eventsAfter = builtOnce((query, given: Given<{ caseId: Id; after: number }>) =>
  query
    .withTables<CasesTables>()
    .selectFrom('cases.event')
    .selectAll()
    .where('case_id', '=', given('caseId'))
    .where('seq', '>', given('after'))
    .orderBy('seq'),
)

/** Appends an event. The database refuses a gap in `seq`, another actor than the transaction's, and an excluded officer. */
export async function appendEvent(work: Work, event: CaseEvent): Promise<void> {
  const { actor, body, subject, risk, decision, receipt, ...plain } = event
  const texts = {
    ...{ actor: JSON.stringify(actor), body: JSON.stringify(body), subject: jsonOrNull(subject) },
    ...{ risk: jsonOrNull(risk), decision: jsonOrNull(decision), receipt: jsonOrNull(receipt) },
  }
  await sendAhead(work.db, appended({ ...plain, ...texts }))
}

type EventTexts = { actor: string; body: string } & Record<'subject' | 'risk' | 'decision' | 'receipt', string | null>

const appended = builtOnce((query, given: Given<Omit<CaseEvent, keyof EventTexts> & EventTexts>) =>
  query
    .withTables<CasesTables>()
    .insertInto('cases.event')
    .values({
      case_id: given('caseId'),
      seq: given('seq'),
      service: given('service'),
      flow: given('flow'),
      flow_version: given('flowVersion'),
      kind: given('kind'),
      outcome: given('outcome'),
      schema_version: given('schemaVersion'),
      effective_on: given('effectiveOn'),
      recorded_at: given('recordedAt'),
      actor: given('actor'),
      idempotency_key: given('idempotencyKey'),
      request_sm3: given('requestSm3'),
      body: given('body'),
      subject: given('subject'),
      risk: given('risk'),
      decision: given('decision'),
      receipt: given('receipt'),
    }),
)

function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}

/** An event as it was written, its body brought to the step's newest schema version. */
export function eventFromRow(flow: CaseFlow, row: EventRow): CaseEvent {
  const step = must(flow.steps[row.kind], `step ${row.kind} of flow ${flow.id} version ${flow.version}`)
  return {
    caseId: row.case_id,
    seq: row.seq,
    service: row.service,
    flow: row.flow,
    flowVersion: row.flow_version,
    kind: row.kind,
    outcome: row.outcome,
    schemaVersion: row.schema_version,
    effectiveOn: row.effective_on,
    recordedAt: row.recorded_at,
    actor: actorSchema.parse(row.actor),
    assignmentId: row.assignment_id,
    idempotencyKey: row.idempotency_key,
    requestSm3: row.request_sm3,
    body: recordedBody(step, row.schema_version, row.body),
    subject: subjectChangeSchema.nullable().parse(row.subject),
    risk: riskAssessmentSchema.nullable().parse(row.risk),
    decision: row.decision,
    receipt: receiptNoteSchema.nullable().parse(row.receipt),
  }
}

/** A kept body, upcast version by version to the step's newest and parsed by its schema. */
export function recordedBody(step: CaseStep, schemaVersion: number, body: unknown): unknown {
  const newest = step.schemaVersion ?? 1
  if (schemaVersion > newest) {
    throw new BrokenInvariant(`an event body of schema version ${schemaVersion} met a step that knows ${newest}`)
  }
  let upcast = body
  for (let version = schemaVersion; version < newest; version++) {
    upcast = must(step.upcast?.[version], `upcast from schema version ${version}`)(upcast)
  }
  return step.record.parse(upcast)
}
