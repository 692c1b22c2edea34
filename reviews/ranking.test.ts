import { describe, expect, it } from 'vitest'
import { rankGroup, type Standing } from './ranking.ts'

const standingsOf = (sums: number[], terms: { passRatePpm: number; pointsMin?: number }): Standing[] =>
  rankGroup(
    sums.map((sum, index) => ({ code: `A-${index}`, points: [sum] })),
    { pointsMin: 0, ...terms },
  ).lines.map(({ standing }) => standing)

describe('the list of a group', () => {
  it('gives as many places as the ratio allows, rounded down, but one where anybody applied', () => {
    const placesOf = (count: number, passRatePpm: number) =>
      rankGroup(
        Array.from({ length: count }, (_, index) => ({ code: `A-${index}`, points: [index] })),
        { passRatePpm, pointsMin: 0 },
      ).places
    expect([placesOf(5, 600_000), placesOf(4, 600_000), placesOf(1, 600_000), placesOf(0, 600_000)]).toEqual([
      3, 2, 1, 0,
    ])
  })

  it.each<[string, number[], { passRatePpm: number; pointsMin?: number }, Standing[]]>([
    [
      'the best pass, the others do not',
      [90, 80, 70, 60],
      { passRatePpm: 500_000 },
      ['passed', 'passed', 'not_passed', 'not_passed'],
    ],
    [
      'equals at the last place are for people to tell apart',
      [90, 80, 80, 60],
      { passRatePpm: 500_000 },
      ['passed', 'tied', 'tied', 'not_passed'],
    ],
    [
      'equals who all have a place pass',
      [80, 80, 70, 60],
      { passRatePpm: 500_000 },
      ['passed', 'passed', 'not_passed', 'not_passed'],
    ],
    ['exactly the minimum is enough', [60, 59], { passRatePpm: 1_000_000, pointsMin: 60 }, ['passed', 'below_minimum']],
    [
      'a place is left empty rather than given below the minimum',
      [59, 58],
      { passRatePpm: 500_000, pointsMin: 60 },
      ['below_minimum', 'below_minimum'],
    ],
  ])('%s', (_, sums, terms, standings) => {
    expect(standingsOf(sums, terms)).toEqual(standings)
  })

  it('compares sums, so that no average is rounded', () => {
    const { lines } = rankGroup(
      [
        { code: 'A', points: [60, 60, 61] },
        { code: 'B', points: [60, 60, 60] },
      ],
      { passRatePpm: 500_000, pointsMin: 60 },
    )
    expect(lines.map(({ code, standing }) => [code, standing])).toEqual([
      ['A', 'passed'],
      ['B', 'not_passed'],
    ])
  })
})
