/**
 * A population as columns: one typed array per fact, so that a kernel reads whole cache lines of what it needs and nothing else. The same
 * names and codes serve kernels in JavaScript and WebAssembly, Arrow and CSV files, and the queries of `sql`.
 */
import type { EndStatement, PolicyBody } from '../ir.ts'
import { type FactUnit, type FieldUnit, isQuantity, type QuantityUnit, type ScalarUnit } from '../units.ts'
import { expressionsIn, isEnd, ownStatementsOf } from '../walk.ts'

/** The element type of a column: the narrowest that holds the unit's whole range. `f64` holds whole numbers only. */
export type ColumnKind = 'u8' | 'u16' | 'i32' | 'f64'

/** The array behind a column of each kind. */
export type ColumnArray = Uint8Array | Uint16Array | Int32Array | Float64Array

/** What the numbers of a column are. */
export type ColumnCode =
  /** The quantity itself. */
  | { readonly is: 'quantity'; readonly unit: QuantityUnit }
  /** Days since 1970-01-01, negative before. */
  | { readonly is: 'date' }
  /** 0 or 1. */
  | { readonly is: 'flag' }
  /** The place of the word among the options. */
  | { readonly is: 'choice'; readonly options: readonly string[] }
  /** A number that stands for the text in the population's dictionary, which begins with `textsOf`: equal numbers, equal texts. */
  | { readonly is: 'text' }
  /** 1 where the optional fact is there, 0 where it is `null` (its own column then holds 0). */
  | { readonly is: 'presence' }
  /** Of a list: one more than there are rows; row `r` has the items from `offsets[r]` to just before `offsets[r + 1]`. */
  | { readonly is: 'offsets' }
  /** Which of the plan's sets of values decides the row. */
  | { readonly is: 'set' }
  /** Which of the body's outcomes the row, or the item, came to: its place in `endsOf` or `itemEndsOf`. */
  | { readonly is: 'end' }

/** One column. `per` says whether it has an element for each row or for each item of the list `list`. */
export interface Column {
  readonly name: string
  readonly kind: ColumnKind
  readonly code: ColumnCode
  readonly per: 'row' | 'item'
  readonly list?: string
}

/** Columns by name, with the number of rows. */
export interface Table {
  readonly rows: number
  readonly columns: Readonly<Record<string, ColumnArray>>
}

/** The column that says which set of values decides a row; only where there is more than one set. */
export const SET_COLUMN: Column = { name: '@set', kind: 'u8', code: { is: 'set' }, per: 'row' }

/**
 * The columns of a body's facts, in the order of declaration: `months`; `since` and `since?` for an optional fact; `bills#` (offsets),
 * `bills.amountFen` and `bills.since?` for a list of records; `pieces#` and `pieces[]` for a list of plain things.
 */
export function factColumns(body: Pick<PolicyBody, 'facts'>): Column[] {
  return Object.entries(body.facts).flatMap(([name, unit]) => columnsOfFact(name, unit))
}

/** What a kernel reads: the columns of the facts and, where rows are decided by several sets of values, the one that picks the set. */
export function inputColumns(body: Pick<PolicyBody, 'facts'>, sets: number): Column[] {
  return sets > 1 ? [...factColumns(body), SET_COLUMN] : factColumns(body)
}

/** How many items each list of a table has, over all its rows. */
export function itemCounts({ rows, columns }: Table): Record<string, number> {
  const offsets = Object.entries(columns).filter(([name]) => name.endsWith('#'))
  return Object.fromEntries(offsets.map(([name, array]) => [name.slice(0, -1), array[rows] ?? 0]))
}

/** What a run can store: `@end`, `results.<name>` for each result, and with decisions per item `@itemEnd` and `items.<name>`. */
export function outcomeColumns(body: Pick<PolicyBody, 'block' | 'results' | 'items'>): Column[] {
  const { items } = body
  const columns = [endColumn('@end', endsOf(body).length, {})]
  for (const [name, unit] of Object.entries(body.results)) columns.push(scalarColumn(`results.${name}`, unit, {}))
  if (items === undefined) return columns
  const { list } = items
  columns.push(endColumn('@itemEnd', itemEndsOf(body).length + 1, { list }))
  for (const [name, unit] of Object.entries(items.results)) columns.push(scalarColumn(`items.${name}`, unit, { list }))
  return columns
}

/** Room for what comes out of every row of a table, all zero. */
export function outcomeTable(body: Pick<PolicyBody, 'block' | 'results' | 'items'>, facts: Table): Table {
  const made = outcomeColumns(body).map(({ name, kind, per, list }) => {
    const length = per === 'row' ? facts.rows : (facts.columns[`${list}#`]?.[facts.rows] ?? 0)
    return [name, columnArray(kind, length)] as const
  })
  return { rows: facts.rows, columns: Object.fromEntries(made) }
}

/** Every outcome of a body in the order of the text; what stores and counts of a run refer to. */
export function endsOf({ block }: Pick<PolicyBody, 'block'>): readonly EndStatement[] {
  return ownStatementsOf(block).filter(isEnd)
}

/** Every outcome that an item may come to, in the order of the text. In `@itemEnd` the number after the last one says: not decided. */
export function itemEndsOf({ block }: Pick<PolicyBody, 'block'>): readonly EndStatement[] {
  return ownStatementsOf(block).flatMap((statement) => {
    return isEnd(statement) && statement.each !== undefined ? endsOf(statement.each) : []
  })
}

/**
 * The texts that a body names itself, in the order of its text, each once. The dictionary of a population begins with them, so that a text
 * written in a rule has its place here as its code in every population.
 */
export function textsOf({ block }: Pick<PolicyBody, 'block'>): readonly string[] {
  const texts = expressionsIn(block).flatMap((each) => {
    return each.op === 'literal' && each.unit.kind === 'text' && typeof each.value === 'string' ? [each.value] : []
  })
  return [...new Set(texts)]
}

/** The narrowest kind for whole numbers of a range. */
export function kindOf({ min, max }: { readonly min: number; readonly max: number }): ColumnKind {
  if (min >= 0 && max <= 0xff) return 'u8'
  if (min >= 0 && max <= 0xffff) return 'u16'
  return min >= -0x8000_0000 && max <= 0x7fff_ffff ? 'i32' : 'f64'
}

/** A new array of a kind, all zero; over `buffer` from `byteOffset` where they are given. */
export function columnArray(kind: ColumnKind, length: number, buffer?: ArrayBufferLike, byteOffset = 0): ColumnArray {
  const over = buffer ?? new ArrayBuffer(length * COLUMN_BYTES[kind])
  switch (kind) {
    case 'u8':
      return new Uint8Array(over, byteOffset, length)
    case 'u16':
      return new Uint16Array(over, byteOffset, length)
    case 'i32':
      return new Int32Array(over, byteOffset, length)
    case 'f64':
      return new Float64Array(over, byteOffset, length)
  }
}

/** Bytes of one element of each kind. */
export const COLUMN_BYTES: Readonly<Record<ColumnKind, number>> = { u8: 1, u16: 2, i32: 4, f64: 8 }

function endColumn(name: string, ends: number, of: { readonly list?: string }): Column {
  return { name, kind: kindOf({ min: 0, max: Math.max(0, ends - 1) }), code: { is: 'end' }, ...perOf(of) }
}

function perOf({ list }: { readonly list?: string }): Pick<Column, 'per' | 'list'> {
  return list === undefined ? { per: 'row' } : { per: 'item', list }
}

function columnsOfFact(name: string, unit: FactUnit): Column[] {
  if (unit.kind !== 'list') return columnsOfField(name, unit, {})
  const offsets: Column = { name: `${name}#`, kind: 'i32', code: { is: 'offsets' }, per: 'row' }
  const of = { list: name }
  if (unit.item.kind !== 'record') return [offsets, scalarColumn(`${name}[]`, unit.item, of)]
  const fields = Object.entries(unit.item.fields)
  return [offsets, ...fields.flatMap(([field, fieldUnit]) => columnsOfField(`${name}.${field}`, fieldUnit, of))]
}

function columnsOfField(name: string, unit: FieldUnit, of: { readonly list?: string }): Column[] {
  if (unit.kind !== 'optional') return [scalarColumn(name, unit, of)]
  const presence: Column = { name: `${name}?`, kind: 'u8', code: { is: 'presence' }, ...perOf(of) }
  return [scalarColumn(name, unit.unit, of), presence]
}

function scalarColumn(name: string, unit: ScalarUnit, of: { readonly list?: string }): Column {
  const per = perOf(of)
  if (isQuantity(unit)) return { name, kind: kindOf(unit), code: { is: 'quantity', unit }, ...per }
  switch (unit.kind) {
    case 'date':
      return { name, kind: 'i32', code: { is: 'date' }, ...per }
    case 'flag':
      return { name, kind: 'u8', code: { is: 'flag' }, ...per }
    case 'text':
      return { name, kind: 'i32', code: { is: 'text' }, ...per }
    case 'choice':
      return {
        name,
        kind: kindOf({ min: 0, max: unit.options.length - 1 }),
        code: { is: 'choice', options: unit.options },
        ...per,
      }
  }
}
