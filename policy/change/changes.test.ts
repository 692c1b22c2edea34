import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../dates.ts'
import { decide } from '../decide.ts'
import { exampleIr } from '../examples/ir.ts'
import { exampleLabels } from '../examples/labels.ts'
import { exampleValues } from '../examples/values.ts'
import type { PolicyIr } from '../ir.ts'
import { arbitraryFacts } from '../testing.ts'
import { renderChanges } from './change-sentences.ts'
import { findChanges } from './changes.ts'
import { aimOf, type Goal, meets } from './goal.ts'

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

/** Each change in short: `months +2`, `court =hall`, `- guests.0`. */
function told(ir: PolicyIr, facts: object, goal: Goal, fixed: readonly string[] = []) {
  const { changes, pairs, isAll } = findChanges(ir, facts, exampleValues, '2024-06-01', goal, { fixed })
  const short = ({ of }: (typeof changes)[number]) =>
    of
      .map((each) => {
        if (each.change !== 'set') return `${each.change} ${each.path}`
        return each.by === undefined ? `${each.path} =${each.to}` : `${each.path} ${each.by > 0 ? '+' : ''}${each.by}`
      })
      .join(' & ')
  return { changes: changes.map(short), pairs: pairs.map(short), isAll }
}

describe('what would change it', () => {
  const youngPlayers = { players: [{ age: 17, guest: false }], equipment: ['machine', 'balls'] }

  it.each<[string, PolicyIr, object, Goal, string[], string[]?]>([
    ['two more months', training, { ...trainer, months: 10 }, 'granted', ['months +2']],
    [
      'level 5 instead of 4, or one course more',
      training,
      trainer,
      { more: 'amountFen' },
      ['courses.0.level +1', 'add courses'],
    ],
    [
      'more hours in a term, or a term more',
      training,
      { ...trainer, hoursByTerm: [9, 15] },
      'granted',
      ['hoursByTerm.0 +16', 'hoursByTerm.1 +25', 'add hoursByTerm'],
    ],
    ['no suspension', club, { ...member, suspended: true }, 'granted', ['suspended =false']],
    [
      'two things together where no single one does',
      club,
      { ...member, suspended: true, kind: 'company' },
      'granted',
      [],
      ['kind =adult & suspended =false'],
    ],
    ['another outcome', club, member, { outcome: 'referred' }, ['kind =company']],
    ['an outcome for a reason', club, member, { outcome: 'refused', reason: 'suspended' }, ['suspended =true']],
    ['nothing at all', club, member, { outcome: 'refused', reason: 'no_such_reason' }, []],
    [
      'another court, no hours, or a deposit as high as the hire',
      court,
      { ...booking, court: 'centre', depositFen: 100 },
      'granted',
      ['court =grass', 'court =hall', 'hours -2', 'depositFen +15910'],
    ],
    [
      'a day later, or a ban that ends a day earlier or is lifted',
      court,
      { ...booking, bannedUntil: '2024-06-02' },
      'granted',
      ['playedOn +1', 'bannedUntil -1', 'bannedUntil =null'],
    ],
    [
      'no machine, an older player, or an adult more',
      court,
      { ...booking, ...youngPlayers },
      'granted',
      ['equipment.0 =balls', 'players.0.age +1', 'remove equipment.0', 'add players'],
    ],
    ['somebody who plays', court, { ...booking, players: [] }, 'granted', ['add players']],
    [
      'the number of another',
      court,
      { ...booking, court: 'centre', depositFen: 500_00, depositorNumber: 'B-2' },
      'granted',
      ['court =grass', 'court =hall', 'memberNumber =B-2', 'depositorNumber =A-1'],
    ],
  ])('%s', (_name, ir, facts, goal, changes, pairs = []) => {
    expect(told(ir, facts, goal)).toEqual({ changes, pairs, isAll: true })
  })

  it('is nothing when the goal is met, and on a day without a rule', () => {
    expect(findChanges(club, member, exampleValues, '2024-06-01', 'granted')).toMatchObject({
      isMet: true,
      changes: [],
    })
    expect(findChanges(club, member, exampleValues, '2019-12-31', 'granted')).toMatchObject({
      ...{ isMet: false, changes: [], pairs: [], isAll: true },
    })
  })

  it('leaves alone what is fixed', () => {
    const facts = { ...booking, ...youngPlayers }
    expect(told(court, facts, 'granted', ['equipment', 'players.age']).changes).toEqual(['add players'])
    expect(told(club, { ...member, suspended: true }, 'granted', ['suspended'])).toMatchObject({
      changes: [],
      pairs: [],
    })
  })

  it('needs a result that is a quantity', () => {
    const more = (result: string) => () => findChanges(club, member, exampleValues, '2024-06-01', { more: result })
    expect(more('validUntil')).toThrow(RangeError)
    expect(more('nothing')).toThrow(RangeError)
  })
})

describe('sentences', () => {
  const facts = { ...booking, bannedUntil: '2024-06-02' }
  const asked: readonly [PolicyIr, object, Goal][] = [
    [court, facts, 'granted'],
    [court, { ...booking, court: 'centre', depositFen: 100 }, 'granted'],
    [court, { ...booking, players: [{ age: 17, guest: false }], equipment: ['machine', 'balls'] }, 'granted'],
    [training, { ...trainer, months: 10 }, 'granted'],
    [training, trainer, { more: 'amountFen' }],
    [club, { ...member, suspended: true, kind: 'company' }, 'granted'],
    [club, member, { outcome: 'referred' }],
    [club, member, { outcome: 'refused', reason: 'no_such_reason' }],
    [club, member, 'granted'],
  ]

  it.each(['zh', 'en'] as const)('tell it in %s as they always did', async (language) => {
    const told = asked.flatMap(([ir, given, goal]) =>
      renderChanges(findChanges(ir, given, exampleValues, '2024-06-01', goal), exampleLabels[language], language),
    )
    await expect(`${told.join('\n')}\n`).toMatchFileSnapshot(`golden/changes.${language}.txt`)
  })
})

const goals: readonly Goal[] = ['granted', { outcome: 'refused' }, { outcome: 'referred' }]
const cases = [
  { name: 'membership fee', ir: club, on: '2024-01-01', goals: [...goals, { more: 'feeFen' }] },
  { name: 'court booking', ir: court, on: '2024-06-01', goals: [...goals, { more: 'priceFen' }] },
  { name: 'training grant', ir: training, on: '2024-06-01', goals: [...goals, { more: 'amountFen', atLeast: 100_00 }] },
]

describe.each(cases)('$name', ({ ir, on, goals: wanted }) => {
  const units = ir.bodies.at(-1)?.facts ?? {}
  const facts = arbitraryFacts(units, exampleValues)

  it('shows each change true, and none smaller does it', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...wanted), (given, goal) => {
        const { decision, changes, pairs } = findChanges(ir, given, exampleValues, on, goal)
        const aim = aimOf(goal, decision)
        for (const change of [...changes, ...pairs]) {
          expect(change.decision).toEqual(decide(ir, change.facts, exampleValues, on))
          expect(meets(aim, change.decision)).toBe(true)
        }
        for (const { facts: changed, of } of changes) {
          const [only] = of
          if (only?.change !== 'set' || only.by === undefined || Math.abs(only.by) < 2) continue
          const less =
            typeof only.to === 'number' ? only.to - Math.sign(only.by) : addDays(String(only.to), -Math.sign(only.by))
          expect(meets(aim, decide(ir, put(changed, only.path, less), exampleValues, on))).toBe(false)
        }
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  it('finds a change of every fact of which another value is known to do it, and none that is further away', () => {
    fc.assert(
      fc.property(facts, facts, fc.constantFrom(...wanted), (given, other, goal) => {
        const { decision, isMet, changes, isAll } = findChanges(ir, given, exampleValues, on, goal)
        expect(isAll).toBe(true)
        if (isMet) return
        const aim = aimOf(goal, decision)
        for (const [name, unit] of Object.entries(units)) {
          if (unit.kind === 'list' || unit.kind === 'text') continue
          const [from, to] = [given[name], other[name]]
          if (!meets(aim, decide(ir, { ...given, [name]: to }, exampleValues, on))) continue
          const found = changes.flatMap(({ of: [only] }) =>
            only?.change === 'set' && only.path === name ? [only] : [],
          )
          const near = found.some((each) => isBetween(from, each.to, to) || each.to === to || from === null)
          expect(near, `${name}: ${from} to ${to}`).toBe(true)
        }
      }),
      { numRuns: 100, seed: 2 },
    )
  })
})

/** True when a value lies between two others, on the way from one to the other. */
function isBetween(from: unknown, value: unknown, to: unknown): boolean {
  const [a, b, c] = [from, value, to].map((each) => (typeof each === 'number' ? each : String(each)))
  return a !== undefined && b !== undefined && c !== undefined && ((a <= b && b <= c) || (c <= b && b <= a))
}

/** Facts with something else at a dotted path. */
function put(facts: unknown, path: string, value: unknown): unknown {
  const [first = '', ...rest] = path.split('.')
  if (Array.isArray(facts))
    return facts.map((each, index) => (String(index) === first ? inner(each, rest, value) : each))
  return typeof facts === 'object' && facts !== null
    ? { ...facts, [first]: inner(new Map(Object.entries(facts)).get(first), rest, value) }
    : facts
}

function inner(facts: unknown, rest: readonly string[], value: unknown): unknown {
  return rest.length === 0 ? value : put(facts, rest.join('.'), value)
}
