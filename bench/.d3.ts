import { medianOf } from '/work/main/bench/measure.ts'
import { runDuckdb } from '/work/main/bench/peers/duckdb/duckdb.ts'
import { populationOf, writePopulation } from '/work/main/bench/population.ts'
import { getRule, type RuleId } from '/work/main/bench/rules.ts'

const rows = 2_000_000
for (const id of process.argv.slice(2) as RuleId[]) {
  const rule = getRule(id)
  const folder = `/tmp/bb/${id}-2m`
  writePopulation(folder, populationOf(rule, rows))
  for (const threads of [1, 2]) {
    const t = performance.now()
    const r = await runDuckdb(
      { rule: id, folder, rows, threads, runs: 3 },
      id === 'skill-subsidy' ? ['generator'] : ['hand', 'generator'],
    )
    console.log(id, threads, performance.now() - t)
    for (const [a, run] of r) console.log(a, (medianOf(run.milliseconds) * 1e6) / rows, run.ends, run.sums)
  }
}
