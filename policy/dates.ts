/** Arithmetic on business dates `YYYY-MM-DD` of the proleptic Gregorian calendar: no time, no zone, no working days. */

/** Days of each month of a common year. */
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

interface CalendarDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** True for the text of a real day, written `YYYY-MM-DD`, in the years 1900 to 2199: 2025-02-29 is none. */
export function isDate(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false
  const { year, month, day } = split(text)
  return month >= 1 && month <= 12 && day >= 1 && day <= monthDays(year, month)
}

/**
 * The same day `months` later (earlier when negative), clipped to the end of a shorter month: 31 January and one month is 28 or 29 February.
 * @throws RangeError outside the years 1 to 9999
 */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = split(date)
  const monthIndex = year * 12 + (month - 1) + months
  const newYear = Math.floor(monthIndex / 12)
  const newMonth = (monthIndex % 12) + 1
  return join({ year: newYear, month: newMonth, day: Math.min(day, monthDays(newYear, newMonth)) })
}

/**
 * The day `days` later (earlier when negative).
 * @throws RangeError outside the years 1 to 9999
 */
export function addDays(date: string, days: number): string {
  return fromDayNumber(dayNumber(split(date)) + days)
}

/**
 * Whole months from `from` until `until`: the largest `n` with `addMonths(from, n) <= until`, so that 31 January until 28 February is one month.
 * Negative when `until` is earlier, and then the months from `until` until `from`.
 */
export function monthsBetween(from: string, until: string): number {
  if (until < from) return 0 - monthsBetween(until, from)
  const start = split(from)
  const end = split(until)
  const months = (end.year - start.year) * 12 + (end.month - start.month)
  return addMonths(from, months) <= until ? months : months - 1
}

/** Days from `from` until `until`, the first day not counted; negative when `until` is earlier. */
export function daysBetween(from: string, until: string): number {
  return dayNumber(split(until)) - dayNumber(split(from))
}

function split(date: string): CalendarDate {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

function join({ year, month, day }: CalendarDate): string {
  if (year < 1 || year > 9999) throw new RangeError(`a date in the year ${year} cannot be written`)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function monthDays(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0)
}

/** Days before 1 January of `year`, counted from 1 January of the year 1. */
function daysBeforeYear(year: number): number {
  const before = year - 1
  return before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
}

function dayNumber({ year, month, day }: CalendarDate): number {
  let days = daysBeforeYear(year) + day - 1
  for (let earlier = 1; earlier < month; earlier++) days += monthDays(year, earlier)
  return days
}

function fromDayNumber(days: number): string {
  let year = Math.floor(days / 365.2425) + 1
  while (daysBeforeYear(year + 1) <= days) year++
  while (daysBeforeYear(year) > days) year--
  let day = days - daysBeforeYear(year) + 1
  let month = 1
  while (day > monthDays(year, month)) {
    day -= monthDays(year, month)
    month++
  }
  return join({ year, month, day })
}
