import { join } from 'node:path'
import { z } from 'zod'
import { medianOf, type PopulationJob, type PopulationRun, populationRun } from './measure.ts'
import { findC, runC, runPlainSum } from './peers/c/c.ts'
import { findNumpy, NUMPY_PART_ROWS, runNumpy } from './peers/numpy/numpy.ts'
import { bytesPerRow, populationOf, writePopulation } from './population.ts'
import { getRule, type RuleId } from './rules.ts'
import { runTask } from './tasks.ts'

/** How much is measured. */
export interface Scale {
  readonly rows: number
  readonly edgeRows: number
  /** Fewer for DuckDB, which takes longest. */
  readonly duckdbRows: number
  readonly listRows: number
  readonly runs: number
  readonly threads: number
  /** Where populations are written for other programs. */
  readonly folder: string
}

/** What one engine took for a row, in nanoseconds, with one thread and with all; undefined where it was not measured. */
export interface PopulationLine {
  readonly engine: PopulationEngine
  readonly one?: number
  readonly all?: number
}

/** The engines, as the tables call them. */
export type PopulationEngine = (typeof populationEngines)[number]
export const populationEngines = [
  'memory limit: C adds up the same columns',
  'C, the same formula',
  'ours, WebAssembly, totals',
  'ours, WebAssembly, every outcome stored',
  'ours, JavaScript, totals',
  'numpy, whole columns',
  'numpy, 65,536 rows at a time',
  'DuckDB, query by hand',
  'DuckDB, query by the library',
] as const

/** All engines on one rule. */
export interface PopulationTable {
  readonly rule: RuleId
  readonly title: string
  readonly rows: number
  readonly duckdbRows: number
  readonly bytesPerRow: number
  readonly lines: readonly PopulationLine[]
}

/** Rules whose people have no lists: every engine can say them. */
export const flatRules = ['stability-refund', 'skill-subsidy-flat', 'contributions'] as const

/** Every engine on every rule; throws when two of them give other totals. */
export async function measurePopulations(scale: Scale): Promise<PopulationTable[]> {
  const tables: PopulationTable[] = []
  for (const rule of flatRules) {
    const people = written(rule, scale.rows, scale)
    const fewer = written(rule, scale.duckdbRows, scale)
    const measured = [...ownEngines(people), ...programs(people), yardstick(fewer), ...duckdb(fewer)]
    tables.push({
      ...people,
      ...{ title: getRule(rule).title, rule, duckdbRows: fewer.rows, lines: await linesOf(measured) },
    })
  }
  const people = written('skill-subsidy', scale.listRows, scale)
  const measured = [...ownEngines(people), ...duckdb(people)]
  tables.push({
    ...people,
    ...{ title: getRule('skill-subsidy').title, rule: 'skill-subsidy', duckdbRows: people.rows },
    lines: await linesOf(measured),
  })
  return tables
}

/** A population that was written for all engines. */
interface People extends Pick<PopulationTable, 'rows' | 'bytesPerRow'> {
  readonly job: PopulationJob
}

function written(rule: RuleId, rows: number, { folder, runs, threads }: Scale): People {
  const measured = getRule(rule)
  const table = populationOf(measured, rows)
  const place = join(folder, `${rule}-${rows}`)
  writePopulation(place, table)
  return { rows, bytesPerRow: bytesPerRow(measured, table), job: { rule, folder: place, rows, threads, runs } }
}

/** One engine on one population: what it gives with each number of threads, from one up. */
interface Measurement {
  readonly engine: PopulationEngine
  readonly rows: number
  /** False for what only reads the columns. */
  readonly answers: boolean
  /** False for what others are only held against. */
  readonly isTimed: boolean
  run(): Promise<readonly PopulationRun[]>
}

function ownEngines({ job, rows }: People): Measurement[] {
  const own = (engine: PopulationEngine, kernel: 'wasm' | 'javascript', stored: boolean): Measurement => ({
    engine,
    rows,
    ...{ answers: true, isTimed: true },
    run: () =>
      withThreads(job, (each) =>
        runTask({ is: 'population', engine: kernel, job: { ...each, stored } }, populationRun),
      ),
  })
  return [
    own('ours, WebAssembly, totals', 'wasm', false),
    own('ours, WebAssembly, every outcome stored', 'wasm', true),
    own('ours, JavaScript, totals', 'javascript', false),
  ]
}

/** The library's totals for these people, against which those of an engine that gets fewer are held. */
function yardstick({ job, rows }: People): Measurement {
  return {
    engine: 'ours, WebAssembly, totals',
    rows,
    ...{ answers: true, isTimed: false },
    run: async () => [await runTask({ is: 'population', engine: 'wasm', job: { ...job, runs: 1 } }, populationRun)],
  }
}

/** C and numpy, where they are. */
function programs({ job, rows }: People): Measurement[] {
  const c =
    findC() === undefined
      ? []
      : ([
          { engine: 'C, the same formula', answers: true, run: () => withThreads(job, runC) },
          {
            engine: 'memory limit: C adds up the same columns',
            answers: false,
            run: () => withThreads(job, runPlainSum),
          },
        ] as const)
  const numpy =
    findNumpy() === undefined
      ? []
      : ([
          { engine: 'numpy, whole columns', answers: true, run: async () => [runNumpy(job)] },
          { engine: 'numpy, 65,536 rows at a time', answers: true, run: async () => [runNumpy(job, NUMPY_PART_ROWS)] },
        ] as const)
  return [...c, ...numpy].map((each) => ({ ...each, rows, isTimed: true }))
}

function duckdb({ job, rows }: People): Measurement[] {
  return (['hand', 'generator'] as const).map((author) => ({
    engine: author === 'hand' ? 'DuckDB, query by hand' : 'DuckDB, query by the library',
    rows,
    ...{ answers: true, isTimed: true },
    run: () => runTask({ is: 'duckdb', author, job }, z.array(populationRun)),
  }))
}

async function withThreads(
  job: PopulationJob,
  run: (job: PopulationJob) => PopulationRun | Promise<PopulationRun>,
): Promise<PopulationRun[]> {
  const runs: PopulationRun[] = []
  for (let threads = 1; threads <= job.threads; threads++) runs.push(await run({ ...job, threads }))
  return runs
}

/** Measures one after the other. @throws Error when two engines give other totals for as many rows */
async function linesOf(measurements: readonly Measurement[]): Promise<PopulationLine[]> {
  const lines: PopulationLine[] = []
  const known = new Map<number, { readonly engine: string; readonly totals: string }>()
  for (const { engine, rows, answers, isTimed, run } of measurements) {
    const runs = await run()
    const [one, all] = runs.map(({ milliseconds }) => (medianOf(milliseconds) * 1e6) / rows)
    if (isTimed) lines.push({ engine, ...(one === undefined ? {} : { one }), ...(all === undefined ? {} : { all }) })
    for (const totals of answers ? runs.map(totalsText) : []) {
      const first = known.get(rows) ?? { engine, totals }
      known.set(rows, first)
      if (totals !== first.totals) throw new Error(`${engine} gives ${totals}\n${first.engine} gives ${first.totals}`)
    }
  }
  return lines
}

/** Totals in a line that is the same for the same totals: outcomes that nobody came to may be left out. */
export function totalsText({ ends, sums }: PopulationRun): string {
  const told = (named: Readonly<Record<string, bigint>>) =>
    Object.entries(named)
      .filter(([, count]) => count > 0n)
      .map(([name, count]) => `${name} ${count}`)
      .sort()
  return [...told(ends), ...told(sums)].join(', ')
}
