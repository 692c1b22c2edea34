import { BadInput } from '../ground/door.ts'

/** What a bulk record did: rows that were new or said something else than before, and rows that stood there already word for word. */
export type RowsRecorded = { written: number; unchanged: number }

/** Rows in one statement: a file of hundreds of thousands goes in parts, in one transaction. */
const rowsPerStatement = 20_000

/** The rows in parts that one statement each takes. */
export function inParts<Row>(rows: readonly Row[]): Row[][] {
  const count = Math.ceil(rows.length / rowsPerStatement)
  return Array.from({ length: count }, (_, nth) => rows.slice(nth * rowsPerStatement, (nth + 1) * rowsPerStatement))
}

/** Refuses, as `BadInput`, rows that speak about the same thing twice: which of them counts could not be told. */
export function refuseRepeated<Row>(rows: readonly Row[], keyOf: (row: Row) => string): void {
  const firstIndex = new Map<string, number>()
  const problems = rows.flatMap((row, index) => {
    const key = keyOf(row)
    const first = firstIndex.get(key)
    if (first === undefined) firstIndex.set(key, index)
    return first === undefined
      ? []
      : [{ path: `rows[${index}]`, expected: `another month or party than in rows[${first}]`, found: key }]
  })
  if (problems.length > 0) throw new BadInput(problems)
}
