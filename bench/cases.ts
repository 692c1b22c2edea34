import { decide } from '../policy/door.ts'
import { SET_COLUMN } from '../policy/kernel/columns.ts'
import { factsOfRow } from '../policy/kernel/row-facts.ts'
import { medianOf } from './measure.ts'
import { type Answer, answerOfVerdict, type Case, type CaseWay } from './peers/cases.ts'
import { populationOf } from './population.ts'
import { decidedOn, type MeasuredRule } from './rules.ts'

/** Cases in the order in which every engine gets them, with the answers of `decide`. */
export interface AnsweredCases {
  readonly cases: readonly Case[]
  readonly answers: readonly Answer[]
}

/** Made-up people one by one, and what the interpreter answers for each. */
export function answeredCases(rule: MeasuredRule, count: number): AnsweredCases {
  const table = populationOf(rule, count)
  const cases = Array.from({ length: count }, (_, row) => ({
    facts: factsOfRow(rule.body, table, row),
    set: table.columns[SET_COLUMN.name]?.[row] ?? 0,
  }))
  const answers = cases.map(({ facts, set }) =>
    answerOfVerdict(decide(rule.ir, facts, rule.sets[set] ?? {}, decidedOn)),
  )
  return { cases, answers }
}

/** Each case that one way answers otherwise, told in a line. */
export async function differencesOf(way: CaseWay, { answers }: AnsweredCases): Promise<string[]> {
  const differences: string[] = []
  for (const [place, expected] of answers.entries()) {
    const given = JSON.stringify(await way.answer(place))
    if (given !== JSON.stringify(expected))
      differences.push(`case ${place}: ${given} instead of ${JSON.stringify(expected)}`)
  }
  return differences
}

/** Nanoseconds of one decision: the median of `runs` stretches of about a tenth of a second each, after one that does not count. */
export async function nanosecondsOf(way: CaseWay, cases: number, runs: number): Promise<number> {
  const pass = passOf(way, cases)
  let decisions = 1_000
  for (;;) {
    const seconds = await secondsOf(() => pass(decisions))
    if (seconds > 0.03) {
      decisions = Math.max(1, Math.round((decisions * 0.1) / seconds))
      break
    }
    decisions *= 4
  }
  const samples: number[] = []
  for (let run = 0; run < runs; run++) samples.push(((await secondsOf(() => pass(decisions))) * 1e9) / decisions)
  return medianOf(samples)
}

async function secondsOf(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1_000
}

/** Decides so many cases, from the first again after the last. */
function passOf(way: CaseWay, cases: number): (decisions: number) => unknown {
  if (way.inFlight > 1) return (decisions) => passTogether(way, cases, decisions)
  return way.decide(0) instanceof Promise
    ? (decisions) => passAwaited(way, cases, decisions)
    : (decisions) => passAtOnce(way, cases, decisions)
}

/** Holds the last decision, so that none can be left out as unused. */
let last: unknown

function passAtOnce(way: CaseWay, cases: number, decisions: number): void {
  for (let place = 0; place < decisions; place++) last = way.decide(place % cases)
}

async function passAwaited(way: CaseWay, cases: number, decisions: number): Promise<void> {
  for (let place = 0; place < decisions; place++) last = await way.decide(place % cases)
}

async function passTogether(way: CaseWay, cases: number, decisions: number): Promise<void> {
  for (let place = 0; place < decisions; place += way.inFlight) {
    const count = Math.min(way.inFlight, decisions - place)
    last = await Promise.all(Array.from({ length: count }, (_, next) => way.decide((place + next) % cases)))
  }
}

/** What was decided last; undefined before anything was. */
export function lastDecided(): unknown {
  return last
}
