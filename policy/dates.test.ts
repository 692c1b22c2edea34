import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, daysBetween, isDate, monthsBetween } from './dates.ts'

const anyDate = fc.integer({ min: -40_000, max: 60_000 }).map((days) => addDays('2000-01-01', days))

describe('a date', () => {
  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['1900-02-29', false],
    ['2000-02-29', true],
    ['2024-04-31', false],
    ['2024-13-01', false],
    ['2024-00-10', false],
    ['2024-1-1', false],
    ['1899-12-31', false],
    ['1900-01-01', true],
    ['2199-12-31', true],
    ['2200-01-01', false],
    ['2024-01-01T00:00', false],
  ])('%s is one: %s', (text, expected) => {
    expect(isDate(text)).toBe(expected)
  })
})

describe('months', () => {
  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-12-15', 1, '2025-01-15'],
    ['2024-01-15', -1, '2023-12-15'],
    ['2024-06-30', 0, '2024-06-30'],
  ])('%s and %i months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected)
  })

  it.each([
    ['2024-01-31', '2024-02-28', 0],
    ['2024-01-31', '2024-02-29', 1],
    ['2023-01-31', '2023-02-28', 1],
    ['2024-01-15', '2024-07-14', 5],
    ['2024-01-15', '2024-07-15', 6],
    ['2024-07-15', '2024-01-15', -6],
    ['2024-07-15', '2024-01-16', -5],
    ['2024-07-15', '2024-07-15', 0],
  ])('from %s until %s are %i', (from, until, expected) => {
    expect(monthsBetween(from, until)).toBe(expected)
  })

  it('between two dates are the most that can be added to the first', () => {
    fc.assert(
      fc.property(anyDate, anyDate, (a, b) => {
        const [from, until] = a < b ? [a, b] : [b, a]
        const months = monthsBetween(from, until)
        expect(addMonths(from, months) <= until).toBe(true)
        expect(addMonths(from, months + 1) > until).toBe(true)
      }),
    )
  })
})

describe('days', () => {
  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-28', 2, '2024-03-01'],
    ['2023-12-31', 1, '2024-01-01'],
    ['2024-01-01', -1, '2023-12-31'],
    ['1970-01-01', 20_000, '2024-10-04'],
  ])('%s and %i days is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected)
    expect(daysBetween(date, expected)).toBe(days)
  })

  it('go there and back', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -36_600, max: 36_600 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days)
      }),
    )
  })
})

it('a date that cannot be written is refused', () => {
  expect(() => addMonths('2024-01-01', 120_000)).toThrow(RangeError)
  expect(() => addDays('0001-01-01', -1)).toThrow(RangeError)
})
