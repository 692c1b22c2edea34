/**
 * The frame of a kernel: the piece of memory that one thread keeps for it. It holds the addresses of columns, the values of law, the totals so
 * far and scratch for selections, each at an offset that is known when the kernel is compiled.
 */
import type { Column } from '../columns.ts'
import { isSummed, type Program } from './lower.ts'
import type { Passes } from './passes.ts'
import type { PlaceArray, TermOf } from './terms.ts'
import { placeTables, type TablePlace } from './value-tables.ts'

const ADDRESS_BYTES = 4
/** Of a total, and of the key by which an item is sorted. */
const WIDE_BYTES = 8

/** Where everything of a kernel stands in its frame. */
export interface Frame {
  /** Columns that are read and, in a kernel that stores, written; the address of each stands at four times its place here. */
  readonly columns: readonly Column[]
  readonly tables: readonly TablePlace[]
  /** Rows by outcome, all but the last, then the sum of each result that has one: 64 bits each. */
  readonly totals: { readonly offset: number; readonly ends: number; readonly sums: readonly string[] }
  readonly bytes: number
}

/** Scratch for selections, which only the code itself looks up. */
export interface Scratch {
  readonly places: ReadonlyMap<PlaceArray, number>
  readonly keys: ReadonlyMap<PlaceArray, number>
  readonly marks: ReadonlyMap<TermOf<'mark'>, number>
  /** How many rows have been run: the mark of what is selected in the row, so that no mark needs to be wiped. */
  readonly stamp: number
}

/** Lays out the frame for a program. */
export function layFrame(
  program: Program,
  outputs: readonly Column[],
  passes: Pick<Passes, 'tables' | 'sorts' | 'marks'>,
): { readonly frame: Frame; readonly scratch: Scratch } {
  const columns = [...program.inputs, ...outputs]
  const { places: tables, end } = placeTables(passes.tables, aligned(columns.length * ADDRESS_BYTES))
  const sums = program.results.filter(isSummed).map(({ column }) => column.name.slice('results.'.length))
  const ends = Math.max(0, program.ends.length - 1)
  const totals = { offset: end, ends, sums }
  let next = aligned(end + (ends + sums.length) * WIDE_BYTES)
  const take = (bytes: number) => {
    const at = next
    next = aligned(next + bytes)
    return at
  }
  const places = new Map(program.arrays.map((array) => [array, take(array.length * ADDRESS_BYTES)]))
  const keys = new Map(passes.sorts.map(({ array }) => [array, take((array.length + 1) * WIDE_BYTES)]))
  const marks = new Map(passes.marks.map((mark) => [mark, take(mark.source.listMax * WIDE_BYTES)]))
  const stamp = take(WIDE_BYTES)
  return { frame: { columns, tables, totals, bytes: next }, scratch: { places, keys, marks, stamp } }
}

/**
 * Where in the frame the address of a column stands.
 * @throws TypeError for a column that the kernel does not have
 */
export function addressOffset({ columns }: Frame, name: string): number {
  const place = columns.findIndex((column) => column.name === name)
  if (place < 0) throw new TypeError(`the kernel has no column ${name}`)
  return place * ADDRESS_BYTES
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16
}
