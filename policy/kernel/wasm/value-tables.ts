/**
 * Values of law as numbers in memory. A kernel reads them from there, so that other values can be loaded while it stands; what it was compiled
 * for is only the range in which each of them stays.
 */
import { isQuantity, type QuantityUnit, type ValueUnit } from '../../units.ts'
import type { ResolvedValue, ResolvedValues } from '../../values.ts'
import { DATE_RANGE, dayOf } from '../day-numbers.ts'
import type { Range } from './terms.ts'

/** What the numbers of a table are. */
export type TableContent =
  /** One quantity, day, flag or word. */
  | { readonly is: 'single'; readonly name: string; readonly unit: ValueUnit }
  /** A quantity for each key. */
  | { readonly is: 'keyed'; readonly name: string; readonly keys: readonly string[]; readonly unit: QuantityUnit }
  /** The quantity under one key. */
  | { readonly is: 'entry'; readonly name: string; readonly key: string; readonly unit: QuantityUnit }
  /** For each word, 1 when it is in the list that is the value. */
  | { readonly is: 'listed'; readonly name: string; readonly words: readonly string[] }
  /** The same numbers whatever the values. */
  | { readonly is: 'fixed'; readonly numbers: readonly number[] }

/** Entries up to which it is worth while to look up in vectors instead of one by one. */
const PLANE_CELLS_MAX = 64

/**
 * One table. Where the sets of values of a plan differ in it, it has the entries of the first set, then those of the second, and so on; what
 * is the same in all of them stands there once.
 */
export interface ValueTable {
  readonly id: number
  readonly content: TableContent
  /** Numbers of one set. */
  readonly entries: number
  readonly isPerSet: boolean
  /** Numbers in all. */
  readonly cells: number
  readonly range: Range
  /** What all numbers are divided by in the table; they are multiples of it. */
  readonly unit: number
}

/** True for a small table of small numbers, which is looked up sixteen entries at a time. */
export function isLookedUpTogether({ cells, range }: Pick<ValueTable, 'cells' | 'range'>): boolean {
  return cells > 1 && cells <= PLANE_CELLS_MAX && isInt32(range)
}

/** A range for which a kernel is to be compiled, wider than the values at hand; and the step in which a rate will move. */
export interface Envelope extends Range {
  readonly step?: number
}

/** The numbers of each set. */
function numbersOf(content: TableContent, sets: readonly ResolvedValues[]): number[][] {
  if (content.is === 'fixed') return [[...content.numbers]]
  return sets.map((values) => {
    const value = values[content.name]?.value
    if (value === undefined) throw new TypeError(`a set of values has no ${content.name}`)
    switch (content.is) {
      case 'single':
        return [cellOf(content.unit, value)]
      case 'entry':
        return [entryOf(content.name, value, content.key)]
      case 'keyed':
        return content.keys.map((key) => entryOf(content.name, value, key))
      default:
        return content.words.map((word) => (Array.isArray(value) && value.includes(word) ? 1 : 0))
    }
  })
}

function cellOf(unit: ValueUnit, value: ResolvedValue['value']): number {
  if (typeof value === 'string') return unit.kind === 'choice' ? unit.options.indexOf(value) : dayOf(value)
  return Number(value)
}

function entryOf(name: string, value: ResolvedValue['value'], key: string): number {
  const entry = typeof value === 'object' ? new Map<string, unknown>(Object.entries(value)).get(key) : undefined
  if (typeof entry !== 'number') throw new TypeError(`the table ${name} has nothing under ${key}`)
  return entry
}

/** A table for a content; of the sets of values it keeps what it needs to know for other values to fit. */
export function tableFor(
  id: number,
  content: TableContent,
  sets: readonly ResolvedValues[],
  wider: Envelope | undefined,
  unit = 1,
): ValueTable {
  const numbers = numbersOf(content, sets)
  const isPerSet = !areAllSame(numbers)
  const entries = numbers[0]?.length ?? 0
  const asked = wider === undefined ? [] : [Math.floor(wider.min / unit), Math.ceil(wider.max / unit)]
  const all = [0, ...asked, ...numbers.flat().map((number) => number / unit)]
  const range = rangeFor(content, { min: Math.min(...all), max: Math.max(...all) }, unit)
  return { id, content, entries, isPerSet, cells: isPerSet ? entries * sets.length : entries, range, unit }
}

function areAllSame([first, ...others]: readonly (readonly number[])[]): boolean {
  return others.every((numbers) => numbers.every((number, index) => number === first?.[index]))
}

/**
 * The range for which a kernel is compiled: to the next power of two on either side of the numbers, so that a value can move without a new
 * kernel.
 */
function rangeFor(content: TableContent, held: Range, unit: number): Range {
  switch (content.is) {
    case 'fixed':
      return held
    case 'listed':
      return { min: 0, max: 1 }
    case 'keyed':
    case 'entry':
      return within(content.unit, held, unit)
    case 'single':
      if (isQuantity(content.unit)) return within(content.unit, held, unit)
      if (content.unit.kind === 'date') return DATE_RANGE
      return { min: 0, max: content.unit.kind === 'choice' ? content.unit.options.length - 1 : 1 }
  }
}

/** Steps in which rates are set, largest first: whole percents, tenths of them, hundredths, thousandths. */
const RATE_STEPS = [10_000, 1_000, 100, 10]

/** The largest step of which all rates of a table are multiples, also those that are asked for. */
export function stepOfTable(
  { content }: ValueTable,
  sets: readonly ResolvedValues[],
  wider: Envelope | undefined,
): number {
  const asked = wider === undefined ? [] : [wider.step ?? 1]
  const numbers = [...numbersOf(content, sets).flat(), ...asked]
  return RATE_STEPS.find((step) => numbers.every((number) => number % step === 0)) ?? 1
}

function within(bounds: Range, held: Range, unit: number): Range {
  const min = held.min < 0 ? -powerAbove(-held.min) : 0
  const max = powerAbove(held.max)
  return { min: Math.max(Math.ceil(bounds.min / unit), min), max: Math.min(Math.floor(bounds.max / unit), max) }
}

/** The largest number of as many bits. */
function powerAbove(value: number): number {
  return 2 ** Math.ceil(Math.log2(value + 1)) - 1
}

/** How the numbers of a table stand in memory. */
export interface TablePlace {
  readonly table: ValueTable
  /** From the start of the frame; one number after the other. */
  readonly offset: number
  readonly stored: 'i32' | 'f64'
  /**
   * The same numbers once more for sixteen look-ups at a time: the lowest byte of each, padded to whole vectors, then the next byte of each.
   * Only of small tables of small numbers.
   */
  readonly planes?: { readonly offset: number; readonly count: number; readonly vectors: number }
}

const VECTOR_BYTES = 16

/** Places tables one after the other from `start`; `end` is just after the last one. */
export function placeTables(
  tables: readonly ValueTable[],
  start: number,
): { readonly places: readonly TablePlace[]; readonly end: number } {
  let offset = start
  const take = (bytes: number) => {
    const at = offset
    offset += Math.ceil(bytes / VECTOR_BYTES) * VECTOR_BYTES
    return at
  }
  const places = tables.map((table): TablePlace => {
    const { cells } = table
    const stored = isInt32(table.range) ? 'i32' : 'f64'
    const place = { table, offset: take(cells * 8), stored } as const
    if (!isLookedUpTogether(table)) return place
    const vectors = Math.ceil(cells / VECTOR_BYTES)
    const count = planesFor(table.range)
    return { ...place, planes: { offset: take(count * vectors * VECTOR_BYTES), count, vectors } }
  })
  return { places, end: offset }
}

/** Bytes in which numbers of a range differ. */
function planesFor({ min, max }: Range): number {
  if (min < 0) return min >= -0x80 && max < 0x80 ? 1 : min >= -0x8000 && max < 0x8000 ? 2 : 4
  return max <= 0xff ? 1 : max <= 0xffff ? 2 : max <= 0xff_ffff ? 3 : 4
}

/** True when every number of a range fits a signed integer of 32 bits. */
export function isInt32({ min, max }: Range): boolean {
  return min >= -0x8000_0000 && max <= 0x7fff_ffff
}

/** The numbers as they stand in memory; undefined when they are not those for which the table was made. */
function findCells(
  { content, range, unit, entries, isPerSet }: ValueTable,
  sets: readonly ResolvedValues[],
): number[] | undefined {
  const numbers = numbersOf(content, sets)
  if (!isPerSet && !areAllSame(numbers)) return undefined
  const cells = (isPerSet ? numbers.flat() : numbers.flat().slice(0, entries)).map((number) => number / unit)
  return cells.every((cell) => Number.isInteger(cell) && cell >= range.min && cell <= range.max) ? cells : undefined
}

/** True when all values stay within what the tables were placed for. */
export function tablesFit(places: readonly TablePlace[], sets: readonly ResolvedValues[]): boolean {
  return places.every(({ table }) => findCells(table, sets)?.length === table.cells)
}

/**
 * Writes the numbers of each table into the frame that begins at `frame`.
 * @throws RangeError when they do not fit
 */
export function writeTables(
  memory: DataView,
  frame: number,
  places: readonly TablePlace[],
  sets: readonly ResolvedValues[],
): void {
  for (const { table, offset, stored, planes } of places) {
    const cells = findCells(table, sets)
    if (cells === undefined) throw new RangeError('values do not fit the tables that were made for others')
    cells.forEach((number, cell) => {
      if (stored === 'f64') memory.setFloat64(frame + offset + cell * 8, number, true)
      else memory.setInt32(frame + offset + cell * 4, number, true)
      for (let plane = 0; plane < (planes?.count ?? 0); plane++) {
        const start = frame + (planes?.offset ?? 0) + plane * (planes?.vectors ?? 0) * VECTOR_BYTES
        memory.setUint8(start + cell, (number >> (8 * plane)) & 0xff)
      }
    })
  }
}
