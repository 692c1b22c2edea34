import { load, SET } from '/work/main/bench/peers/duckdb/load.ts'
import { populationOf } from '/work/main/bench/population.ts'
import { getRule } from '/work/main/bench/rules.ts'
import { DuckDBInstance } from '/work/main/node_modules/@duckdb/node-api/lib/index.js'
import { totalsSqlOf } from '/work/main/policy/door.ts'

const rows = Number(process.argv[3] ?? 1e6)
const rule = getRule(process.argv[2] as any)
const table = populationOf(rule, rows)
const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
const c = await instance.connect()
let t = performance.now()
await load(c, rule, table)
console.log('load', performance.now() - t)
console.log((await c.runAndReadAll('describe facts')).getRowsJson().map((r) => r.slice(0, 2).join(' ')))
console.log((await c.runAndReadAll('select * from cases limit 2')).getRowsJson())
const many = rule.sets.length > 1
const sql = totalsSqlOf(
  { body: rule.body, sets: Object.fromEntries(rule.sets.map((s, i) => [String(i), s])) },
  { dialect: 'duckdb', table: 'cases', ...(many ? { setColumn: SET } : {}) },
)
if (rows <= 1e5) console.log(sql)
for (let i = 0; i < 3; i++) {
  t = performance.now()
  const r = (await c.runAndReadAll(sql)).getRowObjectsJson()
  console.log(((performance.now() - t) * 1e6) / rows, i == 2 ? r : '')
}
