import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countOf,
  eachOf,
  everyOf,
  filterOf,
  firstOf,
  grant,
  hasItem,
  max,
  min,
  type Rounding,
  refer,
  refuse,
  share,
  someOf,
  sortOf,
  sumOf,
} from './language.ts'

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

describe('selections', () => {
  const [a, b, c] = [
    { name: 'a', size: 2, on: '2024-02-01' },
    { name: 'b', size: 10, on: '2024-01-01' },
    { name: 'c', size: 2, on: '2023-12-31' },
  ] as const
  const all = [a, b, c]

  it('keep items as they are, in the order of the list or of a quantity or date', () => {
    expect(filterOf(all, ({ size }) => size === 2)).toEqual([a, c])
    expect(sortOf(all, ({ size }) => size, 'ascending')).toEqual([a, c, b])
    expect(sortOf(all, ({ size }) => size, 'descending')).toEqual([b, a, c])
    expect(sortOf(all, ({ on }) => on, 'ascending')).toEqual([c, b, a])
    expect(all).toEqual([a, b, c])
  })

  it.each([
    [0, []],
    [2, [a, b]],
    [3, all],
    [4, all],
  ])('the first %i', (count, expected) => {
    expect(firstOf(all, count)).toEqual(expected)
  })

  it('know an item itself and not one that looks alike', () => {
    const two = all.filter((item) => item !== c)
    expect([hasItem(two, a), hasItem(two, c), hasItem(two, { ...a })]).toEqual([true, false, false])
  })

  it('any order is one that a comparison confirms, and of equal items the first stays first', () => {
    const items = fc.array(fc.record({ key: fc.nat({ max: 5 }), place: fc.constant(0) }))
    fc.assert(
      fc.property(items, fc.constantFrom('ascending', 'descending'), (drawn, order) => {
        const list = drawn.map(({ key }, place) => ({ key, place }))
        const sorted = sortOf(list, ({ key }) => key, order)
        expect(sorted.toSorted((x, y) => x.place - y.place)).toEqual(list)
        for (const [index, item] of sorted.slice(1).entries()) {
          const before = sorted[index] ?? item
          const step = order === 'ascending' ? item.key - before.key : before.key - item.key
          expect(step > 0 || (step === 0 && item.place > before.place)).toBe(true)
        }
      }),
    )
  })
})

it('an outcome carries what each item came to, and nothing about items where it decides none', () => {
  const items = eachOf([1, 2], (n) => (n === 1 ? grant({ n }, 'S2') : refuse('two', 'S3')))
  expect(items).toEqual([
    { outcome: 'granted', results: { n: 1 }, because: 'S2' },
    { outcome: 'refused', reason: 'two', because: 'S3' },
  ])
  expect([grant({}, 'S1', items), refuse('no', 'S1', items), refer('ask', 'S1', items)]).toMatchObject([
    { outcome: 'granted', items },
    { outcome: 'refused', items },
    { outcome: 'referred', items },
  ])
  for (const outcome of [grant({}, 'S1'), refuse('no', 'S1'), refer('ask', 'S1')])
    expect(outcome).not.toHaveProperty('items')
})
