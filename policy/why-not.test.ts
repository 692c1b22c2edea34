import { describe, expect, it } from 'vitest'
import { exampleIr } from './examples/ir.ts'
import { exampleLabels } from './examples/labels.ts'
import { exampleValues } from './examples/values.ts'
import { readPolicies } from './reader/read.ts'
import { whyNot } from './why-not.ts'
import { renderWhyNot } from './why-not-sentences.ts'

const club = exampleIr('club-membership.ts')
const court = exampleIr('court-booking.ts')
const training = exampleIr('training-grant.ts')

const member = { kind: 'adult', joinsOn: '2024-03-31', suspended: false, guests: [] }
const booking = {
  ...{ court: 'grass', hours: 2, requestedOn: '2024-06-01', playedOn: '2024-06-02', depositFen: 0 },
  ...{ memberNumber: 'A-1', depositorNumber: 'A-1', equipment: [], players: [{ age: 40, guest: false }] },
}
const course = { level: 4, special: false, passedOn: '2024-01-01', paidFen: 100_00, sport: 'tennis' }
const trainer = { months: 24, requestedOn: '2024-05-05', hoursByTerm: [20, 30], absences: 0, courses: [course] }
const troubled = {
  ...booking,
  ...{ court: 'clay', bannedUntil: '2024-06-02', equipment: ['machine'], players: [{ age: 17, guest: true }] },
}

describe('what stands in the way of a grant', () => {
  it('is nothing when it is granted', () => {
    expect(whyNot(club, member, exampleValues, '2024-03-31')).toMatchObject({ obstacles: [], isAll: true })
  })

  it('is every condition that would refuse or refer, in the order of the rule, not only the first', () => {
    const { obstacles, isAll, decision } = whyNot(court, troubled, exampleValues, '2024-06-01')
    expect(decision.reason).toBe('banned')
    expect(obstacles.map((each) => each.stands === 'outcome' && [each.outcome, each.reason, each.because])).toEqual([
      ['refused', 'banned', 'S21'],
      ['refused', 'court_closed', 'S23'],
      ['refused', 'machine_needs_adult', 'S24'],
      ['referred', 'guests_only', 'S26'],
    ])
    expect(isAll).toBe(true)
  })

  it('names the sides that decide: all that must hold, or one that is enough', () => {
    const all = whyNot(training, { ...trainer, months: 5, hoursByTerm: [20] }, exampleValues, '2024-06-01')
    expect(all.obstacles).toMatchObject([
      {
        reason: 'too_little_training',
        need: {
          needs: 'all',
          of: [
            { needs: 'condition', holds: false, is: { source: 'facts.months < values.monthsMin' } },
            { needs: 'condition', holds: false, is: { source: 'hoursOfBestTerms < values.hoursMin' } },
          ],
        },
      },
    ])
    const any = whyNot(
      court,
      { ...booking, equipment: ['machine'], players: [{ age: 17, guest: false }] },
      exampleValues,
      '2024-06-01',
    )
    expect(any.obstacles).toMatchObject([
      {
        need: {
          needs: 'any',
          of: [
            { holds: false, is: { op: 'someOf' } },
            { holds: true, is: { op: 'someOf' } },
          ],
        },
      },
    ])
  })

  it('says so where what comes after depends on how a condition is met', () => {
    expect(whyNot(club, { ...member, kind: 'company' }, exampleValues, '2024-03-31')).toMatchObject({
      obstacles: [{ outcome: 'referred', reason: 'company_needs_board', because: 'S12' }],
      isAll: false,
    })
  })

  it('is looked for in the last of two outcomes of one condition too', () => {
    const centre = { ...booking, court: 'centre', depositFen: 100_00, depositorNumber: 'B-2' }
    const { obstacles } = whyNot(court, centre, exampleValues, '2024-06-01')
    expect(obstacles).toMatchObject([
      { reason: 'deposit_of_another', need: { holds: false } },
      { reason: 'deposit_too_small', need: { holds: true, is: { source: 'facts.depositFen >= hireFen' } } },
    ])
  })

  it('says nothing of a day without a rule', () => {
    expect(whyNot(club, member, exampleValues, '2019-12-31')).toMatchObject({
      decision: { reason: 'not_in_force' },
      obstacles: [],
      isAll: false,
    })
  })
})

describe('what stands in the way of an item', () => {
  const courses = [
    course,
    { ...course, level: 5 },
    { ...course, passedOn: '2020-01-01' },
    { ...course, sport: 'chess' },
  ]

  it('is what refuses the whole first, then what refuses the item', () => {
    const facts = { ...trainer, months: 11, courses }
    const reasons = (item: number) => whyNot(training, facts, exampleValues, '2024-06-01', { item }).obstacles
    expect(reasons(0)).toMatchObject([
      { reason: 'too_little_training' },
      { reason: 'others_rank_higher', because: 'S41', need: { holds: false, is: { op: '===' } } },
    ])
    expect(reasons(1)).toMatchObject([{ reason: 'too_little_training' }])
    // Where it would have ranked had it been in time is not known.
    expect(whyNot(training, facts, exampleValues, '2024-06-01', { item: 2 })).toMatchObject({
      obstacles: [
        { reason: 'too_little_training' },
        { reason: 'too_late', need: { holds: true, is: { op: 'hasItem' } } },
      ],
      isAll: false,
    })
    expect(reasons(3)).toMatchObject([
      { reason: 'too_little_training' },
      {
        because: 'S41',
        need: {
          needs: 'all',
          of: [
            { needs: 'word', options: ['tennis', 'other'] },
            { needs: 'condition', holds: false },
          ],
        },
      },
    ])
  })

  it('needs an item that is there', () => {
    expect(() => whyNot(training, trainer, exampleValues, '2024-06-01', { item: 1 })).toThrow(RangeError)
  })
})

describe('what keeps a result low', () => {
  const guest = { visitedOn: '2024-01-05', visits: 3, feePaidFen: 500_00 }
  const facts = { ...member, memberSince: '2023-06-01', guests: [guest] }

  it('is each other way and each cap that would give more by itself', () => {
    const loyal = whyNot(club, facts, exampleValues, '2024-06-01', { result: 'feeFen' })
    expect(loyal.obstacles).toEqual([])
    const absent = whyNot(training, { ...trainer, months: 3 }, exampleValues, '2024-06-01', { result: 'amountFen' })
    expect(absent.obstacles).toMatchObject([{ stands: 'outcome', reason: 'too_little_training' }])
    const early = { ...booking, playedOn: '2024-06-30' }
    expect(whyNot(court, early, exampleValues, '2024-06-01', { result: 'priceFen' }).obstacles).toMatchObject([
      { stands: 'amount', result: 'priceFen', gives: 206_11, need: { needs: 'any' } },
    ])
  })

  it('is nothing when the wish is met, and needs a result that there is', () => {
    const early = { ...booking, playedOn: '2024-06-30' }
    const wish = { result: 'priceFen', atLeast: 100_00 }
    expect(whyNot(court, early, exampleValues, '2024-06-01', wish).obstacles).toEqual([])
    expect(() => whyNot(court, early, exampleValues, '2024-06-01', { result: 'nothing' })).toThrow(RangeError)
  })

  it('is told for an item: the cap on its refund', () => {
    const { obstacles } = whyNot(training, trainer, exampleValues, '2024-06-01', { item: 0, result: 'refundFen' })
    expect(obstacles).toMatchObject([{ stands: 'amount', gives: 100_00, need: { needs: 'cap' } }])
  })
})

describe('sentences', () => {
  const told = (language: 'zh' | 'en') => [
    ...renderWhyNot(whyNot(court, troubled, exampleValues, '2024-06-01'), exampleLabels[language], language),
    ...renderWhyNot(
      whyNot(
        training,
        { ...trainer, months: 5, courses: [{ ...course, sport: 'chess' }] },
        exampleValues,
        '2024-06-01',
        { item: 0 },
      ),
      exampleLabels[language],
      language,
    ),
    ...renderWhyNot(
      whyNot(training, trainer, exampleValues, '2024-06-01', { item: 0, result: 'refundFen' }),
      exampleLabels[language],
      language,
    ),
    ...renderWhyNot(
      whyNot(club, { ...member, kind: 'company' }, exampleValues, '2024-03-31'),
      exampleLabels[language],
      language,
    ),
    ...renderWhyNot(
      whyNot(club, { ...member, suspended: true }, exampleValues, '2024-03-31'),
      exampleLabels[language],
      language,
    ),
    ...renderWhyNot(whyNot(club, member, exampleValues, '2024-03-31'), exampleLabels[language], language),
    ...renderWhyNot(whyNot(club, member, exampleValues, '2019-12-31'), exampleLabels[language], language),
  ]

  it.each(['zh', 'en'] as const)('tell it in %s as they always did', async (language) => {
    await expect(`${told(language).join('\n')}\n`).toMatchFileSnapshot(`golden/why-not.${language}.txt`)
  })
})

it('stops where a condition is about items that another one has already found missing', () => {
  const source = `import { count, countOf, filterOf, flag, grant, list, policy, record, refuse } from './door.ts'
export const proof = policy({
  id: 'proof',
  title: { zh: '证明', en: 'Proof' },
  from: '2024-01-01',
  clause: 'S1',
  facts: { months: count('month'), papers: list(record({ fits: flag(), used: flag() }), { of: 'paper', max: 5 }) },
  values: { monthsMin: count('month') },
  results: { papers: count('paper') },
  decide(facts, values) {
    if (facts.months < values.monthsMin) return refuse('too_short', 'S2')
    const fitting = filterOf(facts.papers, (paper) => paper.fits)
    if (countOf(fitting, () => true) === 0) return refuse('none_fits', 'S3')
    const fresh = filterOf(fitting, (paper) => !paper.used)
    if (countOf(fresh, () => true) === 0) return refuse('all_used', 'S4')
    return grant({ papers: countOf(fresh, () => true) }, 'S5')
  },
})`
  const [ir = expect.unreachable()] = readPolicies(source, 'proof.ts')
  const monthsMin = { value: 6, unit: 'month', from: '2024-01-01', source: 'S2', region: 'club' }
  const told = (papers: object[]) => {
    const { obstacles, isAll } = whyNot(ir, { months: 1, papers }, { monthsMin }, '2024-05-01')
    return { reasons: obstacles.map((each) => (each.stands === 'outcome' ? each.reason : 'amount')), isAll }
  }
  expect(told([{ fits: false, used: false }])).toEqual({ reasons: ['too_short', 'none_fits'], isAll: false })
  expect(told([{ fits: true, used: true }])).toEqual({ reasons: ['too_short', 'all_used'], isAll: true })
  expect(told([{ fits: true, used: false }])).toEqual({ reasons: ['too_short'], isAll: true })
})
