import { z } from 'zod'
import { addDays, type PlainDate, schemaDate } from '../ground/door.ts'

/** From the first to the last day on which a row holds; no last day: until further notice. */
export type Span = { from: PlainDate; to?: PlainDate }

/** The dates and the source that every row of a register is written with. */
export const datedFields = { from: schemaDate, to: schemaDate.exactOptional(), source: z.string().min(1) }

/** For `refine`: a row does not end before it begins. */
export function endsAfterStart({ from, to }: Span): boolean {
  return to === undefined || from <= to
}

/** The problem that goes with `endsAfterStart`. */
export const endProblem = { path: ['to'], error: 'a day on or after `from`' }

/** True when a row holds on a day. */
export function holdsOn({ from, to }: Span, on: PlainDate): boolean {
  return from <= on && (to === undefined || on <= to)
}

/** True when two rows both hold on some day. */
export function spansOverlap(one: Span, other: Span): boolean {
  return holdsOn(one, other.from) || holdsOn(other, one.from)
}

/** What becomes of the rows about a thing when `next` is to hold: those that it ends, or the one that it may not displace. */
export type Succession<Row extends Span> = { ended: Row[]; clash?: undefined } | { clash: Row }

/**
 * A new row takes the place of those that began before it, which end the day before. It may not displace one that begins on its own first
 * day or later: that would erase what was already announced.
 */
export function planSuccession<Row extends Span>(rows: readonly Row[], next: Span): Succession<Row> {
  const overlapping = rows.filter((row) => spansOverlap(row, next))
  const clash = overlapping.find((row) => row.from >= next.from)
  return clash === undefined ? { ended: overlapping } : { clash }
}

/** The last day of a row that `next` takes the place of. */
export function dayBefore(next: Span): PlainDate {
  return addDays(next.from, -1)
}
