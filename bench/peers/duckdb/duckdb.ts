import { readFileSync } from 'node:fs'
import { type DuckDBConnection, DuckDBInstance, version } from '@duckdb/node-api'
import { z } from 'zod'
import { type ResolvedValues, totalsSqlOf } from '../../../policy/door.ts'
import { resultNames } from '../../../policy/sql/names.ts'
import { type PopulationJob, type PopulationRun, timesOf } from '../../measure.ts'
import { readPopulation } from '../../population.ts'
import { getRule, type MeasuredRule } from '../../rules.ts'
import { load, SET } from './load.ts'

/** Who wrote the query: the library's generator, or a person who wanted it fast. */
export type QueryAuthor = 'generator' | 'hand'

/** DuckDB's version. */
export function duckdbVersion(): string {
  return `DuckDB ${version()}`
}

/** Loads the population of a job and runs the query for totals, by each author, with the job's threads. */
export async function runDuckdb(
  job: PopulationJob,
  authors: readonly QueryAuthor[],
): Promise<Map<QueryAuthor, PopulationRun>> {
  const rule = getRule(job.rule)
  const instance = await DuckDBInstance.create(':memory:', { threads: String(job.threads) })
  const connection = await instance.connect()
  await load(connection, rule, readPopulation(rule, job.folder, job.rows))
  const runs = new Map<QueryAuthor, PopulationRun>()
  for (const author of authors) {
    const query = author === 'hand' ? queryByHand(rule) : generatedQuery(rule)
    const milliseconds = await timesOf(job.runs, () => connection.run(query))
    runs.set(author, { milliseconds, ...(await totalsOf(connection, rule, query)) })
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
