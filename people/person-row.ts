import type { Selectable } from 'kysely'
import { type Id, Refusal, type Work } from '../ground/door.ts'
import { type PeopleTables, peopleTables } from './tables.ts'

/** A person as stored. Stays inside the room: the door gives views. */
export type PersonRow = Selectable<PeopleTables['people.person']>

/** The stored person; refused with `person_unknown` where there is none that the actor may see. */
export async function getPersonRow(work: Work, personId: Id): Promise<PersonRow> {
  const row = await peopleTables(work)
    .selectFrom('people.person')
    .selectAll()
    .where('id', '=', personId)
    .executeTakeFirst()
  if (!row) throw new Refusal('person_unknown')
  return row
}
