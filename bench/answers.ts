import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decide } from '../policy/door.ts'
import { SET_COLUMN, type Table } from '../policy/kernel/columns.ts'
import { factsOfRow } from '../policy/kernel/row-facts.ts'
import type { PopulationJob, PopulationRun } from './measure.ts'
import { runOurs } from './ours/population.ts'
import { findC, runC } from './peers/c/c.ts'
import { type Answer, answerOfVerdict } from './peers/cases.ts'
import { findNumpy, NUMPY_PART_ROWS, runNumpy } from './peers/numpy/numpy.ts'
import { edgesOf, populationOf, writePopulation } from './population.ts'
import { flatRules, type Scale } from './populations.ts'
import { decidedOn, getRule, type MeasuredRule, type RuleId } from './rules.ts'

/** Rows of a rule that were compared one by one. */
export interface AnswersReport {
  readonly rule: RuleId
  readonly rows: number
  readonly edgeRows: number
  readonly engines: readonly string[]
  /** Each row that some engine answers otherwise than ours, told in a line; at most a few of each engine. */
  readonly differences: readonly string[]
}

/** Rows, spread over the population, that `decide` answers too: the interpreter takes its time. */
const DECIDED_ROWS = 1_000
/** Differences that are told of one engine. */
const TOLD_MAX = 3

/** Compares, row by row, what every engine that decides populations stores: on the population of each rule, and on the edges of its figures. */
export async function compareAnswers({
  rows,
  edgeRows,
  folder,
  threads,
}: Pick<Scale, 'rows' | 'edgeRows' | 'folder' | 'threads'>): Promise<AnswersReport[]> {
  const reports: AnswersReport[] = []
  for (const id of flatRules) {
    const rule = getRule(id)
    const usual = await compareTable(rule, populationOf(rule, rows), join(folder, `${id}-answers`), threads)
    const edges = await compareTable(rule, edgesOf(rule, edgeRows), join(folder, `${id}-edges`), threads)
    const engines = usual.engines
    reports.push({ rule: id, rows, edgeRows, engines, differences: [...usual.differences, ...edges.differences] })
  }
  return reports
}

/** What an engine has stored: the name of each row's outcome, and each result. */
interface StoredAnswers {
  readonly engine: string
  readonly names: readonly string[]
  readonly ends: Uint8Array
  readonly results: ReadonlyMap<string, Float64Array>
}

async function compareTable(rule: MeasuredRule, table: Table, folder: string, threads: number) {
  writePopulation(folder, table)
  const stored = await storedAnswers({ rule: rule.id, folder, rows: table.rows, threads, runs: 1, stored: true }, rule)
  const [own, ...others] = stored
  if (own === undefined) throw new RangeError('no engine has answered')
  const differences = [
    ...differencesFromDecide(rule, table, own),
    ...others.flatMap((other) => differencesBetween(own, other)),
  ]
  return { engines: ['decide', ...stored.map(({ engine }) => engine)], differences }
}

async function storedAnswers(job: PopulationJob, { body }: MeasuredRule): Promise<StoredAnswers[]> {
  const engines = new Map<string, (kept: PopulationJob) => PopulationRun | Promise<PopulationRun>>([
    ['WebAssembly', (kept) => runOurs(kept, 'wasm')],
    ['JavaScript', (kept) => runOurs(kept, 'javascript')],
  ])
  if (findC() !== undefined) engines.set('C', runC)
  if (findNumpy() !== undefined) engines.set('numpy', (kept) => runNumpy(kept, NUMPY_PART_ROWS))
  const answers: StoredAnswers[] = []
  for (const [engine, run] of engines) {
    const keepIn = join(job.folder, engine)
    mkdirSync(keepIn, { recursive: true })
    const { ends } = await run({ ...job, keepIn })
    const results = Object.keys(body.results).map((name): [string, Float64Array] => {
      const { buffer, byteOffset } = readFileSync(join(keepIn, `${name}.bin`))
      return [name, new Float64Array(buffer, byteOffset, job.rows)]
    })
    answers.push({
      engine,
      names: Object.keys(ends),
      ends: readFileSync(join(keepIn, 'ends.bin')),
      results: new Map(results),
    })
  }
  return answers
}

function answerAt({ names, ends, results }: StoredAnswers, row: number): Answer {
  const name = names[ends[row] ?? 0] ?? ''
  if (name !== 'granted') return { reason: name, results: {} }
  return {
    reason: null,
    results: Object.fromEntries([...results].map(([result, fen]) => [result, fen[row] ?? Number.NaN])),
  }
}

function differencesBetween(own: StoredAnswers, other: StoredAnswers): string[] {
  const places = other.names.map((name) => own.names.indexOf(name))
  const granted = own.names.indexOf('granted')
  const pairs = [...own.results].map(([name, fen]) => [fen, other.results.get(name)] as const)
  const differences: string[] = []
  for (let row = 0; row < own.ends.length && differences.length < TOLD_MAX; row++) {
    const end = own.ends[row]
    const isSame = places[other.ends[row] ?? 0] === end
    if (isSame && (end !== granted || pairs.every(([ours, theirs]) => ours[row] === theirs?.[row]))) continue
    differences.push(told(row, other.engine, answerAt(other, row), answerAt(own, row)))
  }
  return differences
}

function differencesFromDecide(rule: MeasuredRule, table: Table, own: StoredAnswers): string[] {
  const step = Math.max(1, Math.floor(table.rows / DECIDED_ROWS))
  const differences: string[] = []
  for (let row = 0; row < table.rows && differences.length < TOLD_MAX; row += step) {
    const set = table.columns[SET_COLUMN.name]?.[row] ?? 0
    const decided = answerOfVerdict(decide(rule.ir, factsOfRow(rule.body, table, row), rule.sets[set] ?? {}, decidedOn))
    const stored = answerAt(own, row)
    if (JSON.stringify(decided) !== JSON.stringify(stored)) differences.push(told(row, 'decide', decided, stored))
  }
  return differences
}

function told(row: number, engine: string, answer: Answer, own: Answer): string {
  return `row ${row}: ${engine} answers ${JSON.stringify(answer)}, WebAssembly ${JSON.stringify(own)}`
}
