import { describe, expect, it } from 'vitest'
import { decide, FactProblems, irHash, type ResolvedValues, ValueProblems, valuesHash } from './door.ts'
import { exampleIr } from './examples/ir.ts'
import { exampleValues } from './examples/values.ts'

const ir = exampleIr('club-membership.ts')
const applicant = { kind: 'adult', joinsOn: '2024-03-31', memberSince: null, suspended: false }
const member = { ...applicant, guests: [] }

/** Results as `name: value unit`. */
function told(facts: object, on = '2024-03-31', values: ResolvedValues = exampleValues): object {
  const { outcome, results, reason, because, amountFen } = decide(ir, facts, values, on)
  const list = Object.entries(results).map(([name, { value, unit }]) => `${name}: ${value} ${unit}`)
  return { outcome, results: list, reason, because, amountFen }
}

describe('the dated bodies of one policy', () => {
  it.each([
    ['the day before the first body', '2019-12-31', 'refused', 'not_in_force', 'S1'],
    ['the first day of the first body', '2020-01-01', 'granted', null, 'S3'],
    ['the last day of the first body', '2023-12-31', 'granted', null, 'S3'],
  ])('%s', (_, on, outcome, reason, because) => {
    expect(decide(ir, applicant, exampleValues, on)).toMatchObject({ outcome, reason, because })
  })

  it('the first day of the second body', () => {
    expect(decide(ir, member, exampleValues, '2024-01-01')).toMatchObject({ outcome: 'granted', because: 'S13' })
  })

  it('a day in a gap, or after the end, is answered with the clause of the body that ended', () => {
    const [first, second] = ir.bodies
    if (!first || !second) throw new Error('the example has two bodies')
    const withGap = { ...ir, bodies: [first, { ...second, from: '2024-02-01', to: '2024-12-31' }] }
    expect(decide(withGap, member, exampleValues, '2024-01-31')).toMatchObject({
      reason: 'not_in_force',
      because: 'S1',
    })
    expect(decide(withGap, member, exampleValues, '2025-01-01')).toMatchObject({
      outcome: 'refused',
      reason: 'not_in_force',
      because: 'S10',
      results: {},
      policy: { id: 'club-membership-fee', irHash: irHash(withGap), valuesHash: valuesHash({}) },
    })
  })
})

describe('a decision', () => {
  it('grants results with their units, and the total as amountFen', () => {
    expect(told(member)).toEqual({
      outcome: 'granted',
      results: ['feeFen: 60000 fen', 'validUntil: 2025-03-31 date', 'tier: plain choice', 'guestsCounted: 0 guest'],
      reason: null,
      because: 'S13',
      amountFen: 60_000,
    })
  })

  it.each([
    ['59 months of membership', '2019-05-01', 60_000],
    ['60 months of membership', '2019-03-31', 52_500],
    ['61 months of membership', '2019-02-28', 52_500],
  ])('%s', (_, memberSince, amountFen) => {
    expect(told({ ...member, memberSince })).toMatchObject({ amountFen })
  })

  it.each([
    ['2 visits do not count', 2, 60_000],
    ['3 visits count: a third of 100.01 yuan, rounded down', 3, 60_000 - 3_333],
  ])('%s', (_, visits, amountFen) => {
    const guests = [{ visitedOn: '2024-01-01', visits, feePaidFen: 10_001 }]
    expect(told({ ...member, guests })).toMatchObject({ amountFen })
  })

  it('refuses and refers with reason and clause, without results and without a total', () => {
    expect(told({ ...member, suspended: true })).toEqual({
      outcome: 'refused',
      results: [],
      reason: 'suspended',
      because: 'S11',
      amountFen: undefined,
    })
    expect(told({ ...member, kind: 'company' })).toMatchObject({ outcome: 'referred', because: 'S12' })
  })

  it('names the assumed values that were read, and only those', () => {
    const { assumptions } = decide(ir, { ...member, memberSince: '2010-01-01' }, exampleValues, '2024-03-31')
    expect(assumptions).toEqual([{ name: 'loyaltyRate', value: 125_000, unit: 'ppm', source: 'S13' }])
    expect(decide(ir, member, exampleValues, '2024-03-31').assumptions).toEqual([])
  })

  it('carries the fingerprints of the rule and of the values that the body declares', () => {
    const { policy } = decide(ir, member, exampleValues, '2024-03-31')
    const { hourlyFen: _, ...fewer } = exampleValues
    const { feeByKind, ...others } = exampleValues
    expect(policy).toMatchObject({ id: 'club-membership-fee', irHash: irHash(ir) })
    expect(decide(ir, member, fewer, '2024-03-31').policy).toEqual(policy)
    const dearer = {
      ...others,
      feeByKind: { ...feeByKind, value: { adult: 1, youth: 1, senior: 1 } },
    } as ResolvedValues
    expect(decide(ir, member, dearer, '2024-03-31').policy.valuesHash).not.toBe(policy.valuesHash)
  })
})

describe('what cannot be decided', () => {
  it('facts that do not parse', () => {
    expect(() => decide(ir, applicant, exampleValues, '2024-01-01')).toThrow(FactProblems)
  })

  it.each(['2024-02-30', 'today', ''])('on the day "%s"', (on) => {
    expect(() => decide(ir, member, exampleValues, on)).toThrow(FactProblems)
  })

  it.each([
    ['missing', { termMonths: undefined }, 'values.termMonths: expected a value, found nothing'],
    ['of another unit', { termMonths: { unit: 'day' } }, 'values.termMonths: expected the unit month, found day'],
    [
      'out of range',
      { termMonths: { value: 37 } },
      'values.termMonths: expected a whole number (month) from 0 to 36, found 37',
    ],
    [
      'not yet in force',
      { termMonths: { from: '2024-04-01' } },
      'values.termMonths: expected a value in force on 2024-03-31, found one from 2024-04-01',
    ],
    [
      'no longer in force',
      { termMonths: { to: '2024-03-30' } },
      'values.termMonths: expected a value in force on 2024-03-31, found one from 2020-01-01 to 2024-03-30',
    ],
    [
      'a table without a key',
      { feeByKind: { value: { adult: 1, youth: 1 } } },
      "values.feeByKind: expected under the key 'senior' whole fen from 0 to 1000000, found nothing",
    ],
    [
      'no table',
      { feeByKind: { value: 5 } },
      "values.feeByKind: expected under the key 'adult' whole fen from 0 to 1000000, found nothing",
    ],
  ])('with a value %s', (_, change, expected) => {
    const values: Record<string, unknown> = { ...exampleValues }
    for (const [name, wrong] of Object.entries(change)) values[name] = wrong && { ...exampleValues[name], ...wrong }
    try {
      decide(ir, member, values as ResolvedValues, '2024-03-31')
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(ValueProblems)
      expect(error).toHaveProperty('message', expected)
    }
  })

  it('a value that holds on its last day is in force', () => {
    const { termMonths } = exampleValues
    const values = { ...exampleValues, termMonths: { ...termMonths, to: '2024-03-31' } } as ResolvedValues
    expect(told(member, '2024-03-31', values)).toMatchObject({ outcome: 'granted' })
  })
})
