import { type PlacedTable, placeTable } from '../../policy/batch/shard.ts'
import { batch, closeBatchThreads, fromTables, planOf } from '../../policy/door.ts'
import { COLUMN_BYTES, outcomeColumns } from '../../policy/kernel/columns.ts'
import { timesOf } from '../measure.ts'
import { columnsOf, fillPopulation } from '../population.ts'
import { decidedOn, getRule } from '../rules.ts'
import type { NationReport, Task } from '../tasks.ts'
import { leftInMemory } from './population.ts'

/** Bytes of one table: a WebAssembly memory holds 4 GiB. */
const TABLE_BYTES_MAX = 3 * 2 ** 30

/** A whole nation in memory, in as many tables as it takes, decided by one call of `batch`. */
export async function measureNation({
  rule: id,
  rows,
  threads,
  stored,
  runs,
}: Extract<Task, { is: 'nation' }>): Promise<NationReport> {
  const rule = getRule(id)
  const plan = planOf(rule.ir, rule.sets, decidedOn)
  const columns = stored ? [...columnsOf(rule), ...outcomeColumns(rule.body)] : columnsOf(rule)
  const bytesPerRow = columns.reduce((sum, { kind }) => sum + COLUMN_BYTES[kind], 0)
  const tables: PlacedTable[] = []
  const rowsPerTable = Math.floor(TABLE_BYTES_MAX / bytesPerRow)
  for (let from = 0; from < rows; from += rowsPerTable) {
    const table = placeTable(plan, Math.min(rowsPerTable, rows - from), { stored, threads })
    fillPopulation(rule, table, tables.length + 1)
    tables.push(table)
  }
  const output = stored ? { output: leftInMemory } : {}
  const milliseconds = await timesOf(runs, () =>
    batch({ plan, input: fromTables(tables, { isChecked: true }), threads, ...output }),
  )
  await closeBatchThreads()
  return { milliseconds, bytesPerRow, peakBytes: process.resourceUsage().maxRSS * 1_024 }
}
