import type { Id } from '../ground/door.ts'

/** So few that PostgreSQL sorts what belongs to a page in memory. */
const idsPerPage = 2000
const beforeAll = '00000000-0000-0000-0000-000000000000'

/** The ids that pages of rows bring, in order, so many at a time; `after` is the id where an earlier reading stopped. */
export async function* idsInPages(
  readPage: (after: Id, limit: number) => Promise<{ id: Id }[]>,
  after: Id = beforeAll,
): AsyncGenerator<Id[]> {
  let last: Id | undefined = after
  while (last !== undefined) {
    const ids: Id[] = (await readPage(last, idsPerPage)).map(({ id }) => id)
    if (ids.length > 0) yield ids
    last = ids.at(-1)
  }
}
