/**
 * One worker's share of a made-up population, in a WebAssembly memory of its own: decided once by the values that are law, and then by others,
 * as often as somebody moves a slider. WebAssembly alone, so that a page needs no `unsafe-eval`; no shared memory, so that it needs no isolation.
 */

import type { Facts } from '../facts.ts'
import type { PolicyBody } from '../ir.ts'
import { type ColumnArray, itemCounts, SET_COLUMN, type Table } from '../kernel/columns.ts'
import type { BoundKernel, KernelPlan } from '../kernel/kernel.ts'
import { factsOfRow } from '../kernel/row-facts.ts'
import { type BoundWasmKernel, bindWasm } from '../kernel/wasm/bind.ts'
import { compileWasm, fitsWasm, type WasmKernel } from '../kernel/wasm/compile.ts'
import { type Placement, placeColumns, tableOf } from '../kernel/wasm/placement.ts'
import { populate, type Spread } from '../population.ts'
import { type Comparison, compareVersions } from '../simulate/comparison.ts'
import type { ResolvedValues } from '../values.ts'

/** Whose share is made. Plain data, so that it can be sent to a worker. */
export interface ShareOptions {
  readonly body: PolicyBody
  /** The values that are law, one set for each region; rows are spread over them. */
  readonly sets: readonly ResolvedValues[]
  readonly seed: number
  /** The rows of the whole population that are this share's. */
  readonly firstRow: number
  readonly rows: number
  readonly spreads: Readonly<Record<string, Spread>>
  /** The result that is compared; null for the outcomes alone. */
  readonly amount: string | null
}

/** One made-up person: the facts, and which of the sets of values is theirs. */
export interface MadePerson {
  readonly facts: Facts
  readonly set: number
}

/** A share, ready to be priced. */
export interface PopulationShare {
  /**
   * Decides every row by other values and compares; `isWanted` is asked between stretches of rows, and where it says no the rest is left and
   * nothing is answered.
   */
  price(sets: readonly ResolvedValues[], isWanted: () => Promise<boolean>): Promise<Comparison | undefined>
  /** The person in a row of the share, counted from the first row of the whole. */
  personOf(row: number): MadePerson
}

/** Rows between two looks at whether the answer is still wanted: a few milliseconds of work. */
const ROWS_AT_A_TIME = 262_144

/**
 * Makes a share and decides it by the values that are law.
 * @throws RangeError when its columns do not fit one memory, or the memory cannot be had
 */
export async function makeShare(options: ShareOptions): Promise<PopulationShare> {
  const { body, sets, firstRow, rows, amount } = options
  const first = await compile({ body, sets })
  const { memory, placement, facts } = place(options, first)
  let bound = bindWasm(first.kernel, first.module, memory, placement)
  let compiled = first
  const outcomes = tableOf(memory, placement)
  bound.run(0, rows)
  bound.takeTotals()
  const before = { body, kernel: standing(), outcomes: copyOf(outcomes, amount) }
  const groupOf = sets.length > 1 ? facts.columns[SET_COLUMN.name] : undefined
  const load = async (values: readonly ResolvedValues[]): Promise<BoundWasmKernel> => {
    if (fitsWasm(compiled.kernel, values)) bound.loadValues(values)
    else {
      const larger = await compile({ body, sets: values })
      bound = bindWasm(larger.kernel, larger.module, memory, placement)
      compiled = larger
    }
    return bound
  }
  return {
    async price(values, isWanted) {
      const kernel = await load(values)
      const comparison = compareVersions({
        before,
        after: { body, kernel, outcomes },
        amount,
        ...(groupOf === undefined ? {} : { groupOf, groups: sets.length }),
      })
      for (let from = 0; from < rows; from += ROWS_AT_A_TIME) {
        if (from > 0 && !(await isWanted())) return undefined
        comparison.run(from, Math.min(from + ROWS_AT_A_TIME, rows))
      }
      return inWhole(comparison.report(), firstRow)
    },
    personOf: (row) => ({ facts: factsOfRow(body, facts, row - firstRow), set: groupOf?.[row - firstRow] ?? 0 }),
  }
}

interface Compiled {
  readonly kernel: WasmKernel
  readonly module: WebAssembly.Module
}

async function compile(plan: KernelPlan): Promise<Compiled> {
  const kernel = compileWasm(plan, { stored: true, shared: false })
  return { kernel, module: await WebAssembly.compile(kernel.bytes) }
}

/** A frame may grow when larger values need wider tables. */
const FRAME_BYTES_MIN = 1 << 20

function place(
  { body, sets, seed, firstRow, rows, spreads }: ShareOptions,
  { kernel }: Compiled,
): { memory: WebAssembly.Memory; placement: Placement; facts: Table } {
  const made = { rows, firstRow, seed, spreads, sets: sets.length }
  const frame = { bytes: Math.max(FRAME_BYTES_MIN, 2 * kernel.frame.bytes), threads: 1 }
  const options = { stored: true, sets: sets.length, frame }
  const hasLists = Object.values(body.facts).some(({ kind }) => kind === 'list')
  // How many items there are is known only once they are made; what cannot fit without them is not begun.
  placeColumns(body, rows, {}, options)
  const lists = hasLists ? populate(body, made) : undefined
  const placement = placeColumns(body, rows, lists === undefined ? {} : itemCounts(lists), options)
  const memory = new WebAssembly.Memory({ initial: placement.pages, maximum: placement.pages })
  const facts = tableOf(memory, placement)
  if (lists !== undefined) for (const [name, array] of Object.entries(lists.columns)) facts.columns[name]?.set(array)
  else populate(body, { ...made, allocate: ({ name }) => placed(facts, name) })
  return { memory, placement, facts }
}

function placed({ columns }: Table, name: string): ColumnArray {
  const array = columns[name]
  if (array === undefined) throw new TypeError(`the column ${name} was not placed`)
  return array
}

/** The outcomes that are compared with, kept: the next run writes over the memory's. */
function copyOf(outcomes: Table, amount: string | null): Table {
  const names = ['@end', ...(amount === null ? [] : [`results.${amount}`])]
  return {
    rows: outcomes.rows,
    columns: Object.fromEntries(names.map((name) => [name, placed(outcomes, name).slice()])),
  }
}

/** What has been decided and is not decided again. */
function standing(): BoundKernel {
  return { engine: 'wasm', run() {}, takeTotals: () => ({ rows: 0, ends: [], sums: {} }) }
}

/** Rows counted from the first of the whole population. */
function inWhole(comparison: Comparison, firstRow: number): Comparison {
  const { largestGain, largestLoss } = comparison
  return {
    ...comparison,
    ...(largestGain && { largestGain: { ...largestGain, row: largestGain.row + firstRow } }),
    ...(largestLoss && { largestLoss: { ...largestLoss, row: largestLoss.row + firstRow } }),
  }
}
