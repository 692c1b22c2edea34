/** PostgreSQL takes at most 65,535 parameters in one statement; no table of this room has more than 60 columns. */
const rowsPerInsert = 1000

/** Rows in parts that one INSERT each takes. */
export function insertParts<Row>(rows: readonly Row[]): Row[][] {
  const count = Math.ceil(rows.length / rowsPerInsert)
  return Array.from({ length: count }, (_, nth) => rows.slice(nth * rowsPerInsert, (nth + 1) * rowsPerInsert))
}
