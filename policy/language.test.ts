import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countOf, everyOf, max, min, type Rounding, share, someOf, sumOf } from './language.ts'

const ADDENDS: Readonly<Record<Rounding, bigint>> = { half_up: 500_000n, down: 0n, up: 999_999n }

describe('share', () => {
  it.each([
    [100, 500_000, 'half_up', 50],
    [1, 500_000, 'half_up', 1],
    [1, 499_999, 'half_up', 0],
    [3, 333_333, 'half_up', 1],
    [1, 999_999, 'down', 0],
    [1, 1, 'up', 1],
    [0, 1, 'up', 0],
    [10_000_000_000_000, 1_000_000, 'half_up', 10_000_000_000_000],
    [9_007_199_254_740_991, 1_000_000, 'up', 9_007_199_254_740_991],
  ] as const)('of %i fen at %i ppm, %s, is %i fen', (amountFen, ratePpm, rounding, expected) => {
    expect(share(amountFen, ratePpm, rounding)).toBe(expected)
  })

  it('rounds half up unless told otherwise', () => {
    expect(share(5, 100_000)).toBe(1)
    expect(share(4, 100_000)).toBe(0)
  })

  it('is exact for every amount and rate, as whole-number arithmetic without a limit computes it', () => {
    const amounts = fc.oneof(fc.maxSafeNat(), fc.nat(), fc.constantFrom(999_999, 1_000_000, 1_000_001))
    const rounding = fc.constantFrom<Rounding>('half_up', 'down', 'up')
    fc.assert(
      fc.property(amounts, fc.nat({ max: 1_000_000 }), rounding, (amountFen, ratePpm, how) => {
        const exact = (BigInt(amountFen) * BigInt(ratePpm) + ADDENDS[how]) / 1_000_000n
        expect(share(amountFen, ratePpm, how)).toBe(Number(exact))
      }),
    )
  })
})

it('min and max take quantities and dates', () => {
  expect([min(1, 2), max(1, 2)]).toEqual([1, 2])
  expect([min('2024-02-01', '2024-01-31'), max('2024-02-01', '2024-01-31')]).toEqual(['2024-01-31', '2024-02-01'])
})

it('list operations over nothing: no item, sum 0, none satisfies, all satisfy', () => {
  const none: readonly number[] = []
  expect(countOf(none, () => true)).toBe(0)
  expect(sumOf(none, (item) => item)).toBe(0)
  expect(someOf(none, () => true)).toBe(false)
  expect(everyOf(none, () => false)).toBe(true)
})
