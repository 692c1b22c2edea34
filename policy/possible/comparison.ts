/** Comparisons of two sides of which each may be several things: whether they hold, and what they prove of a side. */
import type { ComparisonOperator } from '../ir.ts'
import type { Range } from '../reader/ranges.ts'
import {
  EITHER,
  findOnly,
  flagsOf,
  isOnlyNull,
  isSettled,
  meet,
  ONLY_NULL,
  overlaps,
  type Possible,
  rangeOf,
  type Word,
} from './possible.ts'

/** Whether a comparison may hold, may fail, or both. What is absent has no place in an order, so only what is present is compared there. */
export function compare(op: ComparisonOperator, left: Possible, right: Possible): Possible | undefined {
  if (op === '===' || op === '!==') {
    const mayBeEqual = overlaps(left, right)
    const mayDiffer = !(mayBeEqual && isSettled(left) && isSettled(right))
    return flagsOf(op === '===' ? mayBeEqual : mayDiffer, op === '===' ? mayDiffer : mayBeEqual)
  }
  if (left.kind !== 'range' || right.kind !== 'range') return EITHER
  switch (op) {
    case '<':
      return flagsOf(left.min < right.max, left.max >= right.min)
    case '<=':
      return flagsOf(left.min <= right.max, left.max > right.min)
    case '>':
      return flagsOf(left.max > right.min, left.min <= right.max)
    case '>=':
      return flagsOf(left.max >= right.min, left.min < right.max)
  }
}

/** What one side may still be when it stands in a relation to the other; undefined when it cannot. */
export function related(possible: Possible, op: ComparisonOperator, other: Possible): Possible | undefined {
  if (op === '===') return meet(possible, other)
  if (op === '!==') return without(possible, other)
  if (possible.kind !== 'range' || other.kind !== 'range') return possible
  return meet(possible, rangeOf(beside(op, other)))
}

/** The numbers that stand in an order to some number of a range. */
function beside(op: Exclude<ComparisonOperator, '===' | '!=='>, { min, max }: Range): Range {
  switch (op) {
    case '<':
      return { min: Number.MIN_SAFE_INTEGER, max: max - 1 }
    case '<=':
      return { min: Number.MIN_SAFE_INTEGER, max }
    case '>':
      return { min: min + 1, max: Number.MAX_SAFE_INTEGER }
    case '>=':
      return { min, max: Number.MAX_SAFE_INTEGER }
  }
}

/** Only when the other side is one thing is there anything to leave out: its word, `null`, or the end of a range. */
function without(possible: Possible, other: Possible): Possible | undefined {
  if (isOnlyNull(other)) return isOnlyNull(possible) ? undefined : { ...possible, absent: false }
  const only = findOnly(other)
  return only === undefined ? possible : withoutOne(possible, only)
}

function withoutOne(possible: Possible, only: number | Word): Possible | undefined {
  const { absent } = possible
  if (possible.kind === 'words') {
    const words = possible.words.filter((word) => word !== only)
    return words.length > 0 || absent ? { kind: 'words', words, absent } : undefined
  }
  if (possible.kind !== 'range') return possible
  const min = possible.min === only ? possible.min + 1 : possible.min
  const max = possible.max === only ? possible.max - 1 : possible.max
  if (min <= max) return { kind: 'range', min, max, absent }
  return absent ? ONLY_NULL : undefined
}

/** A comparison that fails is its opposite that holds. */
export const OPPOSITES: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '===': '!==',
  '!==': '===',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}

/** The same comparison read from its right side. */
export const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '===': '===',
  '!==': '!==',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

const COMPARISONS: ReadonlySet<string> = new Set(Object.keys(MIRRORED))

/** True for the operators that compare two sides. */
export function isComparison(op: string): op is ComparisonOperator {
  return COMPARISONS.has(op)
}
