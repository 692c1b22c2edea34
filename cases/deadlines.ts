import type { Selectable, Updateable } from 'kysely'
import { BrokenInvariant, daysBetween, type Id, must, type PlainDate, type Work } from '../ground/door.ts'
import {
  type Deadline,
  type DeadlineRule,
  deadline,
  deadlineRule,
  recomputeDeadline,
  type WorkingCalendar,
  workingDaysBetween,
} from '../law/door.ts'
import type { CaseFlow } from './flow.ts'
import type { CasesTables, DeadlineTable } from './tables.ts'

/**
 * What a step does to a deadline of its case. It counts from the step's effective date, which is not itself counted.
 * - `start`: `rollsToWorkingDay` (default false) moves a last day that is not worked to the next working day.
 * - `stop`, `resume`: the clock stands still between them; what remained is counted again from the day of resuming.
 * - `meet`: what was to be done is done; late when the date has passed.
 *
 * Stopping, resuming or meeting a deadline that has ended changes nothing: a case that is decided again was in time the first time.
 */
export type DeadlineChange =
  | { start: string; unit: DeadlineRule['unit']; amount: number; rollsToWorkingDay?: boolean }
  | { stop: string }
  | { resume: string }
  | { meet: string }

/**
 * A deadline of a case. `assumed`: counted beyond the published calendar, provisional. `missed`: met late, or stopped when already late;
 * `dropped`: the case closed first. `remainingDays` while stopped: working days for a rule in working days, else calendar days.
 */
export type CaseDeadline = {
  caseId: Id
  name: string
  state: DeadlineTable['state']
  rule: DeadlineRule
  dueOn: PlainDate
  assumed: boolean
  overdue: boolean
  startedOn: PlainDate
  stoppedOn: PlainDate | null
  remainingDays: number | null
  endedOn: PlainDate | null
}

type StepPlace = { caseId: Id; seq: number; effectiveOn: PlainDate }

/** Applies what a step does to the deadlines of its case. A change to one that was never started is a broken invariant of the flow. */
export async function changeDeadlines(
  work: Work,
  flow: CaseFlow,
  place: StepPlace,
  changes: readonly DeadlineChange[],
): Promise<void> {
  for (const change of changes) {
    if ('start' in change) await startDeadline(work, flow, place, change)
    else if ('stop' in change) await stopDeadline(work, place, change.stop)
    else if ('resume' in change) await resumeDeadline(work, place, change.resume)
    else await meetDeadline(work, place, change.meet)
  }
}

async function startDeadline(
  work: Work,
  flow: CaseFlow,
  { caseId, seq, effectiveOn }: StepPlace,
  { start, unit, amount, rollsToWorkingDay = false }: Extract<DeadlineChange, { start: string }>,
): Promise<void> {
  if (!flow.deadlines?.[start]) throw new BrokenInvariant(`flow ${flow.id} declares no deadline ${start}`)
  const counted = deadline({ direction: 'after', unit, amount, from: effectiveOn, rollsToWorkingDay })
  await tables(work)
    .insertInto('cases.deadline')
    .values({
      case_id: caseId,
      name: start,
      started_seq: seq,
      rule: JSON.stringify(counted.rule),
      due_on: counted.date,
      assumed: counted.assumed,
      state: 'running',
      started_on: effectiveOn,
      stopped_on: null,
      remaining_days: null,
      ended_on: null,
    })
    .execute()
}

async function stopDeadline(work: Work, place: StepPlace, name: string): Promise<void> {
  const row = await latestDeadline(work, place.caseId, name)
  if (row.state !== 'running') return
  // A clock that has run out is not stopped: lateness is not cured by asking for more papers.
  if (row.due_on < place.effectiveOn) return endDeadline(work, row, 'missed', place.effectiveOn)
  const { rule, date } = recomputeDeadline(keptDeadline(row))
  const remainingDays =
    rule.unit === 'working_day'
      ? workingDaysBetween(place.effectiveOn, date).days
      : daysBetween(place.effectiveOn, date)
  await updateDeadline(work, row, { state: 'stopped', stopped_on: place.effectiveOn, remaining_days: remainingDays })
}

async function resumeDeadline(work: Work, place: StepPlace, name: string): Promise<void> {
  const row = await latestDeadline(work, place.caseId, name)
  if (row.remaining_days === null) return
  const { rule } = keptDeadline(row)
  const counted = deadline({
    direction: 'after',
    unit: rule.unit === 'working_day' ? 'working_day' : 'calendar_day',
    amount: row.remaining_days,
    from: place.effectiveOn,
    rollsToWorkingDay: rule.direction === 'after' && rule.rollsToWorkingDay,
  })
  await updateDeadline(work, row, { ...countedColumns(counted), state: 'running', remaining_days: null })
}

async function meetDeadline(work: Work, place: StepPlace, name: string): Promise<void> {
  const row = await latestDeadline(work, place.caseId, name)
  if (row.ended_on !== null) return
  const late = row.state === 'running' && row.due_on < place.effectiveOn
  await endDeadline(work, row, late ? 'missed' : 'met', place.effectiveOn)
}

/** Ends what still runs or stands when its case closes. */
export async function dropDeadlines(work: Work, { caseId, effectiveOn }: StepPlace): Promise<void> {
  await tables(work)
    .updateTable('cases.deadline')
    .set({ state: 'dropped', ended_on: effectiveOn, remaining_days: null })
    .where('case_id', '=', caseId)
    .where('state', 'in', ['running', 'stopped'])
    .execute()
}

/**
 * Counts again every running deadline that was counted beyond the calendar known then. Run when a calendar was published. Returns how many
 * dates are certain now.
 */
export async function recomputeDeadlines(work: Work, calendar?: WorkingCalendar): Promise<number> {
  const rows = await tables(work)
    .selectFrom('cases.deadline')
    .selectAll()
    .where('state', '=', 'running')
    .where('assumed', '=', true)
    .forUpdate()
    .execute()
  let certain = 0
  for (const row of rows) {
    const counted = recomputeDeadline(keptDeadline(row), calendar)
    await updateDeadline(work, row, countedColumns(counted))
    if (!counted.assumed) certain++
  }
  return certain
}

/** The deadlines of a case in the order they were started. */
export async function deadlinesOf(work: Work, caseId: Id): Promise<CaseDeadline[]> {
  const rows = await tables(work)
    .selectFrom('cases.deadline')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('started_seq')
    .orderBy('name')
    .execute()
  return rows.map((row) => ({
    caseId: row.case_id,
    name: row.name,
    state: row.state,
    rule: deadlineRule.parse(row.rule),
    dueOn: row.due_on,
    assumed: row.assumed,
    overdue: row.state === 'running' && row.due_on < work.today,
    startedOn: row.started_on,
    stoppedOn: row.stopped_on,
    remainingDays: row.remaining_days,
    endedOn: row.ended_on,
  }))
}

type DeadlineRow = Selectable<DeadlineTable>

async function latestDeadline(work: Work, caseId: Id, name: string): Promise<DeadlineRow> {
  const row = await tables(work)
    .selectFrom('cases.deadline')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('name', '=', name)
    .orderBy('started_seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return must(row, `deadline ${name} of case ${caseId}`)
}

function endDeadline(work: Work, row: DeadlineRow, state: 'met' | 'missed', endedOn: PlainDate): Promise<void> {
  return updateDeadline(work, row, { state, ended_on: endedOn, remaining_days: null })
}

async function updateDeadline(work: Work, row: DeadlineRow, columns: Updateable<DeadlineTable>): Promise<void> {
  await tables(work)
    .updateTable('cases.deadline')
    .set(columns)
    .where('case_id', '=', row.case_id)
    .where('name', '=', row.name)
    .where('started_seq', '=', row.started_seq)
    .execute()
}

function keptDeadline(row: DeadlineRow): Deadline {
  return { rule: deadlineRule.parse(row.rule), date: row.due_on, assumed: row.assumed }
}

function countedColumns({ rule, date, assumed }: Deadline): Updateable<DeadlineTable> {
  return { rule: JSON.stringify(rule), due_on: date, assumed }
}

function tables(work: Work) {
  return work.db.withTables<CasesTables>()
}
