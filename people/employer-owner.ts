import { z } from 'zod'
import { type Id, type PlainDate, parseInput, Refusal, schemaDate, schemaId, type Work } from '../ground/door.ts'
import { logRead, logWrite } from './access-log.ts'
import { guarded, guardedUpdate } from './constraints.ts'
import { getEmployer } from './employer.ts'
import { holdsOn, refuseBefore } from './period.ts'
import { getPersonRow } from './person-row.ts'
import { peopleTables } from './tables.ts'

/** The person whom an individual business or a small enterprise belongs to, from one date to another, both inclusive. */
export type Owner = {
  ownerId: Id
  employerId: Id
  personId: Id
  from: PlainDate
  to: PlainDate | null
  source: string
}

/** What recording an owner takes. */
export const schemaNewOwner = z.object({
  employerId: schemaId,
  personId: schemaId,
  from: schemaDate,
  source: z.string().trim().min(1),
})
export type NewOwner = z.input<typeof schemaNewOwner>

/** Records whom an employer belongs to. Refused: `employer_unknown`, `person_unknown`, `owner_overlaps`, `outside_own_agency`. */
export async function recordOwner(work: Work, input: NewOwner): Promise<Id> {
  const owner = parseInput(schemaNewOwner, input)
  await getEmployer(work, owner.employerId)
  await getPersonRow(work, owner.personId)
  const ownerId = work.newId()
  await guarded(
    peopleTables(work)
      .insertInto('people.employer_owner')
      .values({
        id: ownerId,
        employer_id: owner.employerId,
        person_id: owner.personId,
        from_on: owner.from,
        source: owner.source,
        recorded_at: work.now,
      })
      .execute(),
    { employer_owner_no_overlap: () => new Refusal('owner_overlaps') },
  )
  await logWrite(work, owner.personId, 'record_owner')
  return ownerId
}

/** Ends an ownership; `to` is its last day. Refused: `owner_unknown` (also for one that has ended), `outside_own_agency`. */
export async function endOwner(work: Work, end: { ownerId: Id; to: PlainDate }): Promise<void> {
  const to = parseInput(schemaDate, end.to, 'to')
  const owner = await peopleTables(work)
    .selectFrom('people.employer_owner')
    .selectAll()
    .where('id', '=', end.ownerId)
    .where('to_on', 'is', null)
    .executeTakeFirst()
  if (!owner) throw new Refusal('owner_unknown')
  refuseBefore('to', to, owner.from_on)
  await guardedUpdate(
    peopleTables(work)
      .updateTable('people.employer_owner')
      .set({ to_on: to })
      .where('id', '=', end.ownerId)
      .executeTakeFirstOrThrow(),
  )
  await logWrite(work, owner.person_id, 'end_owner')
}

/** Whom an employer belongs to on a date. */
export function ownersOf(work: Work, employerId: Id, on: PlainDate, purpose: string): Promise<Owner[]> {
  return ownersWhere(work, { employer_id: employerId }, on, purpose)
}

/** What belongs to a person on a date. */
export function businessesOf(work: Work, personId: Id, on: PlainDate, purpose: string): Promise<Owner[]> {
  return ownersWhere(work, { person_id: personId }, on, purpose)
}

async function ownersWhere(
  work: Work,
  party: { employer_id: Id } | { person_id: Id },
  on: PlainDate,
  purpose: string,
): Promise<Owner[]> {
  const rows = await peopleTables(work)
    .selectFrom('people.employer_owner')
    .selectAll()
    .where((where) => where.and(party))
    .where(holdsOn(on))
    .orderBy('from_on')
    .orderBy('id')
    .execute()
  await logRead(work, [...new Set(rows.map((row) => row.person_id))], 'read_owners', purpose)
  return rows.map((row) => ({
    ownerId: row.id,
    employerId: row.employer_id,
    personId: row.person_id,
    from: row.from_on,
    to: row.to_on,
    source: row.source,
  }))
}
