import { COLUMN_BYTES, type Column, type ColumnArray, columnArray, type Table } from '../kernel/columns.ts'

/** A stretch of a population in memory that threads share, and where its outcomes go. */
export interface Shard {
  /** Equal keys, equal arrays: a kernel that was bound to them can be used again. */
  readonly key: string
  /** Rows to run: the arrays may be longer. */
  readonly rows: number
  readonly facts: Table
  readonly outcomes?: Table
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
