import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Id, Instant, PlainDate } from '../ground/door.ts'
import type { MediaType } from './media-type.ts'
import type { RiskLevel } from './risk.ts'

/** JSON comes back parsed and is written as text; its reader parses it by a schema. */
type Json = ColumnType<unknown, string, string>
type NullableJson = ColumnType<unknown, string | null, never>

/** What the database keeps up by itself. */
type Kept<Value> = ColumnType<Value | null, never, never>

/** `cases.case_file`: the projection of the log. */
export type CaseFileTable = {
  id: Id
  number: string
  service: string
  flow: string
  flow_version: number
  status: string
  seq: number
  agency: string
  person_id: Id | null
  institution_id: Id | null
  employer_id: Id | null
  opened_at: Instant
  closed_at: Instant | null
  risk_level: RiskLevel | null
  task_role: string | null
  task_deadline: string | null
  wakes_on: PlainDate | null
  summary: Json
  /** The last day of the task, of the running deadline that `task_deadline` names; kept by the database. */
  task_due_on: Kept<PlainDate>
  task_due_assumed: Kept<boolean>
  /** From 1, the highest. */
  risk_rank: GeneratedAlways<number | null>
  held_by: Generated<Id | null>
  held_since: Generated<Instant | null>
}

/** `cases.holding`: who took what up, handed it over or put it back. */
export type HoldingTable = {
  no: GeneratedAlways<number>
  case_id: Id
  seq: number
  task_role: string
  kind: 'taken_up' | 'taken_over' | 'handed_over' | 'put_back'
  holder_id: Id | null
  before_id: Id | null
  by_user_id: Id
  note: string | null
  at: Instant
}

type EventTable = {
  case_id: Id
  seq: number
  service: string
  flow: string
  flow_version: number
  kind: string
  outcome: string | null
  schema_version: number
  effective_on: PlainDate
  recorded_at: Instant
  actor: Json
  user_id: GeneratedAlways<Id | null>
  assignment_id: GeneratedAlways<Id | null>
  idempotency_key: string
  request_sm3: string
  body: Json
  subject: NullableJson
  risk: NullableJson
  decision: NullableJson
  receipt: NullableJson
}

/** `cases.look`: who opened a case about whose person the node keeps no record. */
export type LookTable = {
  no: GeneratedAlways<number>
  case_id: Id
  at: Instant
  actor_kind: string
  role: string
  user_id: Id | null
  assignment_id: Id | null
  agency: string | null
  institution_id: Id | null
}

/** `cases.deadline`: rules with the dates they make. */
export type DeadlineTable = {
  case_id: Id
  name: string
  started_seq: number
  rule: Json
  due_on: PlainDate
  assumed: boolean
  state: 'running' | 'stopped' | 'met' | 'missed' | 'dropped'
  started_on: PlainDate
  stopped_on: PlainDate | null
  remaining_days: number | null
  ended_on: PlainDate | null
}

/** `cases.notice`: messages to persons and employers, each to one of them. */
export type NoticeTable = {
  id: Id
  case_id: Id
  seq: number
  person_id: Id | null
  employer_id: Id | null
  code: string
  params: Json
  created_at: Instant
  read_at: Generated<Instant | null>
}

/** `cases.attachment`: what was attached, without its bytes. */
export type AttachmentTable = {
  id: Id
  case_id: Id
  name: string
  kind: string
  media_type: MediaType
  size_bytes: number
  sm3: string
  chunks: number
  added_at: Instant
  added_by: Json
}

/** The tables of schema `cases`. */
export type CasesTables = {
  'cases.flow': { id: string; version: number; service: string }
  'cases.exclusive_step': { flow: string; flow_version: number; step: string; excluded_by: string }
  'cases.case_file': CaseFileTable
  'cases.event': EventTable
  'cases.holding': HoldingTable
  'cases.look': LookTable
  'cases.deadline': DeadlineTable
  'cases.notice': NoticeTable
  'cases.attachment': AttachmentTable
  'cases.attachment_chunk': { attachment_id: Id; case_id: Id; index: number; bytes: Buffer }
}
