import { describe, expectationOf } from '../facts.ts'
import type { PolicyBody } from '../ir.ts'
import {
  type Column,
  type ColumnArray,
  columnArray,
  factColumns,
  SET_COLUMN,
  type Table,
  textsOf,
} from '../kernel/columns.ts'
import { findNearestName } from '../nearest.ts'
import type { FactUnit, FieldUnit, ListUnit, ScalarUnit } from '../units.ts'
import { cellEncoder, createDictionary, mendOf, type TextDictionary } from './cells.ts'
import type { ProblemLog } from './problems.ts'

/** A stretch of rows as a reader found them: cells by the name of their column, not yet looked at. */
export interface CellChunk {
  readonly rows: number
  readonly columns: ReadonlyMap<string, ArrayLike<unknown>>
  /** True where the format cannot tell an empty text from nothing: an empty cell of an optional fact is then absent. */
  readonly emptyIsAbsent?: boolean
}

/** A stretch of rows as a kernel reads them. */
export interface EncodedChunk {
  readonly table: Table
  readonly dictionary: TextDictionary
}

/** What the cells of a population are read as. */
export interface Encoding {
  readonly body: Pick<PolicyBody, 'facts' | 'block'>
  /** The column that names the set of values of each row, and the names in the order of the sets; absent where there is one set. */
  readonly sets?: SetNames
  /** Columns that are no facts and are not looked at. */
  readonly others: readonly string[]
  /** Makes the arrays, whatever is in them; new ones unless said otherwise. */
  readonly allocate?: (column: Column, length: number) => ColumnArray
}

/** How a population names its sets of values, for example its regions. */
export interface SetNames {
  readonly column: string
  readonly names: readonly string[]
}

/**
 * Encodes a stretch of rows: words to codes, dates to day numbers, texts to numbers of a dictionary, lists to offsets and values.
 * Every cell that cannot be read is noted in `log` and stands as 0.
 *
 * @param firstRow the number of the first row, counted from 1
 */
export function encodeChunk(encoding: Encoding, chunk: CellChunk, firstRow: number, log: ProblemLog): EncodedChunk {
  const { body, sets } = encoding
  noteUnknownColumns(encoding, chunk, log)
  const run: Run = {
    allocate: encoding.allocate ?? ((column, length) => columnArray(column.kind, length)),
    declared: new Map([...factColumns(body), SET_COLUMN].map((column) => [column.name, column])),
    dictionary: createDictionary(textsOf(body)),
    columns: {},
    log,
    firstRow,
  }
  for (const [name, unit] of Object.entries(body.facts)) encodeFact(run, chunk, name, unit)
  if (sets !== undefined) {
    const cells = cellsOf(run, chunk, sets.column)
    const unit: ScalarUnit = { kind: 'choice', options: sets.names }
    if (cells !== undefined) encodeCells(run, SET_COLUMN.name, unit, cells, (row) => ({ row, column: sets.column }))
  }
  return { table: { rows: chunk.rows, columns: run.columns }, dictionary: run.dictionary }
}

interface Run {
  readonly allocate: (column: Column, length: number) => ColumnArray
  readonly declared: ReadonlyMap<string, Column>
  readonly dictionary: TextDictionary
  readonly columns: Record<string, ColumnArray>
  readonly log: ProblemLog
  readonly firstRow: number
}

/** Where a cell stands: its row within the stretch and the name of its column. */
type Place = (index: number) => { readonly row: number; readonly column: string }

function noteUnknownColumns({ body, sets, others }: Encoding, { columns }: CellChunk, log: ProblemLog): void {
  const facts = Object.keys(body.facts)
  const known = new Set([...facts, ...others, ...(sets === undefined ? [] : [sets.column])])
  for (const column of columns.keys()) {
    if (known.has(column)) continue
    const nearest = findNearestName(column, facts)
    const mend = nearest === undefined ? 'leave it out or name it under `keep`' : `perhaps \`${nearest}\` was meant`
    log.note({ row: 0, column, expected: 'a fact of the policy', found: 'an unknown name', mend })
  }
}

function cellsOf({ log }: Run, { columns }: CellChunk, column: string): ArrayLike<unknown> | undefined {
  const cells = columns.get(column)
  if (cells === undefined) log.note({ row: 0, column, expected: 'a column', found: 'nothing', mend: 'add the column' })
  return cells
}

function encodeFact(run: Run, chunk: CellChunk, name: string, unit: FactUnit): void {
  const isOptional = unit.kind === 'optional'
  const given = isOptional && !chunk.columns.has(name) ? new Array<unknown>(chunk.rows) : cellsOf(run, chunk, name)
  if (given === undefined) return
  const cells = isOptional && chunk.emptyIsAbsent ? Array.from(given, (cell) => (cell === '' ? null : cell)) : given
  if (unit.kind === 'list') encodeList(run, name, unit, cells)
  else encodeField(run, name, unit, cells, (row) => ({ row, column: name }))
}

function encodeField(run: Run, name: string, unit: FieldUnit, cells: ArrayLike<unknown>, place: Place): void {
  if (unit.kind !== 'optional') {
    encodeCells(run, name, unit, cells, place)
    return
  }
  const presence = newColumn(run, `${name}?`, cells.length)
  for (let index = 0; index < cells.length; index++) presence[index] = isAbsent(cells[index]) ? 0 : 1
  encodeCells(run, name, unit.unit, cells, place, presence)
}

function isAbsent(cell: unknown): boolean {
  return cell === undefined || cell === null
}

function encodeCells(
  run: Run,
  name: string,
  unit: ScalarUnit,
  cells: ArrayLike<unknown>,
  place: Place,
  presence?: ColumnArray,
): void {
  const column = newColumn(run, name, cells.length)
  const encode = cellEncoder(unit, run.dictionary)
  for (let index = 0; index < cells.length; index++) {
    const isNull = presence !== undefined && presence[index] === 0
    const cell = cells[index]
    const code = isNull ? 0 : encode(cell)
    column[index] = code ?? 0
    if (code === undefined) noteCell(run, unit, cell, place(index))
  }
}

function noteCell({ log, firstRow }: Run, unit: ScalarUnit, cell: unknown, at: ReturnType<Place>): void {
  log.note({
    row: firstRow + at.row,
    column: at.column,
    expected: expectationOf(unit),
    found: cell instanceof Date ? cell.toISOString() : describe(cell),
    mend: mendOf(unit, cell),
  })
}

/** A cell is a list of items, or JSON text of one. */
function encodeList(run: Run, name: string, unit: ListUnit, cells: ArrayLike<unknown>): void {
  const offsets = newColumn(run, `${name}#`, cells.length + 1)
  const items: unknown[] = []
  const rows: number[] = []
  offsets[0] = 0
  for (let row = 0; row < cells.length; row++) {
    for (const item of itemsOf(run, name, unit, cells[row], row)) {
      items.push(item)
      rows.push(row)
    }
    offsets[row + 1] = items.length
  }
  const placeOf = (field?: string): Place => {
    return (index) => {
      const row = rows[index] ?? 0
      const number = index - (offsets[row] ?? 0)
      return { row, column: [name, number, ...(field === undefined ? [] : [field])].join('.') }
    }
  }
  if (unit.item.kind !== 'record') {
    encodeCells(run, `${name}[]`, unit.item, items, placeOf())
    return
  }
  noteBadItems(run, unit.item.fields, items, placeOf())
  for (const [field, fieldUnit] of Object.entries(unit.item.fields)) {
    const fieldCells = items.map((item) => (isRecord(item) ? item[field] : undefined))
    encodeField(run, `${name}.${field}`, fieldUnit, fieldCells, placeOf(field))
  }
}

function itemsOf(run: Run, column: string, unit: ListUnit, cell: unknown, row: number): readonly unknown[] {
  const list = typeof cell === 'string' ? parsedJson(cell) : cell
  if (Array.isArray(list) && list.length <= unit.max) return list
  run.log.note({
    row: run.firstRow + row,
    column,
    expected: `a list of at most ${unit.max}`,
    found: describe(cell),
    mend: isAbsent(cell) || cell === '' ? 'write an empty list: []' : 'write the items as a list, in text as JSON',
  })
  return []
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function noteBadItems(run: Run, fields: Readonly<Record<string, FieldUnit>>, items: unknown[], place: Place): void {
  items.forEach((item, index) => {
    const names = isRecord(item) ? Object.keys(item) : undefined
    const unknown = names?.find((name) => !Object.hasOwn(fields, name))
    if (names !== undefined && unknown === undefined) return
    const { row, column } = place(index)
    const expected = `an item with ${Object.keys(fields).join(', ')}`
    const found = unknown === undefined ? describe(item) : `the unknown name ${unknown}`
    run.log.note({ row: run.firstRow + row, column, expected, found, mend: 'write the item with these names' })
  })
}

function isRecord(item: unknown): item is Readonly<Record<string, unknown>> {
  return typeof item === 'object' && item !== null && !Array.isArray(item)
}

function newColumn(run: Run, name: string, length: number): ColumnArray {
  const column = run.declared.get(name)
  if (column === undefined) throw new TypeError(`the body has no column ${name}`)
  const array = run.allocate(column, length)
  run.columns[name] = array
  return array
}
