import { z } from 'zod'
import { monthOf, type PlainDate } from '../ground/door.ts'

/** A calendar month written `YYYY-MM`; tables hold its first day. */
export type Month = string

/** See `Month`. */
export const schemaMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'a month YYYY-MM' })

/** The first day of a month, as tables hold it. */
export function firstDayOf(month: Month): PlainDate {
  return `${month}-01`
}

/** The months that lie between two, negative when the second is earlier: `monthsFromTo('2024-12', '2025-01')` is 1. */
export function monthsFromTo(from: Month, to: Month): number {
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
}

/** The month that a table holds by its first day; null stays null. */
export function readMonth(firstDay: PlainDate): Month
export function readMonth(firstDay: PlainDate | null): Month | null
export function readMonth(firstDay: PlainDate | null): Month | null {
  return firstDay === null ? null : monthOf(firstDay)
}
