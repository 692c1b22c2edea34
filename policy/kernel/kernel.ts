import type { PolicyBody } from '../ir.ts'
import type { ResolvedValues } from '../values.ts'

/** What a kernel is compiled for: one body, and the sets of values by which its rows are decided, for example one per region. */
export interface KernelPlan {
  readonly body: PolicyBody
  /** At least one and at most 256, each checked against the body; the column `@set` picks one by its place. */
  readonly sets: readonly ResolvedValues[]
}

/** As many sets of values as the column `@set` can name. */
const SETS_MAX = 256

/** @throws RangeError when a plan has no set of values, or more than 256 */
export function requireSets({ sets }: KernelPlan): void {
  if (sets.length < 1 || sets.length > SETS_MAX) throw new RangeError(`a plan has 1 to ${SETS_MAX} sets of values`)
}

/** What came out of the rows that a kernel has run. */
export interface Totals {
  readonly rows: number
  /** Rows by their outcome, in the order of `endsOf`. */
  readonly ends: readonly number[]
  /** The exact sum of each result that is a quantity, over the rows whose outcome carries it. */
  readonly sums: Readonly<Record<string, bigint>>
}

/** A kernel bound to columns: it runs ranges of rows, in any order, each row once. */
export interface BoundKernel {
  readonly engine: 'wasm' | 'javascript'
  /** Runs the rows from `from` to just before `to`; stores each outcome where an output table was bound. */
  run(from: number, to: number): void
  /** The totals of everything run since the last call, which begins anew. */
  takeTotals(): Totals
}
