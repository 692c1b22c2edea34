import type { Selectable } from 'kysely'
import { z } from 'zod'
import {
  addDays,
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
import {
  type EnrolmentRelation,
  enrolmentRelations,
  type Insurance,
  insurances,
  type PeopleTables,
  peopleTables,
} from './tables.ts'

/** Insured in a pooling area, through an employer or alone, from one date to another, both inclusive. */
export type Enrolment = {
  enrolmentId: Id
  personId: Id
  employerId: Id | null
  insurance: Insurance
  poolingArea: string
  agency: string
  relation: EnrolmentRelation
  contributingContinuously: boolean
  from: PlainDate
  to: PlainDate | null
}

/** What an enrolment takes. `poolingArea` is the area's id, which is not a region code; `agency` is one. */
export const schemaNewEnrolment = z.object({
  personId: schemaId,
  employerId: schemaId.optional(),
  insurance: z.enum(insurances),
  poolingArea: z.string().trim().min(1),
  agency: schemaRegion,
  relation: z.enum(enrolmentRelations).default('active'),
  contributingContinuously: z.boolean().default(true),
  from: schemaDate,
  to: schemaDate.optional(),
})
export type NewEnrolment = z.input<typeof schemaNewEnrolment>

type EnrolmentRow = Selectable<PeopleTables['people.enrolment']>

/**
 * Insures a person. Changing the insured region is ending one enrolment and beginning another (and `changeAgency`). Refused:
 * `enrolment_overlaps` for the same insurance through the same employer at the same time, `person_unknown`, `outside_own_agency`.
 */
export async function enrol(work: Work, input: NewEnrolment): Promise<Id> {
  const enrolment = parseInput(schemaNewEnrolment, input)
  if (enrolment.to !== undefined) refuseBefore('to', enrolment.to, enrolment.from)
  await getPersonRow(work, enrolment.personId)
  const enrolmentId = await insertEnrolment(work, {
    person_id: enrolment.personId,
    employer_id: enrolment.employerId ?? null,
    insurance: enrolment.insurance,
    pooling_area: enrolment.poolingArea,
    agency: enrolment.agency,
    relation: enrolment.relation,
    contributing_continuously: enrolment.contributingContinuously,
    from_on: enrolment.from,
    to_on: enrolment.to ?? null,
  })
  await logWrite(work, enrolment.personId, 'enrol')
  return enrolmentId
}

/**
 * Changes the labour relation, or whether contributions are continuous, from a date after the enrolment's first: the old row ends the day
 * before and a new one begins, so that any date can still be asked for. Returns the new row's id.
 */
export async function changeEnrolment(
  work: Work,
  change: { enrolmentId: Id; on: PlainDate; relation?: EnrolmentRelation; contributingContinuously?: boolean },
): Promise<Id> {
  const { id: _, ...old } = await getEnrolmentRow(work, change.enrolmentId)
  const on = parseInput(schemaDate, change.on, 'on')
  refuseBefore('on', on, addDays(old.from_on, 1))
  if (old.to_on !== null && on > old.to_on) throw new Refusal('enrolment_ended', { params: { toOn: old.to_on } })
  await writeEnd(work, change.enrolmentId, addDays(on, -1))
  const enrolmentId = await insertEnrolment(work, {
    ...old,
    relation: change.relation ?? old.relation,
    contributing_continuously: change.contributingContinuously ?? old.contributing_continuously,
    from_on: on,
  })
  await logWrite(work, old.person_id, 'change_enrolment')
  return enrolmentId
}

/** Ends an enrolment; `to` is its last day. Refused with `enrolment_ended` where it has ended before. */
export async function endEnrolment(work: Work, end: { enrolmentId: Id; to: PlainDate }): Promise<void> {
  const enrolment = await getEnrolmentRow(work, end.enrolmentId)
  const to = parseInput(schemaDate, end.to, 'to')
  refuseBefore('to', to, enrolment.from_on)
  if (enrolment.to_on !== null && enrolment.to_on < to) {
    throw new Refusal('enrolment_ended', { params: { toOn: enrolment.to_on } })
  }
  await writeEnd(work, end.enrolmentId, to)
  await logWrite(work, enrolment.person_id, 'end_enrolment')
}

/** A person's enrolments that hold on a date, of one insurance or of all, the oldest first. */
export async function enrolmentsOf(
  work: Work,
  personId: Id,
  query: { insurance?: Insurance; on: PlainDate },
  purpose: string,
): Promise<Enrolment[]> {
  let search = peopleTables(work)
    .selectFrom('people.enrolment')
    .selectAll()
    .where('person_id', '=', personId)
    .where(holdsOn(query.on))
  if (query.insurance) search = search.where('insurance', '=', query.insurance)
  const rows = await search.orderBy('from_on').orderBy('id').execute()
  await logRead(work, [personId], 'read_enrolments', purpose)
  return rows.map(enrolmentOf)
}

async function getEnrolmentRow(work: Work, enrolmentId: Id): Promise<EnrolmentRow> {
  const row = await peopleTables(work)
    .selectFrom('people.enrolment')
    .selectAll()
    .where('id', '=', enrolmentId)
    .executeTakeFirst()
  if (!row) throw new Refusal('enrolment_unknown')
  return row
}

async function insertEnrolment(work: Work, row: Omit<EnrolmentRow, 'id' | 'recorded_at'>): Promise<Id> {
  const id = work.newId()
  await guarded(
    peopleTables(work)
      .insertInto('people.enrolment')
      .values({ ...row, id, recorded_at: work.now })
      .execute(),
    { enrolment_no_overlap: () => new Refusal('enrolment_overlaps') },
  )
  return id
}

async function writeEnd(work: Work, enrolmentId: Id, to: PlainDate): Promise<void> {
  await guardedUpdate(
    peopleTables(work)
      .updateTable('people.enrolment')
      .set({ to_on: to })
      .where('id', '=', enrolmentId)
      .executeTakeFirstOrThrow(),
  )
}

function enrolmentOf(row: EnrolmentRow): Enrolment {
  return {
    enrolmentId: row.id,
    personId: row.person_id,
    employerId: row.employer_id,
    insurance: row.insurance,
    poolingArea: row.pooling_area,
    agency: row.agency,
    relation: row.relation,
    contributingContinuously: row.contributing_continuously,
    from: row.from_on,
    to: row.to_on,
  }
}
