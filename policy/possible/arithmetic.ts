import { addMonths, monthsBetween } from '../dates.ts'
import type { ArithmeticOperator, Binary, DateOperator, Share } from '../ir.ts'
import { type Rounding, share } from '../language.ts'
import { RANGE_OF, type Range } from '../reader/ranges.ts'
import { dateOf, dayOf } from './possible.ts'

/** An operator on two ranges of whole numbers (dates as days): where the outcome lies, and how it goes with each side. */
export interface RangeOperator {
  /** Everything that may come out. */
  readonly of: (left: Range, right: Range) => Range
  /** Whether more of a side gives more or less; undefined where it depends on the other side. */
  readonly goes: (side: 'left' | 'right', other: Range) => 'up' | 'down' | undefined
}

const LAST_DAY = dayOf('2199-12-31')
const SHIFT_DAYS_MAX = 36_600

const always =
  (left: 'up' | 'down', right: 'up' | 'down'): RangeOperator['goes'] =>
  (side) =>
    side === 'left' ? left : right

/** A function that never falls with its left side; with its right side it never falls either, or never rises. */
function monotone(
  compute: (left: number, right: number) => number,
  left: 'up' | 'down',
  right: 'up' | 'down',
): RangeOperator {
  const least = (range: Range, goes: 'up' | 'down') => (goes === 'up' ? range.min : range.max)
  const most = (range: Range, goes: 'up' | 'down') => (goes === 'up' ? range.max : range.min)
  return {
    of: (a, b) => {
      const min = compute(least(a, left), least(b, right))
      const isOne = a.min === a.max && b.min === b.max
      return { min, max: isOne ? min : compute(most(a, left), most(b, right)) }
    },
    goes: always(left, right),
  }
}

/** A day, kept where dates can be written however far it was moved. */
function written(day: number): string {
  return dateOf(Math.min(Math.max(day, -SHIFT_DAYS_MAX * 10), LAST_DAY + SHIFT_DAYS_MAX * 10))
}

const BY_OPERATOR: Readonly<Record<ArithmeticOperator | DateOperator, RangeOperator>> = {
  '+': { of: RANGE_OF['+'], goes: always('up', 'up') },
  '-': { of: RANGE_OF['-'], goes: always('up', 'down') },
  '*': { of: RANGE_OF['*'], goes: (_, other) => (other.min >= 0 ? 'up' : other.max <= 0 ? 'down' : undefined) },
  min: { of: RANGE_OF.min, goes: always('up', 'up') },
  max: { of: RANGE_OF.max, goes: always('up', 'up') },
  addMonths: monotone((day, months) => dayOf(addMonths(written(day), months)), 'up', 'up'),
  addDays: { of: RANGE_OF['+'], goes: always('up', 'up') },
  monthsBetween: monotone((from, until) => monthsBetween(written(from), written(until)), 'down', 'up'),
  daysBetween: { of: (from, until) => RANGE_OF['-'](until, from), goes: always('down', 'up') },
}

const OPERATORS: ReadonlyMap<string, RangeOperator> = new Map(Object.entries(BY_OPERATOR))

const shareOf = (rounding: Rounding) =>
  monotone((amount, rate) => share(Math.max(amount, 0), Math.max(rate, 0), rounding), 'up', 'up')
const SHARES: Readonly<Record<Rounding, RangeOperator>> = {
  half_up: shareOf('half_up'),
  down: shareOf('down'),
  up: shareOf('up'),
}

/** The operator of a node on ranges; undefined for what is none. */
export function findRangeOperator(node: Binary | Share): RangeOperator | undefined {
  return node.op === 'share' ? SHARES[node.rounding] : OPERATORS.get(node.op)
}

/**
 * The part of one side from which the outcome can still come to lie in `wanted`; undefined when nothing of it can. Nothing that can is left
 * out; where the direction is not known the side stays as it is.
 */
export function narrowSide(
  operator: RangeOperator,
  side: 'left' | 'right',
  range: Range,
  other: Range,
  wanted: Range,
): Range | undefined {
  const goes = operator.goes(side, other)
  if (goes === undefined) return range
  const outcome = (at: number): Range => {
    const point = { min: at, max: at }
    return side === 'left' ? operator.of(point, other) : operator.of(other, point)
  }
  const reachesUp = (at: number) => outcome(at).max >= wanted.min
  const reachesDown = (at: number) => outcome(at).min <= wanted.max
  const [fromLow, fromHigh] = goes === 'up' ? [reachesUp, reachesDown] : [reachesDown, reachesUp]
  const min = firstWhere(range, fromLow)
  const max = lastWhere(range, fromHigh)
  return min === undefined || max === undefined || min > max ? undefined : { min, max }
}

/** The least number of a range for which a condition holds that holds for all greater ones; undefined when it holds for none. */
function firstWhere({ min, max }: Range, holds: (at: number) => boolean): number | undefined {
  if (!holds(max)) return undefined
  let [low, high] = [min, max]
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function lastWhere({ min, max }: Range, holds: (at: number) => boolean): number | undefined {
  const mirrored = firstWhere({ min: 0 - max, max: 0 - min }, (at) => holds(0 - at))
  return mirrored === undefined ? undefined : 0 - mirrored
}
