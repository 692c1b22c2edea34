import { describe, expect, it } from 'vitest'
import { calendarThrough } from './calendar.ts'
import { type DeadlineRule, deadline, deadlineRule, recomputeDeadline } from './deadlines.ts'

const through2026 = calendarThrough(2026)
const following = (
  amount: number,
  unit: DeadlineRule['unit'],
  from: string,
  rollsToWorkingDay = false,
): DeadlineRule => ({
  direction: 'after',
  unit,
  amount,
  from,
  rollsToWorkingDay,
})
const ahead = (amount: number, unit: DeadlineRule['unit'], from: string): DeadlineRule => ({
  direction: 'before',
  unit,
  amount,
  from,
})

describe('a deadline is counted as its rule says', () => {
  it.each([
    ['five working days over National Day', following(5, 'working_day', '2025-09-30'), '2025-10-14'],
    ['60 calendar days, last day not worked, no rolling', following(60, 'calendar_day', '2025-08-06'), '2025-10-05'],
    [
      '60 calendar days, last day in the holiday, rolls',
      following(60, 'calendar_day', '2025-08-06', true),
      '2025-10-09',
    ],
    [
      '60 calendar days, last day worked on a Saturday',
      following(60, 'calendar_day', '2025-08-12', true),
      '2025-10-11',
    ],
    ['a month from 31 January of a common year', following(1, 'month', '2025-01-31'), '2025-02-28'],
    ['a month from 31 January of a leap year', following(1, 'month', '2024-01-31'), '2024-02-29'],
    ['six months from 31 August', following(6, 'month', '2025-08-31'), '2026-02-28'],
    ['six months, a worked Saturday', following(6, 'month', '2025-08-28', true), '2026-02-28'],
    ['twelve months from 29 February', following(12, 'month', '2024-02-29'), '2025-02-28'],
    ['A3-t3: ten working days in advance', ahead(10, 'working_day', '2025-12-31'), '2025-12-17'],
    ['ten calendar days in advance', ahead(10, 'calendar_day', '2025-10-11'), '2025-10-01'],
    ['a month in advance of 31 March', ahead(1, 'month', '2025-03-31'), '2025-02-28'],
    ['nothing', following(0, 'working_day', '2025-10-01'), '2025-10-01'],
  ])('%s', (_, rule, date) => {
    expect(deadline(rule, through2026)).toEqual({ rule, date, assumed: false })
  })
})

describe('a deadline beyond the known calendar', () => {
  const rule = following(3, 'working_day', '2025-12-30')

  it('is provisional, and counted again when the calendar arrives', () => {
    const kept = deadline(rule, calendarThrough(2025))
    expect(kept).toEqual({ rule, date: '2026-01-02', assumed: true })
    // 1 to 3 January 2026 were off, Sunday the 4th was worked.
    expect(recomputeDeadline(kept, through2026)).toEqual({ rule, date: '2026-01-05', assumed: false })
    expect(recomputeDeadline(kept, calendarThrough(2025))).toEqual(kept)
  })

  it('stands as it was told once it was firm', () => {
    const told = { rule, date: '2026-01-02', assumed: false }
    expect(recomputeDeadline(told, through2026)).toBe(told)
  })

  it('in calendar days is firm, unless it rolls', () => {
    expect(deadline(following(10, 'calendar_day', '2026-12-30'), through2026).assumed).toBe(false)
    expect(deadline(following(10, 'calendar_day', '2026-12-30', true), through2026)).toMatchObject({
      date: '2027-01-11',
      assumed: true,
    })
  })
})

describe('a rule read back from storage', () => {
  it('parses what it was', () => {
    const rule = following(5, 'working_day', '2025-09-30', true)
    expect(deadlineRule.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule)
  })

  it.each([
    ['a date that does not exist', { ...following(5, 'month', '2025-02-30') }],
    ['half a day', { ...following(0.5, 'calendar_day', '2025-02-03') }],
    ['rolling in advance', { ...ahead(5, 'month', '2025-02-03'), rollsToWorkingDay: true }],
  ])('refuses %s', (_, rule) => {
    expect(deadlineRule.safeParse(rule).success).toBe(false)
  })
})
