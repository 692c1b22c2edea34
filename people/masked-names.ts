import type { Id, Work } from '../ground/door.ts'
import { peopleTables } from './tables.ts'

/**
 * Names with all but their first character masked (李*), of those persons whom the acting party sees, so that the rows of a list can be told apart. Says
 * of nobody who they are, and is therefore not in the access log.
 */
export async function maskedNamesOf(work: Work, personIds: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  if (personIds.length === 0) return new Map()
  const rows = await peopleTables(work)
    .selectFrom('people.person')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(personIds)])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, maskName(name)]))
}

function maskName(name: string): string {
  const [first = '', ...rest] = name
  return first + '*'.repeat(Math.max(1, Math.min(rest.length, 3)))
}
