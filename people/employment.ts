import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { type Id, type PlainDate, parseInput, Refusal, schemaDate, schemaId, type Work } from '../ground/door.ts'
import { logRead, logWrite } from './access-log.ts'
import { guarded, guardedUpdate } from './constraints.ts'
import { getEmployer } from './employer.ts'
import { holdsOn, refuseBefore } from './period.ts'
import { getPersonRow } from './person-row.ts'
import { type PeopleTables, peopleTables } from './tables.ts'

/**
 * Somebody works for an employer, from one date to another, both inclusive. `occupation` is the code of the work done there: on the day asked
 * about, else the last one. `involuntary` says whether it ended without the worker's will.
 */
export type Employment = {
  employmentId: Id
  personId: Id
  employerId: Id
  from: PlainDate
  to: PlainDate | null
  endReason: string | null
  involuntary: boolean | null
  occupation: string | null
}

/** Why an employment ended; `assumed` where what follows from it is (C1-o2). */
export type EndReason = {
  code: string
  countsAsLayoff: boolean
  involuntary: boolean
  title: { zh: string; en: string }
  source: string
  assumed: boolean
}

const occupationCode = z.string().trim().min(1).max(40)

/** What beginning an employment takes; `occupation` is a code of the register of occupations. */
export const schemaNewEmployment = z.object({
  personId: schemaId,
  employerId: schemaId,
  from: schemaDate,
  occupation: occupationCode.optional(),
})
export type NewEmployment = z.input<typeof schemaNewEmployment>

/** What a change of post takes; `from` is the first day in it. */
export const schemaPostChange = z.object({ employmentId: schemaId, occupation: occupationCode, from: schemaDate })
export type PostChange = z.input<typeof schemaPostChange>

/** What ending an employment takes: its last day, and a code of `listEndReasons`. */
export const schemaEmploymentEnd = z.object({ employmentId: schemaId, to: schemaDate, reason: z.string() })
export type EmploymentEnd = z.input<typeof schemaEmploymentEnd>

type EmploymentRow = Selectable<PeopleTables['people.employment']>

/** Why an employment may have ended, in order of code. */
export async function listEndReasons(work: Work): Promise<EndReason[]> {
  const rows = await peopleTables(work).selectFrom('people.end_reason').selectAll().orderBy('code').execute()
  return rows.map((row) => ({
    code: row.code,
    countsAsLayoff: row.counts_as_layoff,
    involuntary: row.involuntary,
    title: { zh: row.title_zh, en: row.title_en },
    source: row.source,
    assumed: row.assumed,
  }))
}

/**
 * Records that somebody works for an employer: by its officer, or by staff of its agency. Refused: `person_unknown`, `employer_unknown`,
 * `employment_overlaps`, `outside_own_agency`.
 */
export async function beginEmployment(work: Work, input: NewEmployment): Promise<Id> {
  const employment = parseInput(schemaNewEmployment, input)
  await getPersonRow(work, employment.personId)
  const employer = await getEmployer(work, employment.employerId)
  const employmentId = work.newId()
  await guarded(
    peopleTables(work)
      .insertInto('people.employment')
      .values({
        id: employmentId,
        person_id: employment.personId,
        employer_id: employment.employerId,
        agency: employer.agency,
        from_on: employment.from,
        to_on: null,
        end_reason: null,
        recorded_at: work.now,
      })
      .execute(),
    { employment_no_overlap: () => new Refusal('employment_overlaps') },
  )
  if (employment.occupation !== undefined) {
    await insertPost(work, { employmentId, occupation: employment.occupation, from: employment.from })
  }
  await logWrite(work, employment.personId, 'begin_employment')
  return employmentId
}

/** Records that somebody does another occupation for the same employer. Refused: `employment_unknown`, `employment_ended`, `outside_own_agency`. */
export async function changePost(work: Work, input: PostChange): Promise<void> {
  const change = parseInput(schemaPostChange, input)
  const employment = await getStandingRow(work, change.employmentId)
  refuseBefore('from', change.from, employment.from_on)
  await insertPost(work, change)
  await logWrite(work, employment.person_id, 'change_post')
}

/** Records the last day of an employment and why it ended. Refused: `employment_unknown`, `employment_ended`, `end_reason_unknown`. */
export async function endEmployment(work: Work, input: EmploymentEnd): Promise<void> {
  const end = parseInput(schemaEmploymentEnd, input)
  const employment = await getStandingRow(work, end.employmentId)
  refuseBefore('to', end.to, employment.from_on)
  const ending = peopleTables(work)
    .updateTable('people.employment')
    .set({ to_on: end.to, end_reason: end.reason })
    .where('id', '=', end.employmentId)
    .executeTakeFirstOrThrow()
  await guardedUpdate(ending, {
    employment_end_reason_fkey: () => new Refusal('end_reason_unknown', { params: { reason: end.reason } }),
  })
  await logWrite(work, employment.person_id, 'end_employment')
}

/** A person's employments that hold on a date, or all of them, the oldest first. */
export async function employmentsOf(
  work: Work,
  personId: Id,
  query: { on?: PlainDate },
  purpose: string,
): Promise<Employment[]> {
  let search = peopleTables(work)
    .selectFrom('people.employment')
    .leftJoin('people.end_reason', 'people.end_reason.code', 'people.employment.end_reason')
    .selectAll('people.employment')
    .select('people.end_reason.involuntary')
    .select((row) => postHeld(row, query.on).as('occupation'))
    .where('person_id', '=', personId)
  if (query.on !== undefined) search = search.where(holdsOn(query.on))
  const rows = await search.orderBy('from_on').orderBy('people.employment.id').execute()
  await logRead(work, [personId], 'read_employments', purpose)
  return rows.map((row) => ({
    employmentId: row.id,
    personId: row.person_id,
    employerId: row.employer_id,
    from: row.from_on,
    to: row.to_on,
    endReason: row.end_reason,
    involuntary: row.involuntary,
    occupation: row.occupation,
  }))
}

/** The post that holds on a day, else the last, in a query on `people.employment`. */
function postHeld(row: ExpressionBuilder<PeopleTables, 'people.employment'>, on: PlainDate | undefined) {
  return row
    .selectFrom('people.employment_post as post')
    .select('post.occupation')
    .whereRef('post.employment_id', '=', 'people.employment.id')
    .where('post.from_on', '<=', on ?? sql<PlainDate>`'infinity'`)
    .orderBy('post.from_on', 'desc')
    .orderBy('post.seq', 'desc')
    .limit(1)
}

async function getStandingRow(work: Work, employmentId: Id): Promise<EmploymentRow> {
  const row = await peopleTables(work)
    .selectFrom('people.employment')
    .selectAll()
    .where('id', '=', employmentId)
    .executeTakeFirst()
  if (!row) throw new Refusal('employment_unknown')
  if (row.to_on !== null) throw new Refusal('employment_ended', { params: { toOn: row.to_on } })
  return row
}

async function insertPost(work: Work, post: z.infer<typeof schemaPostChange>): Promise<void> {
  await guarded(
    peopleTables(work)
      .insertInto('people.employment_post')
      .values({
        employment_id: post.employmentId,
        occupation: post.occupation,
        from_on: post.from,
        recorded_at: work.now,
      })
      .execute(),
  )
}
