import { describe, expect, it } from 'vitest'
import * as dates from '../../dates.ts'
import { dayOf } from '../day-numbers.ts'
import { addMonths, monthsBetween } from './calendar.ts'
import { Code } from './code.ts'
import { moduleBytes } from './emit.ts'

/** The calendar as functions of a module, on day numbers. */
const calendar = [addMonths, monthsBetween].map((write) => {
  const code = new Code(['i32', 'i32'], (code) => code.push(write(code, code.get(0, 0), code.get(1, 0))))
  const module = new WebAssembly.Module(moduleBytes([code.toFunction(['i32'], 'run')], false))
  const { run } = new WebAssembly.Instance(module, { env: { memory: new WebAssembly.Memory({ initial: 1 }) } }).exports
  return (a: number, b: number): unknown => (typeof run === 'function' ? run(a, b) : undefined)
})

/** Every day around the ends of years that are leap years or only look like it, and of the years that can be written. */
const days = [
  '0004-02-20',
  '1899-12-20',
  '1900-02-20',
  '1999-12-20',
  '2000-02-20',
  '2024-02-20',
  '2100-02-20',
  '2199-12-20',
].flatMap((first) => Array.from({ length: 70 }, (_, index) => dates.addDays(first, index)))

describe('the calendar in WebAssembly', () => {
  const [moved, between] = calendar

  it('moves by months as dates.ts does', () => {
    for (const day of days) {
      for (const months of [-25, -13, -12, -11, -3, -2, -1, 0, 1, 2, 3, 11, 12, 13, 48, 1_200]) {
        expect(moved?.(dayOf(day), months), `${day} ${months}`).toBe(dayOf(dates.addMonths(day, months)))
      }
    }
  })

  it('counts months as dates.ts does, forwards and backwards', () => {
    for (const from of days.filter((_, index) => index % 7 === 0)) {
      for (const until of days) {
        expect(between?.(dayOf(from), dayOf(until)), `${from} ${until}`).toBe(dates.monthsBetween(from, until) + 0)
      }
    }
  })
})
