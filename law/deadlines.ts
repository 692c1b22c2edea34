import { z } from 'zod'
import { addDays, addMonths, type PlainDate, schemaDate } from '../ground/door.ts'
import {
  addWorkingDays,
  type CountedDate,
  officialCalendar,
  subtractWorkingDays,
  type WorkingCalendar,
  workingDayOnOrAfter,
} from './calendar.ts'

/**
 * How a deadline is counted, as it is kept with a case: never the date alone.
 * - `after`: from `from` forward; `from` is not counted (民法典 article 201), a month ends on the day of the same number, or on its last
 *   day when it has none (article 202). With `rollsToWorkingDay` a last day that is not worked moves to the next working day (article 203).
 * - `before`: so much in advance of `from`, the latest day on which it is still in time; never rolls, which would eat the time in advance.
 * A count in working days ends on a working day anyway, so `rollsToWorkingDay` says nothing there.
 */
export const deadlineRule = z.discriminatedUnion('direction', [
  z.strictObject({
    direction: z.literal('after'),
    unit: z.enum(['working_day', 'calendar_day', 'month']),
    amount: z.int().nonnegative(),
    from: schemaDate,
    rollsToWorkingDay: z.boolean(),
  }),
  z.strictObject({
    direction: z.literal('before'),
    unit: z.enum(['working_day', 'calendar_day', 'month']),
    amount: z.int().nonnegative(),
    from: schemaDate,
  }),
])

/** See `deadlineRule`, its parser. */
export type DeadlineRule = z.infer<typeof deadlineRule>

/** The last day in time, with the rule that made it. `assumed`: counted beyond the known calendar, to be counted again when it arrives. */
export type Deadline = { rule: DeadlineRule; date: PlainDate; assumed: boolean }

/** Counts a rule out on the calendar. */
export function deadline(rule: DeadlineRule, calendar = officialCalendar): Deadline {
  const { date, assumed } = countOut(rule, calendar)
  return { rule, date, assumed }
}

function countOut(rule: DeadlineRule, calendar: WorkingCalendar): CountedDate {
  const { direction, unit, amount, from } = rule
  if (unit === 'working_day') {
    return direction === 'after' ? addWorkingDays(from, amount, calendar) : subtractWorkingDays(from, amount, calendar)
  }
  const move = unit === 'month' ? addMonths : addDays
  const date = move(from, direction === 'after' ? amount : -amount)
  const rolls = direction === 'after' && rule.rollsToWorkingDay
  return rolls ? workingDayOnOrAfter(date, calendar) : { date, assumed: false }
}

/** Counts an assumed deadline again with the calendar of now. A deadline that was not assumed stands as it was told. */
export function recomputeDeadline(kept: Deadline, calendar = officialCalendar): Deadline {
  return kept.assumed ? deadline(kept.rule, calendar) : kept
}
