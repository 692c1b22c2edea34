import type { PolicyBody } from '../ir.ts'
import { factColumns, SET_COLUMN, type Table } from '../kernel/columns.ts'
import type { CellChunk } from './encode.ts'
import type { ProblemLog } from './problems.ts'
import { cellsOfRows } from './rows.ts'

/** Where a population comes from. Cells are looked at one by one; tables hold codes already. */
export type BatchInput =
  | { readonly is: 'cells'; readonly chunks: AsyncIterable<CellChunk> | Iterable<CellChunk> }
  | { readonly is: 'tables'; readonly tables: AsyncIterable<Table> | Iterable<Table>; readonly isChecked: boolean }

/** Rows of one chunk of cells: what is decoded at a time. */
export const CHUNK_ROWS = 65_536

/** Rows as objects, each with the facts of a case under their names (and the columns that are kept or name its set of values). */
export function fromRows(rows: AsyncIterable<unknown> | Iterable<unknown>): BatchInput {
  return { is: 'cells', chunks: chunksOfRows(rows) }
}

async function* chunksOfRows(rows: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<CellChunk> {
  let waiting: unknown[] = []
  for await (const row of rows) {
    waiting.push(row)
    if (waiting.length < CHUNK_ROWS) continue
    yield cellsOfRows(waiting)
    waiting = []
  }
  if (waiting.length > 0) yield cellsOfRows(waiting)
}

/**
 * Columns as `factColumns` names them, in typed arrays. On shared memory (`SharedArrayBuffer`) threads read them where they are; other arrays
 * are copied, a stretch at a time. `isChecked` says that every code is known to be in range, as in a population made by `populate`.
 */
export function fromTables(
  tables: AsyncIterable<Table> | Iterable<Table>,
  { isChecked = false }: { readonly isChecked?: boolean } = {},
): BatchInput {
  return { is: 'tables', tables, isChecked }
}

/** Notes every code that its column cannot hold: the exactness of a kernel stands on the ranges of its facts. */
export function checkTable(
  body: Pick<PolicyBody, 'facts'>,
  sets: number,
  { columns, rows }: Table,
  firstRow: number,
  log: ProblemLog,
): void {
  for (const { name, code, per } of sets > 1 ? [...factColumns(body), SET_COLUMN] : factColumns(body)) {
    const array = columns[name]
    const length = per === 'row' ? rows : undefined
    const note = (row: number, expected: string, found: string) =>
      log.note({
        row: per === 'row' ? firstRow + row : 0,
        column: name,
        expected,
        found,
        mend: 'encode the column as `factColumns` says',
      })
    if (array === undefined) {
      log.note({ row: 0, column: name, expected: 'a column', found: 'nothing', mend: 'add the column' })
      continue
    }
    const range = rangeOf(code, sets)
    if (range === undefined) continue
    const { min, max } = range
    for (let index = 0; index < (length ?? array.length); index++) {
      const found = array[index] ?? Number.NaN
      if (found >= min && found <= max && Math.floor(found) === found) continue
      note(index, `a whole number from ${min} to ${max}`, String(found))
      if (log.isFull) return
    }
  }
}

type Code = ReturnType<typeof factColumns>[number]['code']

function rangeOf(code: Code, sets: number): { readonly min: number; readonly max: number } | undefined {
  switch (code.is) {
    case 'quantity':
      return code.unit
    case 'choice':
      return { min: 0, max: code.options.length - 1 }
    case 'flag':
    case 'presence':
      return { min: 0, max: 1 }
    case 'set':
      return { min: 0, max: sets - 1 }
    default:
      return undefined
  }
}
