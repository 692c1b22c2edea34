import type { PolicyBody } from '../ir.ts'
import { type Column, type ColumnArray, factColumns, inputColumns, type Table } from '../kernel/columns.ts'
import { DATE_RANGE } from '../kernel/day-numbers.ts'
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
  table: Table,
  firstRow: number,
  log: ProblemLog,
): void {
  for (const column of inputColumns(body, sets)) {
    const array = table.columns[column.name]
    if (array === undefined) throw new TypeError(`there is no column ${column.name}`)
    if (column.code.is === 'offsets') checkOffsets(body, column.name, array, table, firstRow, log)
    else checkCodes(column, array, sets, table.rows, firstRow, log)
    if (log.isFull) return
  }
}

const MEND = 'encode the column as `factColumns` says'

function checkCodes(
  { name, code, per }: Column,
  array: ColumnArray,
  sets: number,
  rows: number,
  firstRow: number,
  log: ProblemLog,
): void {
  const range = rangeOf(code, sets)
  if (range === undefined) return
  const { min, max } = range
  const length = per === 'row' ? rows : array.length
  for (let index = 0; index < length && !log.isFull; index++) {
    const found = array[index] ?? Number.NaN
    if (found >= min && found <= max && Math.floor(found) === found) continue
    const row = per === 'row' ? firstRow + index : 0
    log.note({ row, column: name, expected: `a whole number from ${min} to ${max}`, found: String(found), mend: MEND })
  }
}

/** Every list begins where the one before ends, is no longer than it may be, and ends among the items that are there. */
function checkOffsets(
  { facts }: Pick<PolicyBody, 'facts'>,
  name: string,
  offsets: ColumnArray,
  { rows, columns }: Table,
  firstRow: number,
  log: ProblemLog,
): void {
  const list = name.slice(0, -1)
  const unit = facts[list]
  const most = unit?.kind === 'list' ? unit.max : 0
  const items = Math.min(
    ...factColumns({ facts })
      .filter((each) => each.list === list)
      .map((each) => columns[each.name]?.length ?? 0),
  )
  for (let row = 0; row < rows && !log.isFull; row++) {
    const from = offsets[row] ?? -1
    const to = offsets[row + 1] ?? -1
    if (from >= 0 && to >= from && to - from <= most && to <= items) continue
    const expected = `0 to ${most} of ${items} items`
    log.note({ row: firstRow + row, column: name, expected, found: `those from ${from} to ${to}`, mend: MEND })
  }
}

function rangeOf(code: Column['code'], sets: number): { readonly min: number; readonly max: number } | undefined {
  switch (code.is) {
    case 'quantity':
      return code.unit
    case 'choice':
      return { min: 0, max: code.options.length - 1 }
    case 'flag':
    case 'presence':
      return { min: 0, max: 1 }
    case 'date':
      return DATE_RANGE
    case 'set':
      return { min: 0, max: sets - 1 }
    default:
      return undefined
  }
}
