/**
 * The calendar of `dates.ts` on day numbers, as functions of a module. Months are counted from March of the year 0, so that the leap day is the
 * last day of a year and the lengths of months follow one formula. All numbers are positive for the years 1 to 9999.
 */
import { Code, type Node } from './code.ts'
import { CONTROL, unsigned, type WasmFunction } from './emit.ts'

/** Days from 1 March of the year 0 until 1970-01-01. */
const DAYS_BEFORE_EPOCH = 719_468
const ERA_DAYS = 146_097
const ERA_YEARS = 400

/** The functions by their places in the module. */
export const CALENDAR = { addMonths: 0, monthsBetween: 1 } as const

/** All calendar functions, in the order of `CALENDAR`. */
export function calendarFunctions(): WasmFunction[] {
  return [addMonths(), monthsBetween()]
}

/** `(day, months) -> day`, clipped to the end of a shorter month. */
function addMonths(): WasmFunction {
  const code = new Code(['i32', 'i32'], (code) => {
    const { month, dayOfMonth } = split(code, code.get(0, 0))
    const moved = code.node('i32.add', [month, code.get(1, 0)])
    const first = firstOf(code, moved)
    const clipped = least(code, dayOfMonth, lengthOf(code, moved))
    code.push(minus(code, code.node('i32.add', [first, clipped]), 1))
  })
  return code.toFunction(['i32'])
}

/**
 * `(from, until) -> months`; negative when `until` is earlier, and then the months from `until` until `from`. A day that the last month does not
 * have counts as that month's end.
 */
function monthsBetween(): WasmFunction {
  const code = new Code(['i32', 'i32'], (code) => {
    const from = code.get(0, 0)
    const until = code.get(1, 0)
    code.when(code.node('i32.lt_s', [until, from]), () => {
      code.push(code.int(0))
      code.push(until)
      code.push(from)
      code.write(CONTROL.call, ...unsigned(CALENDAR.monthsBetween), CONTROL.subtract, CONTROL.return)
    })
    const start = split(code, from)
    const end = split(code, until)
    const wanted = least(code, start.dayOfMonth, lengthOf(code, end.month))
    const isShort = code.node('i32.lt_s', [end.dayOfMonth, wanted])
    code.push(code.node('i32.sub', [code.node('i32.sub', [end.month, start.month]), isShort]))
  })
  return code.toFunction(['i32'])
}

/** The month, counted from March of the year 0, and the day in it, from 1. */
function split(code: Code, day: Node): { readonly month: Node; readonly dayOfMonth: Node } {
  const days = plus(code, day, DAYS_BEFORE_EPOCH)
  const era = divide(code, days, ERA_DAYS)
  const dayOfEra = code.node('i32.sub', [days, times(code, era, ERA_DAYS)])
  // The last day of four years, of a century and of an era is taken out before the division by 365.
  const withoutLeapDays = code.node('i32.sub', [
    code.node('i32.add', [
      code.node('i32.sub', [dayOfEra, divide(code, dayOfEra, 1_460)]),
      divide(code, dayOfEra, 36_524),
    ]),
    divide(code, dayOfEra, 146_096),
  ])
  const yearOfEra = divide(code, withoutLeapDays, 365)
  const dayOfYear = code.node('i32.sub', [dayOfEra, daysBeforeYear(code, yearOfEra)])
  const monthOfYear = divide(code, plus(code, times(code, dayOfYear, 5), 2), 153)
  const year = code.node('i32.add', [times(code, era, ERA_YEARS), yearOfEra])
  const dayOfMonth = plus(code, code.node('i32.sub', [dayOfYear, daysBeforeMonth(code, monthOfYear)]), 1)
  return { month: code.node('i32.add', [times(code, year, 12), monthOfYear]), dayOfMonth }
}

/** The day number of the first of a month. */
function firstOf(code: Code, month: Node): Node {
  const year = divide(code, month, 12)
  const monthOfYear = code.node('i32.sub', [month, times(code, year, 12)])
  const day = code.node('i32.add', [daysBeforeYear(code, year), daysBeforeMonth(code, monthOfYear)])
  return minus(code, day, DAYS_BEFORE_EPOCH)
}

function lengthOf(code: Code, month: Node): Node {
  return code.node('i32.sub', [firstOf(code, plus(code, month, 1)), firstOf(code, month)])
}

/** Days of all years before `year`, which begins in March: 365 each and the leap days. */
function daysBeforeYear(code: Code, year: Node): Node {
  const withFourths = code.node('i32.add', [times(code, year, 365), divide(code, year, 4)])
  const withoutCenturies = code.node('i32.sub', [withFourths, divide(code, year, 100)])
  return code.node('i32.add', [withoutCenturies, divide(code, year, ERA_YEARS)])
}

/** Days of a year before a month counted from March: 0, 31, 61, 92 ... */
function daysBeforeMonth(code: Code, monthOfYear: Node): Node {
  return divide(code, plus(code, times(code, monthOfYear, 153), 2), 5)
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
