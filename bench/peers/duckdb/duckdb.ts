import { readFileSync } from 'node:fs'
import { type DuckDBConnection, DuckDBInstance, version } from '@duckdb/node-api'
import { z } from 'zod'
import { type ResolvedValues, totalsSqlOf } from '../../../policy/door.ts'
import { resultNames } from '../../../policy/sql/names.ts'
import { type PopulationJob, type PopulationRun, timesOf } from '../../measure.ts'
import { readPopulation } from '../../population.ts'
import { getRule, type MeasuredRule } from '../../rules.ts'
import { load, type QueryAuthor, SET } from './load.ts'

/** DuckDB's version. */
export function duckdbVersion(): string {
  return `DuckDB ${version()}`
}

/** Loads the population of a job once and runs the author's query for totals with each number of threads up to the job's. */
export async function runDuckdb(job: PopulationJob, author: QueryAuthor): Promise<PopulationRun[]> {
  const rule = getRule(job.rule)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await load(connection, rule, readPopulation(rule, job.folder, job.rows), author)
  const query = author === 'hand' ? queryByHand(rule) : generatedQuery(rule)
  const runs: PopulationRun[] = []
  for (let threads = 1; threads <= job.threads; threads++) {
    await connection.run(`SET threads TO ${threads}`)
    const milliseconds = await timesOf(job.runs, () => connection.run(query))
    runs.push({ milliseconds, ...(await totalsOf(connection, rule, query)) })
  }
  connection.closeSync()
  instance.closeSync()
  return runs
}

function generatedQuery({ body, sets }: MeasuredRule): string {
  const byRegion = Object.fromEntries(sets.map((set, place) => [String(place), set]))
  const setColumn = sets.length > 1 ? { setColumn: SET } : {}
  return totalsSqlOf({ body, sets: byRegion }, { dialect: 'duckdb', table: 'cases', ...setColumn })
}

/** The query in `<rule>.sql` with its figures put in: `{name}`, or `{table.key}`. What differs by region it takes from the table `law`. */
function queryByHand({ id, sets }: MeasuredRule): string {
  const text = readFileSync(new URL(`${id}.sql`, import.meta.url), 'utf8')
  const [set = {}] = sets
  return text.replace(/\{(\w+)(?:\.(\w+))?\}/g, (_, name: string, key?: string) => figureOf(set, name, key))
}

function figureOf(set: ResolvedValues, name: string, key: string | undefined): string {
  const value = set[name]?.value
  const figure = key === undefined ? value : new Map(Object.entries(value ?? {})).get(key)
  if (typeof figure !== 'number' && typeof figure !== 'string') throw new TypeError(`no figure ${name} ${key ?? ''}`)
  return String(figure)
}

const totalsRow = z.looseObject({
  ending: z.string().exactOptional(),
  outcome: z.string().exactOptional(),
  reason: z.string().nullable().exactOptional(),
  cases: z.coerce.bigint(),
})

/** A generated query names outcomes and results in its own way, one by hand as all peers do. */
async function totalsOf(
  connection: DuckDBConnection,
  { body }: MeasuredRule,
  query: string,
): Promise<Pick<PopulationRun, 'ends' | 'sums'>> {
  const names = resultNames(body.results)
  const ends: Record<string, bigint> = {}
  const sums: Record<string, bigint> = {}
  for (const raw of (await connection.runAndReadAll(query)).getRowObjectsJson()) {
    const row = totalsRow.parse(raw)
    const ending = row.ending ?? row.reason ?? 'granted'
    ends[ending] = (ends[ending] ?? 0n) + row.cases
    for (const result of Object.keys(body.results)) {
      const sum = row[result] ?? row[`sum_${names.get(result)}`]
      if (typeof sum === 'string') sums[result] = (sums[result] ?? 0n) + BigInt(sum)
    }
  }
  return { ends, sums }
}
