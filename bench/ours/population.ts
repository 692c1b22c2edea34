import { type PlacedTable, placeTable } from '../../policy/batch/shard.ts'
import { type BatchOutput, batch, closeBatchThreads, fromTables, planOf } from '../../policy/door.ts'
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
  const table = placed(plan, readPopulation(rule, job.folder, job.rows), job)
  const output = job.stored ? { output: leftInMemory } : {}
  const run = () =>
    batch({ plan, input: fromTables([table], { isChecked: true }), threads: job.threads, engine, ...output })
  const milliseconds = await timesOf(job.runs, run)
  const { totals } = await run()
  await closeBatchThreads()
  const ends: Record<string, bigint> = {}
  for (const [place, end] of endsOf(plan.body).entries()) {
    const name = end.do === 'grant' ? 'granted' : end.reason
    ends[name] = (ends[name] ?? 0n) + BigInt(totals.ends[place] ?? 0)
  }
  return { milliseconds, ends, sums: totals.sums, peakBytes: process.resourceUsage().maxRSS * 1_024 }
}

/** Outcomes stay where the kernel has stored them. */
const leftInMemory: BatchOutput = { write: () => {}, finish: () => {}, abort: () => {} }

/** The population in memory that all threads and kernels share. */
function placed(plan: KernelPlan, population: Table, { rows, threads, stored = false }: PopulationJob): PlacedTable {
  const { columns } = population
  const lists = Object.keys(columns).filter((name) => name.endsWith('#'))
  const items = Object.fromEntries(lists.map((name) => [name.slice(0, -1), columns[name]?.[rows] ?? 0]))
  const table = placeTable(plan, rows, { items, stored, threads })
  for (const [name, array] of Object.entries(columns)) table.columns[name]?.set(array)
  return table
}
