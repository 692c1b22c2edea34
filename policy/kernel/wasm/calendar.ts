/**
 * The calendar of `dates.ts` on day numbers, as instructions. Years begin in March, so that the leap day is the last day of a year and the
 * lengths of the other months follow one formula; after C. Neri and L. Schneider, "Euclidean affine functions and their application to
 * calendar algorithms". All numbers are positive for the years 1 to 9999; what comes of others is of no account, but stops nothing.
 */
import type { Code, Node } from './code.ts'

/** Days from 1 March of the year 0 until 1970-01-01. */
const DAYS_BEFORE_EPOCH = 719_468
const DAYS_IN_400_YEARS = 146_097
const DAYS_IN_4_YEARS = 1_461
const MONTHS_IN_YEAR = 12
/** Of February, in years that begin with March. */
const LAST_MONTH = 11
const FEBRUARY_DAYS = 28

/** The same day so many months later, clipped to the end of a shorter month. */
export function addMonths(code: Code, day: Node, months: Node): Node {
  const { month, dayOfMonth } = split(code, day)
  const moved = monthAt(code, code.node('i32.add', [month, months]))
  const clipped = least(code, dayOfMonth, moved.days)
  return code.node('i32.add', [moved.first, minus(code, clipped, 1)])
}

/**
 * Whole months from one day until another; negative when the other is earlier, and then the months from the other until the one. A day that
 * the later month does not have counts as that month's end.
 */
export function monthsBetween(code: Code, from: Node, until: Node): Node {
  const isBackwards = code.node('i32.lt_s', [until, from])
  const start = split(code, code.node('select', [until, from, isBackwards]))
  const end = split(code, code.node('select', [from, until, isBackwards]))
  const wanted = least(code, start.dayOfMonth, monthAt(code, end.month).days)
  const isShort = code.node('i32.lt_s', [end.dayOfMonth, wanted])
  const months = code.node('i32.sub', [code.node('i32.sub', [end.month, start.month]), isShort])
  return code.node('select', [code.node('i32.sub', [code.int(0), months]), months, isBackwards])
}

/** The month of a day, counted from March of the year 0, and the day's number in it, from 1. */
function split(code: Code, day: Node): { readonly month: Node; readonly dayOfMonth: Node } {
  const quarters = plus(code, times(code, plus(code, day, DAYS_BEFORE_EPOCH), 4), 3)
  const century = divide(code, quarters, DAYS_IN_400_YEARS)
  const inCentury = code.node('i32.sub', [quarters, times(code, century, DAYS_IN_400_YEARS)])
  // Back to whole days, and then to quarters of those in the century.
  const quartersInCentury = code.node('i32.or', [inCentury, code.int(3)])
  const yearInCentury = divide(code, quartersInCentury, DAYS_IN_4_YEARS)
  const inYear = code.node('i32.sub', [quartersInCentury, times(code, yearInCentury, DAYS_IN_4_YEARS)])
  const dayOfYear = code.node('i32.shr_u', [inYear, code.int(2)])
  // Months of 153 days in five, in parts of 65536: the upper half is the month from 0, the lower half how far into it the day is.
  const parts = plus(code, times(code, dayOfYear, 2_141), 197_913 - 3 * 65_536)
  const monthOfYear = code.node('i32.shr_u', [parts, code.int(16)])
  const dayOfMonth = plus(code, divide(code, code.node('i32.and', [parts, code.int(65_535)]), 2_141), 1)
  const year = code.node('i32.add', [times(code, century, 100), yearInCentury])
  return { month: code.node('i32.add', [times(code, year, MONTHS_IN_YEAR), monthOfYear]), dayOfMonth }
}

/** The day number of a month's first day, and how many days it has. */
function monthAt(code: Code, month: Node): { readonly first: Node; readonly days: Node } {
  const year = divide(code, month, MONTHS_IN_YEAR)
  const monthOfYear = code.node('i32.sub', [month, times(code, year, MONTHS_IN_YEAR)])
  const century = divide(code, year, 100)
  const leapDays = code.node('i32.sub', [code.node('i32.shr_u', [century, code.int(2)]), century])
  const fourths = code.node('i32.shr_u', [times(code, year, DAYS_IN_4_YEARS), code.int(2)])
  const daysBeforeYear = code.node('i32.add', [fourths, leapDays])
  const before = daysBeforeMonth(code, monthOfYear)
  const following = daysBeforeMonth(code, plus(code, monthOfYear, 1))
  const isFebruary = code.node('i32.eq', [monthOfYear, code.int(LAST_MONTH)])
  const inFebruary = plus(code, isLeap(code, plus(code, year, 1)), FEBRUARY_DAYS)
  const days = code.node('select', [inFebruary, code.node('i32.sub', [following, before]), isFebruary])
  return { first: minus(code, code.node('i32.add', [daysBeforeYear, before]), DAYS_BEFORE_EPOCH), days }
}

/** Days of a year before a month counted from March: 0, 31, 61, 92 ... */
function daysBeforeMonth(code: Code, monthOfYear: Node): Node {
  return code.node('i32.shr_u', [plus(code, times(code, monthOfYear, 979), 18), code.int(5)])
}

function isLeap(code: Code, year: Node): Node {
  const century = code.node('i32.eqz', [code.node('i32.sub', [year, times(code, divide(code, year, 100), 100)])])
  const mask = code.node('select', [code.int(15), code.int(3), century])
  return code.node('i32.eqz', [code.node('i32.and', [year, mask])])
}

function least(code: Code, a: Node, b: Node): Node {
  return code.node('select', [a, b, code.node('i32.lt_s', [a, b])])
}

function plus(code: Code, a: Node, number: number): Node {
  return code.node('i32.add', [a, code.int(number)])
}

function minus(code: Code, a: Node, number: number): Node {
  return code.node('i32.sub', [a, code.int(number)])
}

function times(code: Code, a: Node, number: number): Node {
  return code.node('i32.mul', [a, code.int(number)])
}

function divide(code: Code, a: Node, number: number): Node {
  return code.node('i32.div_u', [a, code.int(number)])
}
