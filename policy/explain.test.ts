import { describe, expect, it } from 'vitest'
import { explain, MissingLabels, type PolicyIr, renderExplanation } from './door.ts'
import { exampleIr } from './examples/ir.ts'
import { exampleLabels } from './examples/labels.ts'
import { exampleValues } from './examples/values.ts'

const club = exampleIr('club-membership.ts')
const court = exampleIr('court-booking.ts')
const training = exampleIr('training-grant.ts')

const member = { kind: 'adult', joinsOn: '2024-03-31', suspended: false, guests: [] }
const guest = { visitedOn: '2024-01-05', visits: 3, feePaidFen: 10_001 }
const booking = {
  ...{ court: 'grass', hours: 2, requestedOn: '2024-06-01', playedOn: '2024-06-02', depositFen: 0 },
  ...{ memberNumber: 'A-1', depositorNumber: 'A-1', equipment: [], players: [{ age: 40, guest: false }] },
}

const passed = { level: 2, special: false, passedOn: '2020-05-01', paidFen: 800_00 }
const course = { ...passed, passedOn: '2023-05-01', sport: 'tennis' }
const trainer = {
  ...{ months: 12, requestedOn: '2024-06-01', hoursByTerm: [30, 9, 12, 20], absences: 2 },
  courses: [
    course,
    { ...course, level: 3, sport: 'other' },
    { ...course, level: 4, passedOn: '2023-01-01', special: true, sport: 'chess' },
    { ...course, level: 1, special: true },
    { ...course, level: 5, passedOn: '2022-05-31' },
  ],
}

const cases: readonly [name: string, ir: PolicyIr, facts: object, on: string][] = [
  ['a new member pays the whole fee', club, member, '2024-03-31'],
  [
    'a loyal member with guests pays less',
    club,
    { ...member, memberSince: '2015-06-01', guests: [guest, { ...guest, visits: 2 }] },
    '2024-03-31',
  ],
  ['a suspended member is refused', club, { ...member, suspended: true }, '2024-03-31'],
  ['a company is put before the board', club, { ...member, kind: 'company' }, '2024-03-31'],
  ['the fee by the old statutes', club, { kind: 'youth', joinsOn: '2022-01-01', suspended: false }, '2022-01-01'],
  ['before the club existed', club, member, '2019-12-31'],
  ['grass at short notice', court, booking, '2024-06-01'],
  ['a ban that has not ended', court, { ...booking, bannedUntil: '2024-06-02' }, '2024-06-01'],
  ['a closed court', court, { ...booking, court: 'clay' }, '2024-06-01'],
  [
    'the machine without an adult',
    court,
    { ...booking, equipment: ['machine'], players: [{ age: 17, guest: false }] },
    '2024-06-01',
  ],
  [
    'every course passed is paid',
    training,
    { months: 3, courses: [passed, { ...passed, passedOn: null }] },
    '2021-06-01',
  ],
  [
    'the two dearest courses are paid',
    training,
    { months: 12, courses: [passed, { ...passed, paidFen: 900_00 }, { ...passed, paidFen: 950_00 }] },
    '2023-06-01',
  ],
  ['no course, too little training', training, { ...trainer, courses: [], hoursByTerm: [9] }, '2024-06-01'],
  ['too little training, courses kept for later', training, { ...trainer, months: 11 }, '2024-06-01'],
  ['courses are ranked and told one by one', training, trainer, '2024-06-01'],
  ['the centre court with a deposit', court, { ...booking, court: 'centre', depositFen: 20_000 }, '2024-06-01'],
]

describe('an explanation in sentences', () => {
  it.each(['zh', 'en'] as const)('is told in %s as it always was', async (language) => {
    const told = cases.map(([name, ir, facts, on]) => {
      const sentences = renderExplanation(explain(ir, facts, exampleValues, on), exampleLabels[language], language)
      return `# ${name}\n${sentences.join('\n')}\n`
    })
    await expect(told.join('\n')).toMatchFileSnapshot(`golden/explanations.${language}.txt`)
  })

  it('is not told with a label missing, and names every missing one', () => {
    const labels = new Map([...exampleLabels.zh].filter(([key]) => key !== 'facts.suspended' && key !== 'clauses.S11'))
    const explanation = explain(club, { ...member, suspended: true }, exampleValues, '2024-03-31')
    expect(() => renderExplanation(explanation, labels, 'zh')).toThrow(MissingLabels)
    expect(() => renderExplanation(explanation, labels, 'zh')).toThrow('facts.suspended, clauses.S11')
  })
})

describe('the steps of an explanation', () => {
  it('say what was compared with what, where each comes from, and what followed', () => {
    const { steps } = explain(court, { ...booking, playedOn: '2024-11-01' }, exampleValues, '2024-06-01')
    expect(steps).toMatchObject([
      { step: 'condition', holds: false, condition: { source: 'facts.bannedUntil !== null' } },
      {
        step: 'condition',
        holds: true,
        leadsTo: 'refused',
        condition: {
          op: '>',
          value: true,
          unit: 'flag',
          source: 'facts.playedOn > values.seasonEndsOn',
          operands: [
            { value: '2024-11-01', unit: 'date', origin: { from: 'fact', name: 'playedOn' } },
            {
              value: '2024-10-31',
              unit: 'date',
              origin: {
                from: 'value',
                name: 'seasonEndsOn',
                since: '2020-01-01',
                to: '2024-12-31',
                source: 'S22',
                region: 'club',
              },
            },
          ],
        },
      },
      { step: 'outcome', outcome: 'refused', reason: 'season_over', because: 'S22' },
    ])
  })

  it('leave out what was not evaluated', () => {
    const { steps } = explain(club, member, exampleValues, '2024-03-31')
    const loyal = steps.find((step) => step.step === 'const' && step.name === 'loyal')
    expect(loyal).toMatchObject({
      is: { op: '&&', value: false, operands: [{ source: 'facts.memberSince !== null' }] },
    })
  })

  it('tell a selection by the numbers of its items, and each item with its own steps', () => {
    const { steps } = explain(training, trainer, exampleValues, '2024-06-01')
    const paid = steps.find((step) => step.step === 'const' && step.name === 'paid')
    expect(paid).toMatchObject({ is: { op: 'firstOf', value: 3, unit: 'list', chosen: [3, 2, 4] } })
    const outcome = steps.at(-1)
    expect(outcome).toMatchObject({
      step: 'outcome',
      outcome: 'granted',
      each: {
        list: 'courses',
        items: [
          {
            number: 1,
            steps: [{ holds: false }, {}, {}, {}, {}, { outcome: 'refused', reason: 'others_rank_higher' }],
          },
          { number: 2 },
          { number: 3, steps: [{}, {}, { step: 'choice' }, { holds: false }, { outcome: 'referred', because: 'S42' }] },
          { number: 4 },
          { number: 5, steps: [{ holds: true, leadsTo: 'refused' }, { reason: 'too_late' }] },
        ],
      },
    })
  })

  it('tell a list item by item', () => {
    const { steps } = explain(
      club,
      { ...member, guests: [guest, { ...guest, visits: 2 }] },
      exampleValues,
      '2024-03-31',
    )
    const counted = steps.find((step) => step.step === 'const' && step.name === 'guestsCounted')
    expect(counted).toMatchObject({
      is: {
        value: 1,
        unit: 'guest',
        items: [
          { value: true, operands: [{ value: 3, origin: { from: 'item', list: 'guests', field: 'visits' } }, {}] },
          { value: false, operands: [{ value: 2 }, { value: 3 }] },
        ],
      },
    })
  })
})
