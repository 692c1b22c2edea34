import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PlacedTable, placeTable } from '../../policy/batch/shard.ts'
import {
  type BatchOutput,
  batch,
  closeBatchThreads,
  fromTables,
  type PolicyBody,
  planOf,
  toTable,
} from '../../policy/door.ts'
import type { Table } from '../../policy/kernel/columns.ts'
import { endsOf } from '../../policy/kernel/columns.ts'
import type { KernelPlan } from '../../policy/kernel/kernel.ts'
import { type PopulationJob, type PopulationRun, timesOf } from '../measure.ts'
import { readPopulation } from '../population.ts'
import { decidedOn, getRule } from '../rules.ts'

/** The library as a caller uses it: `batch` over a table in memory, totals alone or every outcome stored. */
export async function runOurs(job: PopulationJob, engine: 'wasm' | 'javascript'): Promise<PopulationRun> {
  const rule = getRule(job.rule)
  const plan = planOf(rule.ir, rule.sets, decidedOn)
  const population = readPopulation(rule, job.folder, job.rows)
  const table = placed(plan, population, job)
  const run = (output?: BatchOutput) =>
    batch({
      plan,
      input: fromTables([table], { isChecked: true }),
      threads: job.threads,
      engine,
      ...(output === undefined ? {} : { output }),
    })
  const milliseconds = await timesOf(job.runs, () => run(job.stored ? leftInMemory : undefined))
  const collected = job.keepIn === undefined ? undefined : toTable()
  const { totals, engine: used } = await run(collected)
  if (used !== engine) throw new Error(`the population was run by ${used} instead of ${engine}`)
  if (job.keepIn !== undefined && collected !== undefined) keep(job.keepIn, plan.body, collected.table())
  await closeBatchThreads()
  const names = endNames(plan.body)
  const ends = Object.fromEntries(names.map((name) => [name, 0n]))
  for (const [place, end] of endsOf(plan.body).entries()) {
    const name = end.do === 'grant' ? 'granted' : end.reason
    ends[name] = (ends[name] ?? 0n) + BigInt(totals.ends[place] ?? 0)
  }
  return { milliseconds, ends, sums: totals.sums }
}

/** Outcomes as all engines tell them: `granted`, by whatever clause, or the reason. */
function endNames(body: PolicyBody): string[] {
  return [...new Set(endsOf(body).map((end) => (end.do === 'grant' ? 'granted' : end.reason)))]
}

function keep(folder: string, body: PolicyBody, { rows, columns }: Table): void {
  const names = endNames(body)
  const places = endsOf(body).map((end) => names.indexOf(end.do === 'grant' ? 'granted' : end.reason))
  const ends = Uint8Array.from({ length: rows }, (_, row) => places[columns['@end']?.[row] ?? 0] ?? 0)
  writeFileSync(join(folder, 'ends.bin'), ends)
  for (const name of Object.keys(body.results)) {
    writeFileSync(join(folder, `${name}.bin`), Float64Array.from(columns[`results.${name}`] ?? []))
  }
}

/** Outcomes stay where the kernel has stored them. */
export const leftInMemory: BatchOutput = { write: () => {}, finish: () => {}, abort: () => {} }

/** The population in memory that all threads and kernels share. */
function placed(plan: KernelPlan, population: Table, { rows, threads, stored = false }: PopulationJob): PlacedTable {
  const { columns } = population
  const lists = Object.keys(columns).filter((name) => name.endsWith('#'))
  const items = Object.fromEntries(lists.map((name) => [name.slice(0, -1), columns[name]?.[rows] ?? 0]))
  const table = placeTable(plan, rows, { items, stored, threads })
  for (const [name, array] of Object.entries(columns)) table.columns[name]?.set(array)
  return table
}
