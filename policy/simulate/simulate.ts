import { outcomeTable, SET_COLUMN, type Table } from '../kernel/columns.ts'
import type { BoundKernel, KernelPlan } from '../kernel/kernel.ts'
import { type Comparison, compareVersions, type SimulatedVersion } from './comparison.ts'

/** Binds a plan to a population and to where its outcomes go: `compileJavaScript(plan).bind`, or a WebAssembly kernel in the page. */
export type BindKernel = (plan: KernelPlan, facts: Table, outcomes: Table) => BoundKernel

/** Two versions and the population they are tried on. Its columns are those of both bodies' facts; a row's `@set` picks the values in both. */
export interface Simulation {
  readonly before: KernelPlan
  readonly after: KernelPlan
  readonly population: Table
  readonly bind: BindKernel
  /** The result to compare; the total unless given, and null for the outcomes alone. */
  readonly amount?: string | null
  /** Called with the share of rows done, 0 to 1. */
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal
}

/** Rows between two looks at whether to go on. */
const ROWS_AT_A_TIME = 262_144

/**
 * Runs both versions over the population and compares them row by row; by set of values (region) where there is more than one. The event
 * loop runs between stretches of rows.
 * @throws what `signal` was aborted with; RangeError when the versions cannot be compared; TypeError when a column is missing
 */
export async function simulate(simulation: Simulation): Promise<Comparison> {
  const { population, onProgress, signal, amount } = simulation
  const sets = Math.max(simulation.before.sets.length, simulation.after.sets.length)
  const groupOf = sets > 1 ? population.columns[SET_COLUMN.name] : undefined
  const comparison = compareVersions({
    before: versionOf(simulation, simulation.before),
    after: versionOf(simulation, simulation.after),
    ...(groupOf === undefined ? {} : { groupOf, groups: sets }),
    ...(amount === undefined ? {} : { amount }),
  })
  for (let from = 0; from < population.rows; from += ROWS_AT_A_TIME) {
    signal?.throwIfAborted()
    const to = Math.min(from + ROWS_AT_A_TIME, population.rows)
    comparison.run(from, to)
    onProgress?.(to / population.rows)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return comparison.report()
}

function versionOf({ population, bind }: Simulation, plan: KernelPlan): SimulatedVersion {
  const outcomes = outcomeTable(plan.body, population)
  return { body: plan.body, kernel: bind(plan, population, outcomes), outcomes }
}
