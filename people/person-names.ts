import { asActor, type Id, systemActor, type Work } from '../ground/door.ts'
import { peopleTables } from './tables.ts'

/**
 * The names alone of persons whom the reader knows through an authority: who acts for them, or for whom they act. Read as the node, since neither
 * sees the other's record, and not logged: nothing else of the record is told.
 */
export async function namesOfPeople(work: Work, personIds: ReadonlyArray<Id | null>): Promise<ReadonlyMap<Id, string>> {
  const wanted = [...new Set(personIds.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await asActor(work, systemActor, (system) =>
    peopleTables(system).selectFrom('people.person').select(['id', 'name']).where('id', 'in', wanted).execute(),
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** A name as it is shown to whoever need not know it whole: 王强 becomes 王*, 王小强 becomes 王*强. */
export function maskName(name: string): string {
  const letters = [...name]
  const [first = '', ...others] = letters
  const last = others.pop()
  if (last === undefined) return '*'
  return others.length === 0 ? `${first}*` : `${first}${'*'.repeat(others.length)}${last}`
}
