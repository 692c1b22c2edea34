import type { Id } from '../ground/door.ts'

/** So few that PostgreSQL sorts what belongs to a page in memory. */
const rowsPerPage = 2000
const beforeAll = '00000000-0000-0000-0000-000000000000'

/** The pages that `readPage` brings, in order of id, so many rows at a time; `after` is the id where an earlier reading stopped. */
export async function* pagesById<Row extends { id: Id }>(
  readPage: (after: Id, limit: number) => Promise<Row[]>,
  after: Id = beforeAll,
): AsyncGenerator<Row[]> {
  let last: Id | undefined = after
  while (last !== undefined) {
    const rows = await readPage(last, rowsPerPage)
    if (rows.length > 0) yield rows
    last = rows.at(-1)?.id
  }
}
