import { z } from 'zod'
import {
  type Id,
  type PlainDate,
  parseInput,
  Refusal,
  schemaDate,
  schemaId,
  schemaRegion,
  type Work,
} from '../ground/door.ts'
import { logRead, logWrite } from './access-log.ts'
import { guarded, guardedUpdate } from './constraints.ts'
import { holdsOn, refuseBefore } from './period.ts'
import { getPersonRow } from './person-row.ts'
import { type EmploymentForm, employmentForms, peopleTables } from './tables.ts'

/**
 * Somebody is registered as unemployed, or as employed without an employer (C7.01): through a platform, flexibly, or in a business of their
 * own. From one date to another, both inclusive. Who works for an employer is in the employments.
 */
export type EmploymentStatus = {
  statusId: Id
  personId: Id
  status: 'employed' | 'unemployed'
  form: EmploymentForm | null
  agency: string
  from: PlainDate
  to: PlainDate | null
  caseId: Id
}

const common = { personId: schemaId, agency: schemaRegion, from: schemaDate, caseId: schemaId }

/** What registering a status takes; `agency` is the region code of the agency that registers it. */
export const schemaNewEmploymentStatus = z.discriminatedUnion('status', [
  z.strictObject({ ...common, status: z.literal('employed'), form: z.enum(employmentForms) }),
  z.strictObject({ ...common, status: z.literal('unemployed') }),
])
export type NewEmploymentStatus = z.input<typeof schemaNewEmploymentStatus>

/** Registers a status. Refused: `person_unknown`, `employment_status_overlaps` (end the one that holds first), `outside_own_agency`. */
export async function beginEmploymentStatus(work: Work, input: NewEmploymentStatus): Promise<Id> {
  const status = parseInput(schemaNewEmploymentStatus, input)
  await getPersonRow(work, status.personId)
  const statusId = work.newId()
  await guarded(
    peopleTables(work)
      .insertInto('people.employment_status')
      .values({
        id: statusId,
        person_id: status.personId,
        status: status.status,
        form: status.status === 'employed' ? status.form : null,
        agency: status.agency,
        from_on: status.from,
        to_on: null,
        case_id: status.caseId,
        recorded_at: work.now,
      })
      .execute(),
    { employment_status_no_overlap: () => new Refusal('employment_status_overlaps', { clause: 'C7.01' }) },
  )
  await logWrite(work, status.personId, 'begin_employment_status')
  return statusId
}

/** Ends a status; `to` is its last day. Refused: `employment_status_unknown` (also for one that has ended), `outside_own_agency`. */
export async function endEmploymentStatus(work: Work, end: { statusId: Id; to: PlainDate }): Promise<void> {
  const to = parseInput(schemaDate, end.to, 'to')
  const row = await peopleTables(work)
    .selectFrom('people.employment_status')
    .select(['person_id', 'from_on'])
    .where('id', '=', end.statusId)
    .where('to_on', 'is', null)
    .executeTakeFirst()
  if (!row) throw new Refusal('employment_status_unknown', { clause: 'C7.01' })
  refuseBefore('to', to, row.from_on)
  await guardedUpdate(
    peopleTables(work)
      .updateTable('people.employment_status')
      .set({ to_on: to })
      .where('id', '=', end.statusId)
      .executeTakeFirstOrThrow(),
  )
  await logWrite(work, row.person_id, 'end_employment_status')
}

/** A person's registered status that holds on a date, or all of them, the oldest first. */
export async function employmentStatusesOf(
  work: Work,
  personId: Id,
  query: { on?: PlainDate },
  purpose: string,
): Promise<EmploymentStatus[]> {
  let search = peopleTables(work).selectFrom('people.employment_status').selectAll().where('person_id', '=', personId)
  if (query.on !== undefined) search = search.where(holdsOn(query.on))
  const rows = await search.orderBy('from_on').execute()
  await logRead(work, [personId], 'read_employment_status', purpose)
  return rows.map((row) => ({
    statusId: row.id,
    personId: row.person_id,
    status: row.status,
    form: row.form,
    agency: row.agency,
    from: row.from_on,
    to: row.to_on,
    caseId: row.case_id,
  }))
}
