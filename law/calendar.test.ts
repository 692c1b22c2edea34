import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../ground/door.ts'
import {
  addWorkingDays,
  calendarThrough,
  isWorkingDay,
  officialCalendar,
  subtractWorkingDays,
  workingDayOnOrAfter,
  workingDaysBetween,
} from './calendar.ts'

/** What was known when 2026 was the last year with a notice; the tests stay true when later notices arrive. */
const through2026 = calendarThrough(2026)
const dates = fc.integer({ min: 0, max: 8000 }).map((days) => addDays('2004-06-01', days))

describe('working days by the official arrangement', () => {
  it.each([
    ['2025-09-28', true, 'Sunday worked for National Day 2025'],
    ['2025-09-30', true, 'the day before National Day'],
    ['2025-10-01', false, 'National Day'],
    ['2025-10-06', false, 'Mid-autumn inside the holiday'],
    ['2025-10-08', false, 'last day off'],
    ['2025-10-09', true, 'first day after'],
    ['2025-10-11', true, 'Saturday worked for National Day 2025'],
    ['2025-10-12', false, 'an ordinary Sunday'],
    ['2026-02-14', true, 'Saturday worked for Spring Festival 2026'],
    ['2026-02-15', false, 'first day off of Spring Festival 2026'],
    ['2026-02-23', false, 'last day off'],
    ['2026-02-24', true, 'first day after'],
    ['2026-02-28', true, 'Saturday worked for Spring Festival 2026'],
    ['2026-09-20', true, 'Sunday worked for National Day 2026'],
    ['2026-10-01', false, 'National Day 2026'],
    ['2026-10-07', false, 'last day off'],
    ['2026-10-08', true, 'first day after'],
    ['2026-10-10', true, 'Saturday worked for National Day 2026'],
  ])('%s: %s (%s)', (date, working) => {
    expect(isWorkingDay(date, through2026)).toBe(working)
  })

  it.each([
    ['2025-09-30', 1, '2025-10-09'],
    ['2025-09-26', 1, '2025-09-28'],
    ['2025-09-30', 3, '2025-10-11'],
    ['2025-09-30', 4, '2025-10-13'],
    ['2025-10-03', 1, '2025-10-09'],
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-13', 2, '2026-02-24'],
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-02-27', 1, '2026-02-28'],
    ['2026-02-27', 2, '2026-03-02'],
    ['2025-12-31', 1, '2026-01-04'],
    ['2025-10-11', 0, '2025-10-11'],
    ['2025-10-12', 0, '2025-10-12'],
  ])('%s and %i working days is %s', (start, days, date) => {
    expect(addWorkingDays(start, days, through2026)).toEqual({ date, assumed: false })
  })

  it('A3-t3: valid through 2025-12-31, ten working days in advance is 2025-12-17', () => {
    expect(subtractWorkingDays('2025-12-31', 10, through2026)).toEqual({ date: '2025-12-17', assumed: false })
    expect(subtractWorkingDays('2025-12-31', 1, through2026).date).toBe('2025-12-30')
  })

  it('moves a day off to the next working day', () => {
    expect(workingDayOnOrAfter('2025-10-01', through2026)).toEqual({ date: '2025-10-09', assumed: false })
    expect(workingDayOnOrAfter('2025-10-11', through2026)).toEqual({ date: '2025-10-11', assumed: false })
  })

  it('counts the working days of a span: not the first day, but the last', () => {
    expect(workingDaysBetween('2025-09-30', '2025-10-09', through2026)).toEqual({ days: 1, assumed: false })
    expect(workingDaysBetween('2025-12-17', '2025-12-31', through2026)).toEqual({ days: 10, assumed: false })
    expect(workingDaysBetween('2025-12-17', '2025-12-17', through2026)).toEqual({ days: 0, assumed: false })
  })
})

describe('beyond the known calendar', () => {
  it('is refused where a day is asked for, the day after the last known', () => {
    expect(isWorkingDay('2026-12-31', through2026)).toBe(true)
    expect(() => isWorkingDay('2027-01-01', through2026)).toThrowError(
      expect.objectContaining({
        code: 'calendar_unknown',
        params: { askedOn: '2027-01-01', firstYear: 2004, lastYear: 2026 },
      }),
    )
    expect(() => isWorkingDay('2003-12-31', through2026)).toThrowError(
      expect.objectContaining({ code: 'calendar_unknown' }),
    )
  })

  it.each([
    ['2026-12-28', 3, '2026-12-31', false],
    ['2026-12-28', 4, '2027-01-01', true],
    ['2026-12-28', 5, '2027-01-04', true],
  ])('%s and %i working days is %s, assumed: %s', (start, days, date, assumed) => {
    expect(addWorkingDays(start, days, through2026)).toEqual(
      assumed ? { date, assumed: true, assumption: 'weekends_only' } : { date, assumed: false },
    )
  })

  it('is assumed even when both ends are known but the days between are not', () => {
    expect(subtractWorkingDays('2027-01-04', 1, through2026)).toMatchObject({ date: '2027-01-01', assumed: true })
    expect(subtractWorkingDays('2027-01-04', 2, through2026)).toMatchObject({ date: '2026-12-31', assumed: true })
    expect(workingDaysBetween('2026-12-31', '2027-01-04', through2026)).toEqual({ days: 2, assumed: true })
    expect(workingDayOnOrAfter('2027-01-02', through2026)).toMatchObject({ date: '2027-01-04', assumed: true })
  })

  it('is told by the year of the last notice', () => {
    expect(officialCalendar.firstYear).toBe(2004)
    expect(officialCalendar.lastYear).toBeGreaterThanOrEqual(2026)
  })
})

describe('algebra', () => {
  it('counting forward n days spans n working days', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 60 }), (start, days) => {
        const end = addWorkingDays(start, days, through2026).date
        expect(workingDaysBetween(start, end, through2026).days).toBe(days)
        expect(isWorkingDay(end, through2026)).toBe(true)
      }),
    )
  })

  it('counting back from a working day undoes counting forward to it', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 60 }), (date, days) => {
        const start = workingDayOnOrAfter(date, through2026).date
        const end = addWorkingDays(start, days, through2026).date
        expect(subtractWorkingDays(end, days, through2026).date).toBe(start)
      }),
    )
  })

  it.each([-1, 0.5, Number.NaN])('refuses %s days', (days) => {
    expect(() => addWorkingDays('2025-01-02', days)).toThrowError(expect.objectContaining({ code: 'bad_input' }))
    expect(() => subtractWorkingDays('2025-01-02', days)).toThrowError(expect.objectContaining({ code: 'bad_input' }))
  })

  it('refuses a span that ends before it starts', () => {
    expect(() => workingDaysBetween('2025-01-02', '2025-01-01')).toThrowError(
      expect.objectContaining({ code: 'bad_input' }),
    )
  })
})
