import { type RawBuilder, sql } from 'kysely'
import { BadInput, type PlainDate } from '../ground/door.ts'

/** In a query on a table with `from_on` and `to_on` (both inclusive; open where null): the row holds on this date. */
export function holdsOn(on: PlainDate): RawBuilder<boolean> {
  return sql<boolean>`${on}::date BETWEEN from_on AND coalesce(to_on, 'infinity')`
}

/** Refuses, as `BadInput` at `path`, a date before the earliest that makes sense there. */
export function refuseBefore(path: string, date: PlainDate, earliest: PlainDate): void {
  if (date < earliest) throw new BadInput([{ path, expected: `a date not before ${earliest}`, found: date }])
}
