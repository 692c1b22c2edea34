import type { ResolvedValues } from '../../values.ts'
import { outcomeColumns } from '../columns.ts'
import { type KernelPlan, requireSets } from '../kernel.ts'
import { moduleBytes } from './emit.ts'
import { type Frame, layFrame } from './frame.ts'
import { isSummed, lowerBody, type Program } from './lower.ts'
import { passesOf } from './passes.ts'
import { scalarFunction } from './scalar.ts'
import { SUMMED_MAX, simdFunction } from './simd.ts'
import { type Envelope, tablesFit } from './value-tables.ts'

/** The functions of a module: all whole blocks of a range of rows, where there is vector code; and rows one after the other. */
export const BLOCKS_EXPORT = 'blocks'
export const ROWS_EXPORT = 'rows'

/** How a kernel is to be compiled. */
export interface WasmOptions {
  /** True to store the outcome of every row; else only totals are kept. */
  readonly stored: boolean
  /** False for a memory that is not shared between threads, as in a page that is not isolated. Shared unless said otherwise. */
  readonly shared?: boolean
  /** Values that will move further than to the next power of two. */
  readonly envelopes?: Readonly<Record<string, Envelope>>
}

/** A compiled kernel: the bytes of its module and what is needed to bind it. Plain data, so that it can be sent to a thread. */
export interface WasmKernel {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The values that it was compiled for; it runs with others as long as they `fit`. */
  readonly sets: readonly ResolvedValues[]
  readonly stored: boolean
  /** True when it runs sixteen rows side by side. */
  readonly isVector: boolean
  readonly frame: Frame
  /** Outcomes of the body. */
  readonly ends: number
}

/**
 * Compiles a plan to WebAssembly. Nothing of the values is in the code but how large they may become.
 * @throws RangeError when there is no set of values, or more than 256
 */
export function compileWasm(plan: KernelPlan, options: WasmOptions): WasmKernel {
  requireSets(plan)
  const { body, sets } = plan
  const { stored, shared = true, envelopes = {} } = options
  const program = lowerBody(plan, envelopes)
  const passes = passesOf(program, stored)
  const layout = layFrame(program, stored ? outcomeColumns(body) : [], passes)
  const isVector = passes.isFlat && isVectorSum(program)
  const functions = [scalarFunction(program, passes, layout, stored, ROWS_EXPORT)]
  if (isVector) functions.push(simdFunction(program, layout.frame, stored, BLOCKS_EXPORT))
  const bytes = moduleBytes(functions, shared)
  return { bytes, sets, stored, isVector, frame: layout.frame, ends: program.ends.length }
}

/** True when a kernel can be run with other values without being compiled again. */
export function fitsWasm({ frame }: WasmKernel, sets: readonly ResolvedValues[]): boolean {
  return tablesFit(frame.tables, sets)
}

function isVectorSum({ results }: Program): boolean {
  return results.filter(isSummed).every(({ value: { range } }) => Math.max(-range.min, range.max) <= SUMMED_MAX)
}
