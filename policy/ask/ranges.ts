/** Arithmetic and comparison of what two sides may be. */
import { addDays, addMonths, daysBetween, monthsBetween } from '../dates.ts'
import type { BinaryOperator, ComparisonOperator } from '../ir.ts'
import {
  type Days,
  days,
  flags,
  isSettled,
  mayBe,
  mayBeNull,
  type Numbers,
  numbers,
  type Possible,
} from './possible.ts'

/** What two quantities may come to. */
export function combineNumbers(op: BinaryOperator, a: Numbers, b: Numbers): Possible {
  switch (op) {
    case '+':
      return numbers(a.min + b.min, a.max + b.max)
    case '-':
      return numbers(a.min - b.max, a.max - b.min)
    case '*': {
      const corners = [a.min * b.min, a.min * b.max, a.max * b.min, a.max * b.max]
      return numbers(Math.min(...corners), Math.max(...corners))
    }
    case 'min':
      return numbers(Math.min(a.min, b.min), Math.min(a.max, b.max))
    case 'max':
      return numbers(Math.max(a.min, b.min), Math.max(a.max, b.max))
    default:
      return compare(op, a, b)
  }
}

/** What two days may come to. */
export function combineDays(op: BinaryOperator, a: Days, b: Days): Possible {
  switch (op) {
    case 'monthsBetween':
      return numbers(monthsBetween(a.max, b.min), monthsBetween(a.min, b.max))
    case 'daysBetween':
      return numbers(daysBetween(a.max, b.min), daysBetween(a.min, b.max))
    case 'min':
      return days(earlier(a.min, b.min), earlier(a.max, b.max))
    case 'max':
      return days(later(a.min, b.min), later(a.max, b.max))
    default:
      return compare(op, a, b)
  }
}

/** Where a day may come to lie when it is moved. */
export function moveDays(op: 'addMonths' | 'addDays', day: Days, by: Numbers): Days {
  const move = op === 'addMonths' ? addMonths : addDays
  return days(move(day.min, by.min), move(day.max, by.max))
}

/** Whether a comparison of two quantities or two days may hold, may fail, or both. */
function compare(op: BinaryOperator, a: Numbers | Days, b: Numbers | Days): Possible {
  switch (op) {
    case '<':
      return flags(a.min < b.max, a.max >= b.min)
    case '<=':
      return flags(a.min <= b.max, a.max > b.min)
    case '>':
      return flags(a.max > b.min, a.min <= b.max)
    case '>=':
      return flags(a.max >= b.min, a.min < b.max)
    default:
      throw new TypeError(`the IR has ${op} of quantities that it is not for`)
  }
}

/** Whether two things may be equal, may differ, or both. */
export function compareEqual(op: '===' | '!==', a: Possible, b: Possible): Possible {
  const mayBeEqual = overlap(a, b)
  const mayDiffer = !(mayBeEqual && isSettled(a) && isSettled(b))
  return op === '===' ? flags(mayBeEqual, mayDiffer) : flags(mayDiffer, mayBeEqual)
}

function overlap(a: Possible, b: Possible): boolean {
  if (mayBeNull(a) && mayBeNull(b)) return true
  if (a.kind === 'words') return a.options.some((option) => mayBe(b, option))
  if (b.kind === 'words') return b.options.some((option) => mayBe(a, option))
  if (isOrdered(a) && isOrdered(b)) return a.min <= b.max && b.min <= a.max
  return true
}

/** True for quantities and days. */
export function isOrdered(possible: Possible): possible is Numbers | Days {
  return possible.kind === 'numbers' || possible.kind === 'days'
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

/** The earlier of two days. */
export function earlier(a: string, b: string): string {
  return b < a ? b : a
}

/** The later of two days. */
export function later(a: string, b: string): string {
  return b > a ? b : a
}
