import { decide, findBody } from '../decide.ts'
import { type EndOutcome, outcomeOf } from '../decision.ts'
import { parseFacts } from '../facts.ts'
import { type PolicyBody, type PolicyIr, sourceOf } from '../ir.ts'
import { contentAt, isSettled, join, type Possible } from '../possible/possible.ts'
import { type ScalarUnit, unitCode } from '../units.ts'
import { checkValues, type ResolvedValues } from '../values.ts'
import { answersOf } from './answers.ts'
import { endsOf, explore, findSettledVerdict, type Paths, type SettledVerdict } from './paths.ts'
import { knownFact, type PossibleFacts, unknownFact } from './possible-lists.ts'
import { openScene } from './scene.ts'
import { type Waiting, waitingOf } from './waiting.ts'

/** What can be said with the facts known so far: the answer, or what to ask next. */
export type Asked = CertainAnswer | OpenQuestion

/** Every completion of the facts comes to this. */
export interface CertainAnswer {
  readonly is: 'certain'
  readonly verdict: SettledVerdict
  /** Facts that were never needed. */
  readonly needless: readonly string[]
}

/** Completions may still differ. */
export interface OpenQuestion {
  readonly is: 'open'
  readonly next: Question
  /** Unknown facts that may still matter, in the order of declaration. */
  readonly open: readonly string[]
  /** Unknown facts that cannot matter any more, whatever the open ones are. */
  readonly needless: readonly string[]
  /** The outcomes that are still possible; more than these where there are too many ways to follow them all. */
  readonly outcomes: readonly PossibleOutcome[]
  /** What each result may be if something is granted. */
  readonly results: Readonly<Record<string, ResultRange>>
}

/** One way in which it may end. */
export type PossibleOutcome = EndOutcome

/** A quantity or date from `min` to `max`, or one of some words or flags; neither where it is not known at all. */
export interface ResultRange {
  readonly unit: string
  readonly min?: number | string
  readonly max?: number | string
  readonly options?: readonly (string | boolean)[]
}

/** The fact worth asking next. */
export interface Question {
  readonly fact: string
  /** How many further facts must be expected to be needed after it. */
  readonly furtherExpected: number
  /** The first thing, in the order of the text, that waits for it. */
  readonly why: WaitingFor
}

/** A condition, with what is certain once it is known to hold or fail (or by word); or the results that wait. */
export type WaitingFor =
  | {
      readonly waits: 'condition'
      /** The slot of the condition, by which `renderAsked` finds it in the rule. */
      readonly slot: number
      readonly source: string
      readonly line: number
      readonly settles: readonly (PossibleOutcome & { readonly when: boolean | readonly string[] })[]
    }
  /** Results of the decision, or of an item that is decided. */
  | { readonly waits: 'results'; readonly of: 'results' | 'items'; readonly names: readonly string[] }

/**
 * With some facts known, the certain answer if every completion comes to it, or else the fact to ask next.
 *
 * The fact that is asked next is the one after which the fewest facts must be expected to be needed: each of its answers that the rule tells
 * apart (see `answersOf`) is supposed in turn, all of them alike likely, and what would then still matter is counted. Of equals, the one that
 * the rule looks at first is asked.
 *
 * @param known a fact that is not in it is unknown; `null` says that an optional one is absent
 * @throws FactProblems when a known fact or the day does not parse; ValueProblems as `decide`
 */
export function ask(ir: PolicyIr, known: Readonly<Record<string, unknown>>, values: ResolvedValues, on: string): Asked {
  const body = findBody(ir.bodies, on)
  if (body === undefined) {
    const { outcome, results, reason, because } = decide(ir, known, values, on)
    return { is: 'certain', verdict: { outcome, results, reason, because }, needless: [] }
  }
  const checked = checkValues(body.values, values, on)
  const facts = possibleFacts(body, known)
  const unknown = Object.keys(body.facts).filter((name) => !Object.hasOwn(known, name))
  const paths = explore(body, openScene(body, checked, facts))
  const verdict = findSettledVerdict(body, paths)
  if (verdict !== undefined) return { is: 'certain', verdict, needless: unknown }
  const waiting = waitingOf(body, paths)
  const open = new Set(waiting.flatMap((each) => [...each.facts]))
  return {
    is: 'open',
    next: nextQuestion({ body, values: checked, facts }, paths, waiting, open),
    open: unknown.filter((name) => open.has(name)),
    needless: unknown.filter((name) => !open.has(name)),
    outcomes: outcomesOf(paths),
    results: resultsOf(body, paths),
  }
}

/** What each fact may be when only some are known. */
function possibleFacts(body: PolicyBody, known: Readonly<Record<string, unknown>>): PossibleFacts {
  const declared = Object.entries(body.facts)
  const parsed = parseFacts(Object.fromEntries(declared.filter(([name]) => Object.hasOwn(known, name))), known)
  return new Map(
    declared.map(([name, unit]) => {
      const value = parsed[name]
      return [name, value === undefined ? unknownFact(unit) : knownFact(unit, value)]
    }),
  )
}

interface Known {
  readonly body: PolicyBody
  readonly values: ResolvedValues
  readonly facts: PossibleFacts
}

function nextQuestion(known: Known, paths: Paths, waiting: readonly Waiting[], open: ReadonlySet<string>): Question {
  let best: { fact: string; furtherExpected: number } | undefined
  for (const fact of open) {
    const furtherExpected = expectFurther(known, paths, fact)
    if (best === undefined || furtherExpected < best.furtherExpected) best = { fact, furtherExpected }
  }
  const first = waiting.find(({ facts }) => best !== undefined && facts.has(best.fact))
  if (best === undefined || first === undefined) throw new TypeError('an answer is open and waits for no fact')
  return { ...best, why: waitingFor(known.body, first) }
}

/** How many facts besides this one matter on average over its answers. */
function expectFurther({ body, values, facts }: Known, paths: Paths, fact: string): number {
  const answers = answersOf(paths, fact, facts)
  const counts = answers.map((answer) => {
    const supposed = explore(body, openScene(body, values, new Map(facts).set(fact, answer)))
    const needed = new Set(waitingOf(body, supposed).flatMap((each) => [...each.facts]))
    needed.delete(fact)
    return needed.size
  })
  return counts.reduce((sum, count) => sum + count, 0) / counts.length
}

function waitingFor(body: PolicyBody, { at, isOfItem }: Waiting): WaitingFor {
  if (at.kind === 'fork') {
    const settles = at.ways.flatMap(({ when, paths }) => {
      const ends = outcomesOf(paths)
      return ends.length === 1 ? ends.map((end) => ({ when, ...end })) : []
    })
    const { slot, at: place } = at.expression
    return { waits: 'condition', slot, source: sourceOf(body, at.expression), line: place.line, settles }
  }
  const results = at.kind === 'end' ? Object.entries(at.results).filter(([, possible]) => !isSettled(possible)) : []
  return { waits: 'results', of: isOfItem ? 'items' : 'results', names: results.map(([name]) => name) }
}

function outcomesOf(paths: Paths): PossibleOutcome[] {
  const outcomes = endsOf(paths).map(({ statement }) => outcomeOf(statement))
  return [...new Map(outcomes.map((each) => [JSON.stringify(each), each])).values()]
}

function resultsOf({ results: units }: PolicyBody, paths: Paths): Record<string, ResultRange> {
  const ends = endsOf(paths)
  const ranges = Object.entries(units).flatMap(([name, unit]) => {
    const [first, ...rest] = ends.map(({ results }) => results[name]).filter((possible) => possible !== undefined)
    return first === undefined ? [] : [[name, resultRange(unit, rest.reduce(join, first))] as const]
  })
  return Object.fromEntries(ranges)
}

function resultRange(unit: ScalarUnit, possible: Possible): ResultRange {
  const code = unitCode(unit)
  switch (possible.kind) {
    case 'range':
      return { unit: code, min: contentAt(possible.min, unit), max: contentAt(possible.max, unit) }
    case 'words':
      return { unit: code, options: possible.words }
    case 'anything':
      return { unit: code }
  }
}
