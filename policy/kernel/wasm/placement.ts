/** Where columns stand in the one memory that all threads share, and the frame of each thread. */
import type { PolicyBody } from '../../ir.ts'
import { COLUMN_BYTES, type Column, columnArray, inputColumns, outcomeColumns, type Table } from '../columns.ts'

const PAGE_BYTES = 65_536
/** What a WebAssembly memory with 32-bit addresses can hold. */
export const MEMORY_BYTES_MAX = 4 * 2 ** 30

/** Columns begin on a line of the cache. */
const LINE_BYTES = 64
/**
 * Beyond that each begins some lines further than the one before, seen from the page: columns that begin alike would push each other out of
 * the cache, since the cache files lines by the last bits of their addresses.
 */
const STAGGER_BYTES = 5 * LINE_BYTES
const STAGGER_PERIOD = 4_096

/** What is placed besides the columns of the facts. */
export interface PlacementOptions {
  /** True to place what comes out of each row too. */
  readonly stored: boolean
  /** How many sets of values there are: of several a column picks one. */
  readonly sets: number
  /** Bytes of each frame, and how many threads need one. */
  readonly frame: { readonly bytes: number; readonly threads: number }
}

/** A column and where it stands. */
export interface PlacedColumn {
  readonly column: Column
  readonly address: number
  /** Elements. */
  readonly length: number
}

/** Everything that stands in a memory. Plain data, so that it can be sent to a thread. */
export interface Placement {
  readonly rows: number
  readonly columns: Readonly<Record<string, PlacedColumn>>
  /** The frame of each thread. */
  readonly frames: readonly number[]
  /** Pages of 64 KiB that the memory must have. */
  readonly pages: number
}

/**
 * Places the columns of so many rows, and of so many items of each list.
 * @throws RangeError when they do not fit the 4 GiB of one memory: a larger population is run in pieces
 */
export function placeColumns(
  body: PolicyBody,
  rows: number,
  items: Readonly<Record<string, number>>,
  { stored, sets, frame }: PlacementOptions,
): Placement {
  let next = 0
  const frames = Array.from({ length: frame.threads }, () => {
    const address = next
    next += roundUp(frame.bytes, STAGGER_PERIOD)
    return address
  })
  const inputs = inputColumns(body, sets)
  const columns = [...inputs, ...(stored ? outcomeColumns(body) : [])].map((column, index): [string, PlacedColumn] => {
    const length = lengthOf(column, rows, items)
    const address = roundUp(next, STAGGER_PERIOD) + ((index * STAGGER_BYTES) % STAGGER_PERIOD)
    next = address + length * COLUMN_BYTES[column.kind]
    return [column.name, { column, address, length }]
  })
  if (next > MEMORY_BYTES_MAX) throw new RangeError(`${next} bytes of columns do not fit one memory of 4 GiB`)
  return { rows, columns: Object.fromEntries(columns), frames, pages: Math.max(1, Math.ceil(next / PAGE_BYTES)) }
}

/** Bytes that the frame of each thread has for itself. */
export function frameRoom({ frames, columns }: Placement): number {
  const [first = 0, ...others] = frames
  const starts = [...others, ...Object.values(columns).map(({ address }) => address)]
  return Math.min(...starts) - first
}

/** The columns as arrays over the memory, to be filled and read. */
export function tableOf(memory: WebAssembly.Memory, { rows, columns }: Placement): Table {
  const arrays = Object.entries(columns).map(([name, { column, address, length }]) => [
    name,
    columnArray(column.kind, length, memory.buffer, address),
  ])
  return { rows, columns: Object.fromEntries(arrays) }
}

function lengthOf({ code, list, per }: Column, rows: number, items: Readonly<Record<string, number>>): number {
  if (code.is === 'offsets') return rows + 1
  return per === 'row' ? rows : (items[list ?? ''] ?? 0)
}

function roundUp(bytes: number, to: number): number {
  return Math.ceil(bytes / to) * to
}
