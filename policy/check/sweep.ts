import type { Trace } from '../evaluate.ts'
import type { Facts, Scalar } from '../facts.ts'
import type { MonotonicityPromise } from '../ir.ts'
import { dayOf } from '../possible/possible.ts'
import { type FieldUnit, isQuantity, unitCode } from '../units.ts'
import type { Explorer } from './explorer.ts'
import { contentInShort, type Found } from './finding.ts'
import { placeOfName } from './naming.ts'
import { moved } from './places.ts'
import { type BodyStudy, witnessOf } from './study.ts'

/** From how many sets of facts each fact is moved, and under how many sets of values. */
const BASES = 24
const SETS = 3

/** One fact moved while all others stay: what came out on both sides. */
interface Step {
  readonly explorer: Explorer
  readonly facts: Facts
  readonly name: string
  readonly result: string
  readonly before: Scalar
  readonly after: Scalar
  readonly one: number
  readonly other: number
}

/** Promises of the author that some facts break: each with the nearest two that do. */
export function findBrokenPromises(study: BodyStudy): Found[] {
  const { body } = study
  return (body.promises ?? []).flatMap((promise): Found[] => {
    for (const explorer of explorersOf(study)) {
      for (const facts of basesOf(explorer)) {
        const broken = findBreak(explorer, facts, promise)
        if (broken !== undefined) return promiseFound(study, promise, broken)
      }
    }
    return []
  })
}

function explorersOf({ sets }: BodyStudy): Explorer[] {
  return sets.flatMap(({ explorer }) => explorer ?? []).slice(0, SETS)
}

function basesOf({ granted, guesses }: Explorer): Facts[] {
  return [...granted.slice(0, BASES), ...Array.from({ length: BASES }, () => guesses.facts())]
}

function findBreak(explorer: Explorer, facts: Facts, { says, result, with: name }: MonotonicityPromise) {
  const unit = explorer.body.facts[name]
  if (unit === undefined || unit.kind === 'list') return undefined
  const at = (value: Scalar) => amountAt(explorer, facts, name, value, result)
  const falls = (one: number, other: number) => (says === 'rises' ? other < one : other > one)
  const points = sorted([...explorer.guesses.edges(unit), ...nearTo(unit, facts[name])])
  for (const [index, after] of points.entries()) {
    const before = points[index - 1]
    if (before === undefined || !falls(at(before), at(after))) continue
    const [low, high] = closest(unit, before, after, (x, y) => falls(at(x), at(y)))
    return { explorer, facts, name, result, before: low, after: high, one: at(low), other: at(high) }
  }
  return undefined
}

/** Two neighbours between which something still changes, found by halving what lies between two that it changes between. */
function closest(
  unit: FieldUnit,
  from: Scalar,
  to: Scalar,
  changes: (a: Scalar, b: Scalar) => boolean,
): [Scalar, Scalar] {
  let [low, high] = [from, to]
  for (;;) {
    const gap = figureOf(high) - figureOf(low)
    const middle = gap > 1 ? moved(unit, low, Math.floor(gap / 2)) : undefined
    if (middle === undefined || middle === null) return [low, high]
    if (changes(low, middle)) high = middle
    else low = middle
  }
}

function figureOf(value: Scalar): number {
  return typeof value === 'string' ? dayOf(value) : Number(value)
}

function nearTo(unit: FieldUnit, value: Facts[string] | undefined): Scalar[] {
  if (typeof value !== 'number' && typeof value !== 'string') return []
  return [-1, 0, 1].flatMap((by) => moved(unit, value, by) ?? [])
}

function sorted(points: readonly Scalar[]): Scalar[] {
  return [...new Set(points)].toSorted((a, b) => figureOf(a) - figureOf(b))
}

/** What a result comes to; what is not granted is 0. */
function amountOf(trace: Trace | undefined, result: string): number {
  const expression = trace?.end.do === 'grant' ? trace.end.results[result] : undefined
  const value = expression && trace?.slots[expression.slot]
  return typeof value === 'number' ? value : 0
}

function amountAt(explorer: Explorer, facts: Facts, name: string, value: Scalar, result: string): number {
  return amountOf(explorer.run({ ...facts, [name]: value }), result)
}

function promiseFound(study: BodyStudy, { says, result, with: name }: MonotonicityPromise, step: Step): Found[] {
  const params = { ...paramsOf(study, step), promise: `${says}('${result}', { with: '${name}' })` }
  return confirmed(study, step, { code: 'TC3001', at: placeOfName(study.ir, 'results', result), params })
}

function paramsOf({ body }: BodyStudy, { name, result, before, after, one, other }: Step): Record<string, string> {
  const unit = body.results[result]
  const told = (amount: number) => (unit === undefined ? String(amount) : `${amount} ${unitCode(unit)}`)
  return {
    ...{ name, result, before: contentInShort(before), after: contentInShort(after) },
    ...{ one: told(one), other: told(other) },
  }
}

/** A finding about a step, once `decide` has said the same on both sides. */
function confirmed(
  { ir }: BodyStudy,
  { explorer, facts, name, result, before, after, one, other }: Step,
  found: Found,
): Found[] {
  const witnesses = [before, after].map((value) => witnessOf(ir, explorer.set, { ...facts, [name]: value }))
  const decided = witnesses.map(({ decision }) => Number(decision?.results[result]?.value ?? 0))
  return decided[0] === one && decided[1] === other ? [{ ...found, witnesses }] : []
}

/**
 * For each fact that is a quantity the largest cliff: one unit more changes an amount by far more than the units before and after it do. What
 * is not granted counts as 0.
 */
export function findCliffs(study: BodyStudy): Found[] {
  const { body } = study
  const amounts = Object.entries(body.results).flatMap(([name, unit]) => (unit.kind === 'money' ? [name] : []))
  const result = body.total ?? amounts[0]
  if (result === undefined) return []
  return Object.entries(body.facts).flatMap(([name, unit]): Found[] => {
    const plain = unit.kind === 'optional' ? unit.unit : unit
    if (!isQuantity(plain)) return []
    const steps = explorersOf(study).flatMap((explorer) =>
      explorer.granted.slice(0, BASES / 2).flatMap((facts) => cliffsOf(explorer, facts, name, plain, result)),
    )
    const largest = steps.toSorted((a, b) => Math.abs(b.other - b.one) - Math.abs(a.other - a.one))[0]
    if (largest === undefined) return []
    const at = placeOfName(study.ir, 'facts', name)
    return confirmed(study, largest, { code: 'TC4001', at, params: paramsOf(study, largest) })
  })
}

function cliffsOf(explorer: Explorer, facts: Facts, name: string, unit: FieldUnit, result: string): Step[] {
  const points = sorted([...explorer.guesses.edges(unit), ...nearTo(unit, facts[name])])
  const wayAt = (value: Scalar) => wayOf(explorer.run({ ...facts, [name]: value }))
  return points.flatMap((after, index): Step[] => {
    const before = points[index - 1]
    if (before === undefined || wayAt(before) === wayAt(after)) return []
    const way = wayAt(before)
    const [low, high] = closest(unit, before, after, (_, y) => wayAt(y) !== way)
    const at = (value: Scalar | null | undefined) =>
      typeof value === 'number' ? amountAt(explorer, facts, name, value, result) : 0
    const [one, other] = [at(low), at(high)]
    const jump = Math.abs(other - one)
    const around = [one - at(moved(unit, low, -1)), at(moved(unit, high, 1)) - other].map(Math.abs)
    // A step of the same size on either side is no cliff, nor is a fen of rounding.
    return jump > 1 + 2 * Math.max(...around)
      ? [{ explorer, facts, name, result, before: low, after: high, one, other }]
      : []
  })
}

/** The way that a run went, told by where it ended and by what each of its conditions came to. */
function wayOf(trace: Trace | undefined): string {
  if (trace === undefined) return ''
  const flags = trace.slots.flatMap((value, slot) => (typeof value === 'boolean' ? `${slot}${value}` : []))
  return `${flags.join()} ${trace.end.at.start}`
}
