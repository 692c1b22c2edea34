import { sql } from 'kysely'
import type { Id, PlainDate, Work } from '../ground/door.ts'

/** A table whose rows hold from `effective_from` to `effective_to`. */
export type DatedTable = 'catalogue_entry' | 'code_mapping' | 'control_rule' | 'service_item' | 'listed_party'

/** The condition of a dated row that it holds on a day. */
export function inForceOn(on: PlainDate) {
  return sql<boolean>`effective_from <= ${on} AND (effective_to IS NULL OR effective_to >= ${on})`
}

/** Ends rows: `on` is their last day. */
export async function endRows(
  work: Work,
  table: DatedTable,
  rows: readonly { id: Id }[],
  on: PlainDate,
): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  const update = sql`UPDATE ${sql.table(`registers.${table}`)} SET effective_to = ${on} WHERE id = ANY(${ids}::uuid[])`
  await update.execute(work.db)
}
