import { DuckDBInstance } from '@duckdb/node-api'
import { load } from './peers/duckdb/load.ts'
import { readPopulation } from './population.ts'
import { getRule } from './rules.ts'

const id = process.argv[2] as any
const rows = 2_000_000
const i = await DuckDBInstance.create(':memory:', { threads: '1' })
const c = await i.connect()
await load(c, getRule(id), readPopulation(getRule(id), `/tmp/bb/${id}-2m`, rows))
const qs = (await import('node:fs')).readFileSync(process.argv[3]!, 'utf8').split(';;')
for (const q of qs) {
  const ts: number[] = []
  for (let k = 0; k < 4; k++) {
    const t = performance.now()
    await c.run(q)
    ts.push(((performance.now() - t) * 1e6) / rows)
  }
  console.log(Math.min(...ts).toFixed(1), q.trim().slice(0, 90).replace(/\n/g, ' '))
  console.log(JSON.stringify((await c.runAndReadAll(q)).getRowsJson()))
}
