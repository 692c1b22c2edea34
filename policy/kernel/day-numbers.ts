/** Dates as the numbers that stand for them in columns: days since 1970-01-01, negative before. */
import { addDays, daysBetween } from '../dates.ts'

const EPOCH = '1970-01-01'

/** The number of a date. */
export function dayOf(date: string): number {
  return daysBetween(EPOCH, date)
}

/** The date of a number. */
export function dateOf(day: number): string {
  return addDays(EPOCH, day)
}

/** The days that may be written in facts and values: those of the years 1900 to 2199. */
export const DATE_RANGE = { min: dayOf('1900-01-01'), max: dayOf('2199-12-31') }
