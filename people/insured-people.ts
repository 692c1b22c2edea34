import type { Id, PlainDate, Work } from '../ground/door.ts'
import { logRead } from './access-log.ts'
import { pagesById } from './id-pages.ts'
import { holdsOn } from './period.ts'
import { type Insurance, peopleTables } from './tables.ts'

/** Somebody living who is insured: with the agency that is responsible for them. */
export type InsuredPerson = { personId: Id; agency: string; birthOn: PlainDate }

/** Everybody living who is insured on a day and was born by another one, in pages in order of the person's id: to find who reached an age. */
export async function* insuredPeople(
  work: Work,
  { insurance, on, bornBy }: { insurance: Insurance; on: PlainDate; bornBy: PlainDate },
  purpose: string,
): AsyncGenerator<InsuredPerson[]> {
  const insured = peopleTables(work)
    .selectFrom('people.enrolment')
    .select('person_id')
    .where('insurance', '=', insurance)
    .where(holdsOn(on))
  const living = peopleTables(work)
    .selectFrom('people.person')
    .select(['id', 'agency', 'birth_on'])
    .where('birth_on', '<=', bornBy)
    .where('died_on', 'is', null)
    .where('id', 'in', insured)
  const readPage = (after: Id, limit: number) => living.where('id', '>', after).orderBy('id').limit(limit).execute()
  for await (const rows of pagesById(readPage)) {
    await logRead(
      work,
      rows.map(({ id }) => id),
      'read_enrolments',
      purpose,
    )
    yield rows.map(({ id, agency, birth_on }) => ({ personId: id, agency, birthOn: birth_on }))
  }
}
