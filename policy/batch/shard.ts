import {
  COLUMN_BYTES,
  type Column,
  type ColumnArray,
  columnArray,
  outcomeColumns,
  type Table,
} from '../kernel/columns.ts'
import type { KernelPlan } from '../kernel/kernel.ts'
import { type Placement, placeColumns, tableOf } from '../kernel/wasm/placement.ts'
import { engineCode } from './engine.ts'

/** A stretch of a population in memory that threads share, and where its outcomes go. */
export interface Shard {
  /** Equal keys, equal arrays: a kernel that was bound to them can be used again. */
  readonly key: string
  /** Rows to run: the arrays may be longer. */
  readonly rows: number
  readonly facts: Table
  readonly outcomes?: Table
  /** Where all of it stands in one memory. */
  readonly placed?: PlacedTable
}

/** A table in a memory that WebAssembly kernels run on where it is, with room for outcomes where they are stored. */
export interface PlacedTable extends Table {
  readonly memory: WebAssembly.Memory
  readonly placement: Placement
  readonly outcomes?: Table
}

/**
 * Makes room for a population in one memory, up to 4 GiB: fill its columns (`populate` with `allocate`), then run it by `fromTables`. Threads
 * and WebAssembly kernels then read and write it where it is.
 * @throws RangeError when it does not fit
 */
export function placeTable(
  plan: KernelPlan,
  rows: number,
  options: { readonly items?: Readonly<Record<string, number>>; readonly stored?: boolean; readonly threads: number },
): PlacedTable {
  const { items = {}, stored = false, threads } = options
  const code = engineCode(plan, 'wasm', stored)
  const frameBytes = code.is === 'wasm' ? code.kernel.frame.bytes : 0
  const sets = plan.sets.length
  const placement = placeColumns(plan.body, rows, items, { stored, sets, frame: { bytes: frameBytes, threads } })
  const memory = new WebAssembly.Memory({ initial: placement.pages, maximum: placement.pages, shared: true })
  const { columns } = tableOf(memory, placement)
  const outcomeNames = new Set(stored ? outcomeColumns(plan.body).map(({ name }) => name) : [])
  const named = (isWanted: (name: string) => boolean): Table => {
    return { rows, columns: Object.fromEntries(Object.entries(columns).filter(([name]) => isWanted(name))) }
  }
  const outcomes = stored ? { outcomes: named((name) => outcomeNames.has(name)) } : {}
  return { ...named((name) => !outcomeNames.has(name)), memory, placement, ...outcomes }
}

/** True for a table that `placeTable` has made. */
export function isPlaced(table: Table): table is PlacedTable {
  return 'memory' in table && 'placement' in table
}

/** Memory for one shard after the other. */
export interface ShardMemory {
  /** Changes whenever an array had to be made anew. */
  readonly key: string
  /** An array of shared memory for a column, its first `length` elements; what was there before may still be. */
  allocate(column: Column, length: number): ColumnArray
  /** Whole arrays as a table, those of the columns named. */
  table(columns: readonly Column[], rows: number): Table
}

/** Memory that grows to what its largest shard needs; `name` is one of its own. */
export function createShardMemory(name: string): ShardMemory {
  const arrays = new Map<string, ColumnArray>()
  let growths = 0
  return {
    get key() {
      return `${name}.${growths}`
    },
    allocate({ name: column, kind }, length) {
      const known = arrays.get(column)
      if (known !== undefined && known.length >= length) return known.subarray(0, length)
      const capacity = known === undefined ? length : Math.max(length, 2 * known.length)
      const array = columnArray(kind, capacity, new SharedArrayBuffer(capacity * COLUMN_BYTES[kind]))
      arrays.set(column, array)
      growths++
      return array.subarray(0, length)
    },
    table(columns, rows) {
      const named = columns.flatMap((column) => {
        const array = arrays.get(column.name)
        return array === undefined ? [] : [[column.name, array] as const]
      })
      return { rows, columns: Object.fromEntries(named) }
    },
  }
}

/** True when every array lies in memory that threads can share. */
export function isShared({ columns }: Table): boolean {
  return Object.values(columns).every(({ buffer }) => buffer instanceof SharedArrayBuffer)
}
