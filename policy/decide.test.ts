import { describe, expect, it } from 'vitest'
import {
  decide,
  FactProblems,
  irHash,
  prepare,
  type ResolvedValues,
  readPolicies,
  ValueProblems,
  valuesHash,
} from './door.ts'
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

describe('the training grant, course by course', () => {
  const training = exampleIr('training-grant.ts')
  const course = { level: 2, special: false, passedOn: '2023-05-01', paidFen: 801_00, sport: 'tennis' }
  const trainer = { months: 12, requestedOn: '2024-06-01', hoursByTerm: [30, 10], absences: 0, courses: [course] }

  /** The outcome and its amount, then those of each course. */
  function toldByCourse(facts: object, on = '2024-06-01'): string[] {
    const { items, ...decision } = decide(training, facts, exampleValues, on)
    return [decision, ...(items?.outcomes ?? [])].map(
      ({ outcome, reason, because, amountFen }) => `${reason ?? outcome} ${because} ${amountFen ?? '-'}`,
    )
  }

  it.each([
    ['12 months', { months: 12 }, ['granted S40 10000', 'granted S40 10000']],
    ['11 months: kept for later', { months: 11 }, ['too_little_training S37 -', 'kept_for_later S38 -']],
    ['40 hours in the two best terms', { hoursByTerm: [30, 10, 10] }, ['granted S40 10000', 'granted S40 10000']],
    ['39 hours', { hoursByTerm: [29, 10] }, ['too_little_training S37 -', 'kept_for_later S38 -']],
    [
      '30 hours, for a term of 9 does not count',
      { hoursByTerm: [30, 9, 9] },
      ['too_little_training S37 -', 'kept_for_later S38 -'],
    ],
    [
      'passed two years ago',
      { courses: [{ ...course, passedOn: '2022-06-01' }] },
      ['granted S40 10000', 'granted S40 10000'],
    ],
    [
      'passed two years and a day ago',
      { courses: [{ ...course, passedOn: '2022-05-31' }] },
      ['granted S40 0', 'too_late S39 -'],
    ],
    [
      'too late and too little training',
      { months: 11, courses: [{ ...course, passedOn: '2022-05-31' }] },
      ['too_little_training S37 -', 'too_late S39 -'],
    ],
    ['19 days absent', { absences: 19 }, ['granted S40 500', 'granted S40 10000']],
    ['20 days absent, and never below nothing', { absences: 21 }, ['granted S40 0', 'granted S40 10000']],
    [
      'of two plain ones the better',
      { courses: [course, { ...course, level: 3 }] },
      ['granted S40 15000', 'others_rank_higher S41 -', 'granted S40 15000'],
    ],
    [
      'of two equal ones the one passed first',
      {
        courses: [
          { ...course, level: 4 },
          { ...course, level: 3, passedOn: '2023-04-30' },
        ],
      },
      ['granted S40 15000', 'others_rank_higher S41 -', 'granted S40 15000'],
    ],
    [
      'special ones besides, up to three in all',
      { courses: [course, ...[1, 3, 5].map((level) => ({ ...course, level, special: true }))] },
      ['granted S40 55000', 'granted S40 10000', 'others_rank_higher S41 -', 'granted S44 15000', 'granted S44 30000'],
    ],
    [
      'a chess course is looked at',
      { courses: [{ ...course, sport: 'chess' }] },
      ['granted S40 10000', 'chess_is_looked_at S42 -'],
    ],
    ['no course', { courses: [] }, ['granted S40 0']],
  ])('%s', (_, change, expected) => {
    expect(toldByCourse({ ...trainer, ...change })).toEqual(expected)
  })

  it('gives each course its results with their units', () => {
    expect(decide(training, trainer, exampleValues, '2024-06-01').items).toEqual({
      list: 'courses',
      outcomes: [
        {
          outcome: 'granted',
          results: {
            amountFen: { value: 10_000, unit: 'fen' },
            refundFen: { value: 40_050, unit: 'fen' },
            payableUntil: { value: '2025-05-01', unit: 'date' },
          },
          reason: null,
          because: 'S40',
          amountFen: 10_000,
        },
      ],
    })
  })

  it('names a value as assumed that only items have read, and only then', () => {
    const assumed = { ...exampleValues, refundRate: { ...exampleValues.refundRate, assumed: true } } as ResolvedValues
    const names = (facts: object) => decide(training, facts, assumed, '2024-06-01').assumptions.map(({ name }) => name)
    expect(names(trainer)).toEqual(['absenceFen', 'refundRate'])
    expect(names({ ...trainer, courses: [] })).toEqual(['absenceFen'])
  })

  it('by the body of the day: every course at first, then the three dearest', () => {
    const courses = [1, 2, 3, 4].map((level) => ({
      level,
      special: false,
      passedOn: level === 4 ? null : '2020-01-01',
      paidFen: level * 100,
    }))
    expect(toldByCourse({ months: 0, courses }, '2021-12-31')).toEqual([
      ...['granted S31 30000', 'granted S31 5000', 'granted S31 10000', 'granted S31 15000', 'not_passed S32 -'],
    ])
    expect(toldByCourse({ months: 12, courses }, '2022-01-01')).toEqual(['granted S35 600'])
    expect(toldByCourse({ months: 11, courses }, '2022-01-01')).toEqual(['member_too_short S34 -'])
  })
})

it('nothing times a negative number is nothing, in every way of deciding', () => {
  const source = `import { count, grant, money, policy } from './door.ts'
export const debt = policy({
  id: 'debt',
  title: { zh: '欠', en: 'Debt' },
  from: '2024-01-01',
  clause: 'S1',
  facts: { months: count('month'), monthlyFen: money({ min: -100, max: 100 }) },
  values: {},
  results: { debtFen: money({ min: -1_000_000, max: 1_000_000 }) },
  total: 'debtFen',
  decide(facts) {
    return grant({ debtFen: facts.monthlyFen * facts.months }, 'S1')
  },
})`
  const [ir = expect.unreachable()] = readPolicies(source, 'debt.ts')
  const facts = { months: 0, monthlyFen: -7 }
  for (const decided of [decide(ir, facts, {}, '2024-05-01'), prepare(ir, {}, '2024-05-01').decide(facts)]) {
    expect(decided.results.debtFen?.value).toBe(0)
    expect(decided.amountFen).toBe(0)
  }
})
