import { describe, expect, it } from 'vitest'
import { count, date, flag, list, money, optional, record } from './door.ts'
import { exampleIr } from './examples/ir.ts'
import type { PolicyBody } from './ir.ts'
import { populate, type Spread } from './population.ts'

const facts: PolicyBody['facts'] = {
  months: count('month', { max: 120 }),
  wageFen: money({ max: 10_000_000 }),
  since: optional(date()),
  active: flag(),
  bills: list(record({ amountFen: money({ min: 5, max: 900 }) }), { max: 4 }),
}

const mean = (numbers: ArrayLike<number> = []) => Array.from(numbers).reduce((sum, n) => sum + n, 0) / numbers.length

describe('a made-up population', () => {
  it('is the same for the same seed and another for another', () => {
    const made = populate({ facts }, { rows: 70_000, seed: 7 })
    expect(populate({ facts }, { rows: 70_000, seed: 7 })).toEqual(made)
    expect(populate({ facts }, { rows: 70_000, seed: 8 }).columns.months).not.toEqual(made.columns.months)
    expect(Array.from(made.columns.wageFen?.slice(0, 3) ?? [])).toMatchInlineSnapshot(`
      [
        9818131,
        1090524,
        2489768,
      ]
    `)
  })

  it('begins alike whatever its length', () => {
    const long = populate({ facts }, { rows: 150_000, seed: 7 })
    const short = populate({ facts }, { rows: 66_000, seed: 7 })
    expect(long.columns.wageFen?.slice(0, 66_000)).toEqual(short.columns.wageFen)
  })

  it('is the same in shares as in the whole, items of lists too', () => {
    const whole = populate({ facts }, { rows: 150_000, seed: 7, sets: 3 })
    for (const [firstRow, rows] of [
      [0, 70_001],
      [70_001, 79_999],
    ] as const) {
      const share = populate({ facts }, { firstRow, rows, seed: 7, sets: 3 })
      const offsets = whole.columns['bills#'] ?? expect.unreachable()
      const [firstItem = 0, endItem = 0] = [offsets[firstRow], offsets[firstRow + rows]]
      for (const name of ['months', 'wageFen', 'since', 'since?', '@set']) {
        expect(share.columns[name], name).toEqual(whole.columns[name]?.slice(firstRow, firstRow + rows))
      }
      expect(share.columns['bills.amountFen']).toEqual(whole.columns['bills.amountFen']?.slice(firstItem, endItem))
      expect(share.columns['bills#']?.at(-1)).toBe(endItem - firstItem)
    }
  })

  it('has every quantity of an even column about as often', () => {
    const { months } = populate({ facts }, { rows: 121_000, seed: 1 }).columns
    const counts = new Array<number>(121).fill(0)
    for (const month of months ?? []) counts[month] = (counts[month] ?? 0) + 1
    expect(Math.min(...counts)).toBeGreaterThan(800)
    expect(Math.max(...counts)).toBeLessThan(1_200)
  })

  it('has half of a skewed column below its median, and none outside the unit', () => {
    const spreads: Record<string, Spread> = { wageFen: { is: 'skewed', median: 600_000, spread: 1 } }
    const wages = populate({ facts }, { rows: 100_000, seed: 1, spreads }).columns.wageFen ?? new Float64Array()
    expect(Array.from(wages).filter((wage) => wage < 600_000).length / wages.length).toBeCloseTo(0.5, 2)
    expect(mean(wages)).toBeGreaterThan(800_000)
    expect(Math.max(...wages.slice(0, 50_000))).toBeLessThanOrEqual(10_000_000)
  })

  it('follows weights, and has what lies on and beside each edge', () => {
    const spreads: Record<string, Spread> = {
      active: { is: 'weighted', weights: { true: 9, false: 1 } },
      months: { is: 'edges', at: [12, 120] },
      'since?': { is: 'weighted', weights: { true: 1, false: 3 } },
      since: { is: 'even', min: '2020-01-01', max: '2020-01-02' },
    }
    const { columns } = populate({ facts }, { rows: 50_000, seed: 3, spreads })
    expect(mean(columns.active)).toBeCloseTo(0.9, 2)
    expect([...new Set(columns.months)].toSorted((a, b) => a - b)).toEqual([0, 11, 12, 13, 119, 120])
    expect(mean(columns['since?'])).toBeCloseTo(0.25, 2)
    expect(new Set(columns.since)).toEqual(new Set([0, 18_262, 18_263]))
  })

  it('has as many items as its offsets say, at most as many as the list may have', () => {
    const spreads: Record<string, Spread> = { bills: { is: 'even', max: 9 } }
    const { columns } = populate({ facts }, { rows: 10_000, seed: 3, spreads })
    const offsets = Array.from(columns['bills#'] ?? [])
    const lengths = offsets.slice(1).map((end, row) => end - (offsets[row] ?? 0))
    expect(new Set(lengths)).toEqual(new Set([0, 1, 2, 3, 4]))
    expect(columns['bills.amountFen']).toHaveLength(offsets.at(-1) ?? -1)
    expect(Math.min(...(columns['bills.amountFen'] ?? []))).toBe(5)
  })

  it('names a set of values for each row where there are several', () => {
    const { columns } = populate({ facts }, { rows: 3_000, seed: 3, sets: 3 })
    expect(new Set(columns['@set'])).toEqual(new Set([0, 1, 2]))
  })

  it('refuses what a column cannot hold', () => {
    const [body] = exampleIr('court-booking.ts').bodies
    if (body === undefined) throw new Error('the example has a body')
    const spreads: Record<string, Spread> = { court: { is: 'weighted', weights: { sand: 1 } } }
    expect(() => populate(body, { rows: 1, seed: 1, spreads })).toThrow(
      'sand is nothing that the column court can hold',
    )
  })
})
