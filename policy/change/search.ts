import type { FieldValue } from '../facts.ts'
import { type Possible, rangeOf } from '../possible/possible.ts'
import type { Part, RangePart } from './parts.ts'

/** How much may still be looked at; `isSpent` once something had to be left out. */
export interface Budget {
  left: number
  isSpent: boolean
}

/**
 * The nearest value of a part that is accepted. A range is halved, the nearer half first, and a half is left out only when nothing in it may be
 * accepted; so what is found is the nearest, and what is not found is not there, unless the budget was spent.
 *
 * @param may false only when no value of the set is accepted
 */
export function findNearest<T>(
  budget: Budget,
  part: Part,
  may: (possible: Possible) => boolean,
  accept: (value: FieldValue) => T | undefined,
): T | undefined {
  if (part.is === 'one') return spend(budget) && may(part.possible) ? accept(part.value) : undefined
  return findInRange(budget, part, part.min, part.max, may, accept)
}

function findInRange<T>(
  budget: Budget,
  range: RangePart,
  min: number,
  max: number,
  may: (possible: Possible) => boolean,
  accept: (value: FieldValue) => T | undefined,
): T | undefined {
  if (!spend(budget) || !may(rangeOf({ min, max }))) return undefined
  if (min === max) return accept(range.valueAt(min))
  const middle = Math.floor((min + max) / 2)
  const halves = [
    [min, middle],
    [middle + 1, max],
  ] as const
  for (const [from, to] of range.isNearHigh ? halves.toReversed() : halves) {
    const found = findInRange(budget, range, from, to, may, accept)
    if (found !== undefined) return found
  }
  return undefined
}

function spend(budget: Budget): boolean {
  if (budget.left === 0) budget.isSpent = true
  else budget.left--
  return !budget.isSpent
}
