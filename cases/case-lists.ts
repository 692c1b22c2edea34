import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import {
  actorRole,
  actorUserId,
  addDays,
  coveredCodes,
  type Id,
  type Instant,
  type PlainDate,
  startOfDate,
  type Work,
} from '../ground/door.ts'
import type { CaseFlow, CaseSummary, Subject } from './flow.ts'
import type { FlowBook } from './flow-book.ts'
import { getStatus } from './fold.ts'
import { messageParamsSchema } from './message-params.ts'
import type { RiskLevel } from './risk.ts'
import { maySeeHolder } from './step-permission.ts'
import type { CaseFileTable, CasesTables } from './tables.ts'

/** One case in a list. */
export type CaseRow = {
  caseId: Id
  number: string
  service: string
  flow: string
  flowVersion: number
  status: string
  statusTitle: CaseFlow['title']
  seq: number
  agency: string
  subject: Subject
  openedAt: Instant
  closedAt: Instant | null
  riskLevel: RiskLevel | null
  /** The role on whose desk it lies. */
  taskRole: string | null
  /** Who else it waits for. */
  waitsFor: string | null
  /** Last day for the task, where a deadline of it runs; `dueAssumed`: provisional. */
  dueOn: PlainDate | null
  dueAssumed: boolean
  summary: CaseSummary
  /** The user of the desk who has it in hand, for that desk and for officers. */
  heldBy: Id | null
}

/** Which cases to list; all conditions together. Only cases that the actor may see are ever listed. */
export type CaseFilter = {
  flow?: string
  status?: string
  personId?: Id
  institutionId?: Id
  employerId?: Id
  /** A region code; the agencies below it are included. */
  agency?: string
  /** Part of the number, or of what the summary says. */
  text?: string
  riskLevel?: RiskLevel
  /** A running deadline of the case ends before this day. */
  dueBefore?: PlainDate
  /** Whether it stands in a status that is not final. */
  open?: boolean
  /** Whether nobody's work is left: closed, or in force. */
  done?: boolean
  /** Opened from this day to that, by the calendar in Shanghai. */
  openedFrom?: PlainDate
  openedTo?: PlainDate
  /** Done from this day to that: closed, or come into force. */
  closedFrom?: PlainDate
  closedTo?: PlainDate
  /** At most this many, newest first (50). */
  limit?: number
  /** The id of the last case of the page before. */
  after?: Id
}

/** Lists cases, newest first. */
export async function findCases(book: FlowBook, work: Work, filter: CaseFilter): Promise<CaseRow[]> {
  const { flow, status, personId, institutionId, employerId, agency, text, riskLevel, dueBefore, open, after } = filter
  let query = work.db
    .withTables<CasesTables>()
    .selectFrom('cases.case_file as file')
    .selectAll('file')
    .orderBy('file.id', 'desc')
    .limit(filter.limit ?? 50)
  if (flow !== undefined) query = query.where('file.flow', '=', flow)
  if (status !== undefined) query = query.where('file.status', '=', status)
  if (personId !== undefined) query = query.where('file.person_id', '=', personId)
  if (institutionId !== undefined) query = query.where('file.institution_id', '=', institutionId)
  if (employerId !== undefined) query = query.where('file.employer_id', '=', employerId)
  if (agency !== undefined) query = query.where('file.agency', 'like', `${agency.replace(/(00){1,2}$/, '')}%`)
  if (riskLevel !== undefined) query = query.where('file.risk_level', '=', riskLevel)
  if (open !== undefined) query = query.where('file.closed_at', open ? 'is' : 'is not', null)
  if (filter.done !== undefined) query = query.where(doneAt(book), filter.done ? 'is not' : 'is', null)
  for (const [at, from, to] of [
    [sql.ref<Instant>('file.opened_at'), filter.openedFrom, filter.openedTo],
    [doneAt(book), filter.closedFrom, filter.closedTo],
  ] as const) {
    if (from !== undefined) query = query.where(at, '>=', startOfDate(from))
    if (to !== undefined) query = query.where(at, '<', startOfDate(addDays(to, 1)))
  }
  if (after !== undefined) query = query.where('file.id', '<', after)
  if (text !== undefined) query = query.where(saysText(text))
  if (dueBefore !== undefined) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('cases.deadline as late')
          .select('late.name')
          .whereRef('late.case_id', '=', 'file.id')
          .where('late.state', '=', 'running')
          .where('late.due_on', '<', dueBefore),
      ),
    )
  }
  return (await query.execute()).map((row) => caseRow(book, work, row))
}

/** How many cases of a service stand in each status, as far as the actor sees them. */
export async function countCases(
  work: Work,
  service: string,
): Promise<Array<{ flow: string; status: string; count: number }>> {
  return work.db
    .withTables<CasesTables>()
    .selectFrom('cases.case_file')
    .select(({ fn }) => ['flow', 'status', fn.countAll<number>().as('count')])
    .where('service', '=', service)
    .groupBy(['flow', 'status'])
    .orderBy('flow')
    .orderBy('status')
    .execute()
}

/** How many cases of a flow were opened and closed in a month (`2026-05`), and how many of those opened then are open still or overdue. */
export type CaseMonth = {
  service: string
  flow: string
  month: string
  opened: number
  closed: number
  open: number
  overdue: number
}

/**
 * When nothing was left to do with a case of `file`: when it was closed, or came to hold as it stands now (`inForce`); null while somebody's work is left.
 */
function doneAt(book: FlowBook) {
  const inForce = book.flows.flatMap(({ id, version, statuses }) =>
    Object.keys(statuses).flatMap((name) => (statuses[name]?.inForce ? [`${id} ${version} ${name}`] : [])),
  )
  return sql<Instant | null>`coalesce(file.closed_at,
    CASE WHEN concat_ws(' ', file.flow, file.flow_version, file.status) = ANY(${inForce}::text[])
      THEN (SELECT recorded_at FROM cases.event last WHERE last.case_id = file.id AND last.seq = file.seq) END)`
}

/** The cases opened, or closed or come into force, in the months from a day on, by flow and month, as far as the actor sees them. */
export async function countByMonth(book: FlowBook, work: Work, from: PlainDate): Promise<CaseMonth[]> {
  const { rows } = await sql<CaseMonth>`
    WITH counted_file AS (SELECT id, service, flow, opened_at, ${doneAt(book)} AS done_at FROM cases.case_file file)
    SELECT service, flow, month, sum(opened)::int AS opened, sum(closed)::int AS closed, sum(still_open)::int AS open,
      sum(overdue)::int AS overdue
    FROM (
      SELECT service, flow, to_char(opened_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month, 1 AS opened, 0 AS closed,
        (done_at IS NULL)::int AS still_open,
        (done_at IS NULL AND EXISTS (SELECT FROM cases.deadline late
          WHERE late.case_id = file.id AND late.state = 'running' AND late.due_on < ${work.today}))::int AS overdue
      FROM counted_file file WHERE opened_at >= ${startOfDate(from)}
      UNION ALL
      SELECT service, flow, to_char(done_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM'), 0, 1, 0, 0
      FROM counted_file WHERE done_at >= ${startOfDate(from)}
    ) AS counted
    GROUP BY service, flow, month ORDER BY month, flow`.execute(work.db)
  return rows
}

/** Which tasks to list; all conditions together. */
export type TaskFilter = {
  /** The role whose desk it is; the actor's own when left out. */
  role?: string
  /** Leaves out cases on which a step of the task excludes the actor (B3.11), and those that another has in hand. */
  mine?: boolean
  /** Only what the actor has in hand, or what nobody has. */
  held?: 'by_me' | 'by_nobody'
  flow?: string
  personId?: Id
  /** Part of the number, or of what the summary says. */
  text?: string
  /** Only what is over its last day, or has its last day today. */
  due?: 'overdue' | 'today'
  /** Only what a risk rule warned of. */
  risky?: boolean
  /** At most this many (100), after so many of the first. */
  limit?: number
  offset?: number
}

/**
 * The cases on the desk of a role: those with the nearest last day first, then the riskier, then the oldest. `takes`: nobody else takes them up until the
 * transaction ends, and what somebody else is just taking is left out.
 */
export async function findTasks(
  book: FlowBook,
  work: Work,
  filter: TaskFilter = {},
  { takes = false }: { takes?: boolean } = {},
): Promise<CaseRow[]> {
  // Sorted by their keys alone: whole rows are read for one page, however far down the desk it is.
  const page = inOrder(taskQuery(book, work, filter).select('file.id'))
    .limit(filter.limit ?? 100)
    .offset(filter.offset ?? 0)
    .$if(takes, (tasks) => tasks.forUpdate('file').skipLocked())
  const whole = work.db
    .withTables<CasesTables>()
    .selectFrom(page.as('page'))
    .innerJoin('cases.case_file as file', 'file.id', 'page.id')
    .selectAll('file')
  return (await inOrder(whole).execute()).map((row) => caseRow(book, work, row))
}

function inOrder<Tables extends { file: CaseFileTable }, Row>(
  query: SelectQueryBuilder<Tables, 'file', Row>,
): SelectQueryBuilder<Tables, 'file', Row> {
  return query.orderBy(sql`file.task_due_on`).orderBy(sql`file.risk_rank`).orderBy(sql`file.id`)
}

/** How many cases a filter finds on the desk of a role. */
export async function countTasks(book: FlowBook, work: Work, filter: TaskFilter = {}): Promise<number> {
  const { count } = await taskQuery(book, work, filter)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

function taskQuery(book: FlowBook, work: Work, filter: TaskFilter) {
  const { role = actorRole(work.actor), flow, personId, text, due, held } = filter
  const userId = actorUserId(work.actor)
  const agency = work.actor.kind === 'staff' ? work.actor.agency : undefined
  return work.db
    .withTables<CasesTables>()
    .selectFrom('cases.case_file as file')
    .where('file.task_role', '=', role)
    .$if(agency !== undefined, (tasks) => tasks.where(coveredBy(agency ?? '')))
    .$if(filter.mine === true, (tasks) => tasks.where(notExcluded(book, role, userId)).where(freeFor(userId)))
    .$if(held === 'by_me', (tasks) => tasks.where('file.held_by', '=', userId))
    .$if(held === 'by_nobody', (tasks) => tasks.where('file.held_by', 'is', null))
    .$if(flow !== undefined, (tasks) => tasks.where('file.flow', '=', flow ?? ''))
    .$if(personId !== undefined, (tasks) => tasks.where('file.person_id', '=', personId ?? null))
    .$if(text !== undefined, (tasks) => tasks.where(saysText(text ?? '')))
    .$if(due !== undefined, (tasks) => tasks.where('file.task_due_on', due === 'today' ? '=' : '<', work.today))
    .$if(filter.risky === true, (tasks) => tasks.where('file.risk_level', 'is not', null))
}

/** True for the cases of an agency and those below it: what row-level security says of each row is said here so that an index finds them. */
function coveredBy(agency: string) {
  const { first, last } = coveredCodes(agency)
  return sql<boolean>`(file.agency >= ${first} AND file.agency <= ${last})`
}

/** True where nobody else has it in hand. */
function freeFor(userId: Id | null) {
  return sql<boolean>`(file.held_by IS NULL OR file.held_by = ${userId}::uuid)`
}

/** True where the user took no step that excludes them from a step which the role may take in the case's status. */
function notExcluded(book: FlowBook, role: string, userId: Id | null) {
  const exclusions = book.flows.flatMap((flow) =>
    Object.values(flow.steps).flatMap((step) =>
      !step.by.includes(role)
        ? []
        : (step.from ?? []).flatMap((status) =>
            (step.notSameUserAs ?? []).map((kind) => ({ flow: flow.id, version: flow.version, status, kind })),
          ),
    ),
  )
  return sql<boolean>`not exists (
    select from cases.event taken
    join jsonb_to_recordset(${JSON.stringify(exclusions)}::jsonb) as excluded (flow text, version integer, status text, kind text)
      on excluded.kind = taken.kind and excluded.flow = file.flow and excluded.version = file.flow_version
        and excluded.status = file.status
    where taken.case_id = file.id and taken.user_id = ${userId}::uuid)`
}

/** True where the text is part of the number or of what the summary says. */
function saysText(text: string) {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`(file.number ILIKE ${pattern} OR file.summary::text ILIKE ${pattern})`
}

function caseRow(book: FlowBook, { actor }: Work, row: Selectable<CaseFileTable>): CaseRow {
  const status = getStatus(book.getVersion(row.flow, row.flow_version), row.status)
  return {
    caseId: row.id,
    number: row.number,
    service: row.service,
    flow: row.flow,
    flowVersion: row.flow_version,
    status: row.status,
    statusTitle: status.title,
    seq: row.seq,
    agency: row.agency,
    subject: { personId: row.person_id, institutionId: row.institution_id, employerId: row.employer_id },
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    riskLevel: row.risk_level,
    taskRole: row.task_role,
    waitsFor: status.waitsFor ?? null,
    dueOn: row.task_due_on,
    dueAssumed: row.task_due_assumed ?? false,
    summary: messageParamsSchema.parse(row.summary),
    heldBy: maySeeHolder(actor, row.task_role) ? row.held_by : null,
  }
}
