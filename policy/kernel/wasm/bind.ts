import type { ResolvedValues } from '../../values.ts'
import type { BoundKernel, Totals } from '../kernel.ts'
import { BLOCKS_EXPORT, fitsWasm, ROWS_EXPORT, type WasmKernel } from './compile.ts'
import { frameRoom, type Placement } from './placement.ts'
import { CALL_ROWS_MAX } from './simd.ts'
import { writeTables } from './value-tables.ts'

/** A WebAssembly kernel bound to the columns of a memory. */
export interface BoundWasmKernel extends BoundKernel {
  readonly engine: 'wasm'
  /**
   * Decides by other values from now on.
   * @throws RangeError when they do not fit what the kernel was compiled for
   */
  loadValues(sets: readonly ResolvedValues[]): void
}

type Run = (frame: number, from: number, to: number) => number | undefined

/**
 * Binds a kernel to placed columns, for the thread that owns the frame of that place.
 * @throws TypeError when a column that the kernel needs was not placed, or the module is not the kernel's
 * @throws RangeError when there is no frame of that place, or the frames are too small for the kernel
 */
export function bindWasm(
  kernel: WasmKernel,
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  placement: Placement,
  thread = 0,
): BoundWasmKernel {
  const frame = placement.frames[thread]
  if (frame === undefined) throw new RangeError(`no frame was placed for thread ${thread}`)
  if (kernel.frame.bytes > frameRoom(placement)) throw new RangeError('the table was placed for another plan')
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  const runRows = functionOf(exports[ROWS_EXPORT])
  const runBlocks = kernel.isVector ? functionOf(exports[BLOCKS_EXPORT]) : undefined
  const view = new DataView(memory.buffer)
  writeAddresses(view, frame, kernel, placement)
  writeTables(view, frame, kernel.frame.tables, kernel.sets)
  let rows = 0
  takeTotals(view, frame, kernel, rows)
  return {
    engine: 'wasm',
    run(from, to) {
      // The engine replaces its first, slow code between calls, never within one; and sums are exact for as many rows as one call has.
      for (let start = from; start < to; start += CALL_ROWS_MAX) {
        const end = Math.min(start + CALL_ROWS_MAX, to)
        runRows(frame, runBlocks?.(frame, start, end) ?? start, end)
      }
      rows += to - from
    },
    takeTotals() {
      const totals = takeTotals(view, frame, kernel, rows)
      rows = 0
      return totals
    },
    loadValues(sets) {
      if (!fitsWasm(kernel, sets)) throw new RangeError('the kernel was compiled for smaller values')
      writeTables(view, frame, kernel.frame.tables, sets)
    },
  }
}

function functionOf(exported: unknown): Run {
  if (typeof exported !== 'function') throw new TypeError('the module is not that of the kernel')
  return (frame, from, to) => {
    const gives: unknown = exported(frame, from, to)
    return typeof gives === 'number' ? gives : undefined
  }
}

function writeAddresses(view: DataView, frame: number, kernel: WasmKernel, { columns }: Placement): void {
  kernel.frame.columns.forEach(({ name, kind }, index) => {
    const placed = columns[name]
    if (placed === undefined || placed.column.kind !== kind) throw new TypeError(`the column ${name} was not placed`)
    view.setUint32(frame + index * 4, placed.address, true)
  })
}

/** The totals in the frame, which begins anew. Rows of the last outcome are those of no other. */
function takeTotals(view: DataView, frame: number, { frame: layout, ends }: WasmKernel, rows: number): Totals {
  const { offset, ends: counted, sums } = layout.totals
  const take = (index: number) => {
    const address = frame + offset + index * 8
    const total = view.getBigInt64(address, true)
    view.setBigInt64(address, 0n, true)
    return total
  }
  const counts = Array.from({ length: counted }, (_, index) => Number(take(index)))
  const last = rows - counts.reduce((sum, count) => sum + count, 0)
  return {
    rows,
    ends: ends === 0 ? [] : [...counts, last],
    sums: Object.fromEntries(sums.map((name, index) => [name, take(counted + index)])),
  }
}
