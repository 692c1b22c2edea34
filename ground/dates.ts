import { Temporal } from 'temporal-polyfill'
import type { PlainDate } from './clock.ts'

/** True for a real calendar date written `YYYY-MM-DD`. */
export function isPlainDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  // Every kept case is read again with all its dates: a day that its month always has needs no calendar.
  const [month, day] = [Number(text.slice(5, 7)), Number(text.slice(8))]
  if (day >= 1 && day <= (daysAlways[month - 1] ?? 0)) return true
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}

/** How many days each month has in every year. */
const daysAlways = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** `date` moved by whole days; negative moves back. */
export function addDays(date: PlainDate, days: number): PlainDate {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** `date` moved by whole months; a day the month does not have becomes its last day (31 January + 1 month = 28 or 29 February). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  return Temporal.PlainDate.from(date).add({ months }).toString()
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days
}

/** Whole months that have passed from `from` to `to` (15 January to 14 July is five). */
export function monthsBetween(from: PlainDate, to: PlainDate): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'month' }).months
}

/** The calendar month of a date, `YYYY-MM`. */
export function monthOf(date: PlainDate): string {
  return date.slice(0, 7)
}

/** The calendar quarter of a date, `YYYY-Qn`. */
export function quarterOf(date: PlainDate): string {
  return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`
}

/** First and last day of a quarter written `YYYY-Qn`. */
export function quarterRange(quarter: string): { from: PlainDate; to: PlainDate } {
  const from = `${quarter.slice(0, 4)}-${String((Number(quarter.slice(6)) - 1) * 3 + 1).padStart(2, '0')}-01`
  return { from, to: addDays(addMonths(from, 3), -1) }
}

/** First and last day of a month written `YYYY-MM`. */
export function monthRange(month: string): { from: PlainDate; to: PlainDate } {
  const from = `${month}-01`
  return { from, to: addDays(addMonths(from, 1), -1) }
}
