import type { AnswersReport } from './answers.ts'
import type { CaseLine } from './decisions.ts'
import type { NationLine } from './growth.ts'
import { medianOf } from './measure.ts'
import type { PopulationEngine, PopulationLine, PopulationTable } from './populations.ts'
import type { RuleId } from './rules.ts'
import type { ManyPoliciesReport } from './tasks.ts'

/** What is aimed at, beside what was measured; `reached` is absent where it was not measured in this run. */
export interface Target {
  readonly work: string
  readonly target: string
  readonly measured: string
  readonly reached?: boolean
}

/** What the targets are held against. */
export interface Measured {
  readonly answers: readonly AnswersReport[]
  readonly populations: readonly PopulationTable[]
  readonly cases: readonly CaseLine[]
  readonly manyPolicies: ManyPoliciesReport
  readonly nations: readonly NationLine[]
}

/** Every target with the worst of what was measured for it. */
export function targetsOf({ answers, populations, cases, manyPolicies, nations }: Measured): Target[] {
  const flat = populations.filter(({ rule }) => rule !== 'skill-subsidy')
  const lists = populations.filter(({ rule }) => rule === 'skill-subsidy')
  const short = flat.filter(({ rule }) => rule !== 'contributions')
  const zenTogether = 'GoRules ZEN with trace, 500 under way'
  const zenAwaited = 'GoRules ZEN with trace, awaited'
  const slots = 'flat trace in slots'
  return [
    atLeast(
      'population against DuckDB, equal threads',
      15,
      flat.flatMap((table) => ratios(table, duckdb, [own])),
    ),
    atLeast(
      'population with lists against DuckDB',
      5,
      lists.flatMap((table) => ratios(table, duckdb, [own])),
    ),
    atLeast(
      'population against numpy, one thread',
      8,
      flat.flatMap((table) => ratios(table, numpy, [own]).slice(0, 1)),
    ),
    atMost(
      'population against C of the same formula',
      1.7,
      flat.flatMap((table) => ratios(table, [own], ['C, the same formula'])),
    ),
    atMost(
      'P1 and P2 against the memory limit',
      1.5,
      short.flatMap((table) => ratios(table, [own], [limit])),
    ),
    atLeast('decision with full trace against ZEN with trace, throughput', 300, caseRatios(cases, zenTogether, slots)),
    atLeast('decision with full trace against ZEN with trace, latency', 1_000, caseRatios(cases, zenAwaited, slots)),
    within('decision with full trace, P1', 200, 'ns', caseTime(cases, slots, 'stability-refund')),
    within('decision with full trace, P2', 200, 'ns', caseTime(cases, slots, 'skill-subsidy-flat')),
    within('decision with full trace, P3', 500, 'ns', caseTime(cases, slots, 'contributions')),
    within('one person x 1,000 policies, traced and written down', 2, 'ms', manyPolicies.tracedAsJson),
    within('302 million x P3, every outcome stored', 2_000, 'ms', nationTime(nations)),
    within('10 million x P3, every outcome stored', 50, 'ms', tenMillion(populations)),
    differing(answers),
  ]
}

const own: PopulationEngine = 'ours, WebAssembly, totals'
const limit: PopulationEngine = 'memory limit: C adds up the same columns'
const duckdb: readonly PopulationEngine[] = ['DuckDB, query by hand', 'DuckDB, query by the library']
const numpy: readonly PopulationEngine[] = ['numpy, whole columns', 'numpy, 65,536 rows at a time']

/** How many times the fastest of some engines takes what the fastest of others does, with one thread and with all; none where one is missing. */
export function ratios(
  { lines }: PopulationTable,
  engines: readonly PopulationEngine[],
  others: readonly PopulationEngine[],
): number[] {
  const fastest = (names: readonly PopulationEngine[], timeOf: (line: PopulationLine) => number | undefined) =>
    Math.min(
      ...lines.filter(({ engine }) => names.includes(engine)).map((line) => timeOf(line) ?? Number.POSITIVE_INFINITY),
    )
  return [({ one }: PopulationLine) => one, ({ all }: PopulationLine) => all]
    .map((timeOf) => fastest(engines, timeOf) / fastest(others, timeOf))
    .filter((ratio) => Number.isFinite(ratio) && ratio > 0)
}

/** How many times one way takes what another does, rule by rule. */
export function caseRatios(cases: readonly CaseLine[], label: string, other: string): number[] {
  const nanoseconds = cases.find((line) => line.label === label)?.nanoseconds ?? new Map<RuleId, number>()
  return [...nanoseconds].flatMap(([rule, time]) => {
    const otherTime = caseTime(cases, other, rule)
    return otherTime === undefined ? [] : [time / otherTime]
  })
}

function caseTime(cases: readonly CaseLine[], label: string, rule: RuleId): number | undefined {
  return cases.find((line) => line.label === label)?.nanoseconds.get(rule)
}

function nationTime(nations: readonly NationLine[]): number | undefined {
  const nation = nations.find(({ task }) => task.rule === 'contributions')
  return nation && medianOf(nation.milliseconds)
}

function tenMillion(populations: readonly PopulationTable[]): number | undefined {
  const table = populations.find(({ rule }) => rule === 'contributions')
  const time = table?.lines.find(({ engine }) => engine === 'ours, WebAssembly, every outcome stored')?.all
  return time === undefined ? undefined : time * 10
}

function atLeast(work: string, least: number, measured: readonly number[]): Target {
  return {
    work,
    target: `at least ${figure(least)} times as fast`,
    ...heldAgainst(Math.min(...measured), (worst) => worst >= least),
  }
}

function atMost(work: string, most: number, measured: readonly number[]): Target {
  return {
    work,
    target: `at most ${figure(most)} times as slow`,
    ...heldAgainst(Math.max(...measured), (worst) => worst <= most),
  }
}

function heldAgainst(worst: number, isReached: (worst: number) => boolean): Pick<Target, 'measured' | 'reached'> {
  if (!Number.isFinite(worst)) return notMeasured
  return { measured: `${figure(worst)} times at worst`, reached: isReached(worst) }
}

function within(work: string, most: number, unit: string, measured: number | undefined): Target {
  const target = `at most ${figure(most)} ${unit}`
  if (measured === undefined) return { work, target, ...notMeasured }
  return { work, target, measured: `${figure(measured)} ${unit}`, reached: measured <= most }
}

const notMeasured = { measured: 'not measured in this run' }

function differing(answers: readonly AnswersReport[]): Target {
  const differences = answers.reduce((sum, each) => sum + each.differences.length, 0)
  const rows = answers.reduce((sum, each) => sum + each.rows + each.edgeRows, 0)
  return {
    work: `answers that differ, of ${rows.toLocaleString('en')} rows and every engine that stores them`,
    target: '0',
    measured: String(differences),
    reached: differences === 0,
  }
}

/** Three digits that count, and commas. */
export function figure(number: number): string {
  return number >= 1_000 ? Number(number.toPrecision(3)).toLocaleString('en') : String(Number(number.toPrecision(3)))
}
