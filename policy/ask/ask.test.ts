import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../decide.ts'
import { exampleIr } from '../examples/ir.ts'
import { exampleLabels } from '../examples/labels.ts'
import { exampleValues } from '../examples/values.ts'
import { FactProblems } from '../facts.ts'
import type { PolicyIr } from '../ir.ts'
import { readPolicies } from '../reader/read.ts'
import { arbitraryFacts, arbitraryValues } from '../testing.ts'
import type { ResolvedValues } from '../values.ts'
import { ask } from './ask.ts'
import { renderAsked } from './ask-sentences.ts'
import type { SettledVerdict } from './paths.ts'

const club = exampleIr('club-membership.ts')
const court = exampleIr('court-booking.ts')
const training = exampleIr('training-grant.ts')

const cases = [
  { name: 'membership fee at foundation', ir: club, on: '2023-12-31' },
  { name: 'membership fee', ir: club, on: '2024-01-01' },
  { name: 'court booking', ir: court, on: '2024-06-01' },
  { name: 'training grant at first', ir: training, on: '2021-12-31' },
  { name: 'training grant of the dearest', ir: training, on: '2023-12-31' },
  { name: 'training grant', ir: training, on: '2024-01-01' },
]

describe.each(cases)('$name', ({ ir, on }) => {
  const { facts: units, values: declared } = bodyOn(ir, on)
  const names = Object.keys(units)
  /** All facts, and those among them that are known. */
  const partly = fc.tuple(arbitraryFacts(units, exampleValues), fc.subarray(names))

  it('is certain only of what every completion comes to', () => {
    const completions = fc.array(arbitraryFacts(units, exampleValues), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(partly, completions, ([facts, known], others) => {
        const asked = ask(ir, only(facts, known), exampleValues, on)
        if (asked.is !== 'certain') return
        for (const other of [facts, ...others]) {
          expect(verdict(ir, { ...other, ...only(facts, known) }, exampleValues, on)).toEqual(asked.verdict)
        }
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('is certain as soon as everything is known, whatever the values', () => {
    const inputs = arbitraryValues(declared).chain((values) =>
      fc.tuple(fc.constant(values), arbitraryFacts(units, values)),
    )
    fc.assert(
      fc.property(inputs, ([values, facts]) => {
        expect(ask(ir, facts, values, on)).toEqual({
          is: 'certain',
          verdict: verdict(ir, facts, values, on),
          needless: [],
        })
      }),
      { numRuns: 200, seed: 2 },
    )
  })

  it('says of no fact that it cannot matter when it does', () => {
    const others = arbitraryFacts(units, exampleValues)
    fc.assert(
      fc.property(partly, others, ([facts, known], other) => {
        const { needless } = ask(ir, only(facts, known), exampleValues, on)
        const changed = { ...facts, ...only(other, needless) }
        expect(verdict(ir, changed, exampleValues, on)).toEqual(verdict(ir, facts, exampleValues, on))
      }),
      { numRuns: 300, seed: 3 },
    )
  })

  it('stays within the outcomes and ranges that it names', () => {
    fc.assert(
      fc.property(partly, ([facts, known]) => {
        const asked = ask(ir, only(facts, known), exampleValues, on)
        if (asked.is !== 'open') return
        const { outcome, reason, because, results } = decide(ir, facts, exampleValues, on)
        expect(asked.outcomes).toContainEqual({ outcome, reason, because })
        for (const [name, { value }] of Object.entries(results)) {
          const range = asked.results[name]
          if (range?.options !== undefined) expect(range.options).toContain(value)
          if (range?.min !== undefined && range.max !== undefined) {
            expect(value >= range.min && value <= range.max).toBe(true)
          }
        }
      }),
      { numRuns: 300, seed: 4 },
    )
  })

  it('comes to the decision in an interview, and asks fewer questions than there are facts', () => {
    let asked = 0
    let interviews = 0
    fc.assert(
      fc.property(arbitraryFacts(units, exampleValues), (facts) => {
        const interview = interviewed(ir, facts, exampleValues, on)
        expect(interview.verdict).toEqual(verdict(ir, facts, exampleValues, on))
        expect(new Set(interview.questions).size).toBe(interview.questions.length)
        asked += interview.questions.length
        interviews++
      }),
      { numRuns: 100, seed: 5 },
    )
    expect(asked / interviews).toBeLessThan(names.length)
  })

  it('asks only what can still change the decision', () => {
    const others = fc.sample(arbitraryFacts(units, exampleValues), { numRuns: 2_000, seed: 6 })
    // Random days stay near today; a rule may move them far from there.
    const otherAnswer = (question: string, at: number) =>
      units[question]?.kind === 'date' && at % 2 === 0
        ? ['1900-01-01', '2199-12-31'][at % 4 === 0 ? 0 : 1]
        : others.at(-at)?.[question]
    for (const facts of fc.sample(arbitraryFacts(units, exampleValues), { numRuns: 5, seed: 7 })) {
      const { questions } = interviewed(ir, facts, exampleValues, on)
      for (const [index, question] of questions.entries()) {
        const known = only(facts, questions.slice(0, index))
        const differs = others.some((other, at) => {
          const one = { ...other, ...known }
          const two = { ...one, [question]: otherAnswer(question, at) }
          return (
            JSON.stringify(verdict(ir, one, exampleValues, on)) !== JSON.stringify(verdict(ir, two, exampleValues, on))
          )
        })
        expect(differs, `${question} with ${JSON.stringify(known)}`).toBe(true)
      }
    }
  })
})

describe('a question', () => {
  it('is the one that may end it at once, and says what it would settle', () => {
    expect(ask(club, {}, exampleValues, '2024-05-01')).toMatchObject({
      is: 'open',
      next: {
        fact: 'suspended',
        why: {
          waits: 'condition',
          source: 'facts.suspended',
          settles: [{ when: true, outcome: 'refused', reason: 'suspended', because: 'S11' }],
        },
      },
      open: ['kind', 'joinsOn', 'memberSince', 'suspended', 'guests'],
      needless: [],
      results: { feeFen: { unit: 'fen', min: 25_00, max: 600_00 }, tier: { options: ['loyal', 'plain'] } },
    })
  })

  it('is not asked when the answer is certain without it', () => {
    expect(ask(club, { suspended: true }, exampleValues, '2024-05-01')).toEqual({
      is: 'certain',
      verdict: { outcome: 'refused', results: {}, reason: 'suspended', because: 'S11' },
      needless: ['kind', 'joinsOn', 'memberSince', 'guests'],
    })
  })

  it('knows an absent fact from an unknown one', () => {
    const known = { kind: 'adult', suspended: false, joinsOn: '2024-05-01', guests: [] }
    expect(ask(club, known, exampleValues, '2024-05-01')).toMatchObject({
      is: 'open',
      next: { fact: 'memberSince', furtherExpected: 0 },
    })
    expect(ask(club, { ...known, memberSince: null }, exampleValues, '2024-05-01')).toMatchObject({
      is: 'certain',
      verdict: { amountFen: 600_00 },
    })
  })

  it('waits for results where no condition is open', () => {
    const known = { kind: 'adult', suspended: false, memberSince: null, guests: [] }
    expect(ask(club, known, exampleValues, '2024-05-01')).toMatchObject({
      next: { fact: 'joinsOn', why: { waits: 'results', names: ['validUntil'] } },
    })
  })

  it('is certain on a day without a rule, and refuses facts that do not parse', () => {
    expect(ask(club, {}, exampleValues, '2019-12-31')).toMatchObject({
      is: 'certain',
      verdict: { reason: 'not_in_force' },
    })
    expect(() => ask(club, { kind: 'robot' }, exampleValues, '2024-05-01')).toThrow(FactProblems)
    expect(() => ask(club, { nobody: 1 }, exampleValues, '2024-05-01')).toThrow(FactProblems)
  })
})

describe('sentences', () => {
  const asked = [
    { ir: club, on: '2024-05-01', known: {} },
    { ir: club, on: '2024-05-01', known: { suspended: true } },
    { ir: club, on: '2024-05-01', known: { kind: 'adult', suspended: false, memberSince: null, guests: [] } },
    { ir: club, on: '2019-12-31', known: {} },
    { ir: court, on: '2024-06-01', known: { bannedUntil: null, playedOn: '2024-06-02', equipment: [] } },
    { ir: training, on: '2024-06-01', known: { months: 3, courses: [] } },
  ]

  it.each(['zh', 'en'] as const)(
    'tell it in %s as they always did, a condition in words and not in code',
    async (language) => {
      const told = asked.flatMap(({ ir, on, known }) =>
        renderAsked(
          ask(ir, known, exampleValues, on),
          { ir, values: exampleValues, on },
          exampleLabels[language],
          language,
        ),
      )
      expect(told.join('\n')).not.toMatch(/facts\.|values\./)
      await expect(`${told.join('\n')}\n`).toMatchFileSnapshot(`golden/asked.${language}.txt`)
    },
  )

  it('tell which result of an item waits where only items do', () => {
    const [ir = expect.unreachable()] = readPolicies(itemsWait, 'items.ts')
    const on = '2024-05-01'
    const known = ask(ir, { pieces: [{ fen: 5 }] }, {}, on)
    expect(known).toMatchObject({
      is: 'open',
      next: { fact: 'double', why: { waits: 'results', of: 'items', names: ['fen'] } },
    })
    const labels = new Map([
      ['facts.double', 'twice'],
      ['items.fen', 'amount of the piece'],
      ['results.all', 'pieces'],
      ['clauses.S1', 'article 1'],
    ])
    expect(renderAsked(known, { ir, values: {}, on }, labels, 'en')).toContain(
      'Because these results depend on it: amount of the piece.',
    )
  })
})

const itemsWait = `import { count, countOf, eachOf, flag, grant, list, money, policy, record } from '../door.ts'
export const parcel = policy({
  id: 'parcel',
  title: { zh: '包裹', en: 'Parcel' },
  from: '2024-01-01',
  clause: 'S1',
  facts: { double: flag(), pieces: list(record({ fen: money({ max: 100 }) }), { of: 'piece', max: 3 }) },
  values: {},
  results: { all: count('piece') },
  items: { list: 'pieces', results: { fen: money() } },
  decide(facts) {
    return grant(
      { all: countOf(facts.pieces, () => true) },
      'S1',
      eachOf(facts.pieces, (piece) => grant({ fen: facts.double ? piece.fen + piece.fen : piece.fen }, 'S1')),
    )
  },
})`

function bodyOn({ bodies }: PolicyIr, on: string) {
  const body = bodies.find(({ from, to }) => from <= on && (to === undefined || on <= to))
  if (body === undefined) throw new Error(`the example has no body on ${on}`)
  return body
}

function only(facts: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, facts[name]]))
}

function verdict(ir: PolicyIr, facts: unknown, values: ResolvedValues, on: string): SettledVerdict {
  const { policy: _, assumptions: __, ...settled } = decide(ir, facts, values, on)
  return settled
}

/** Answers every question from the facts until the answer is certain. */
function interviewed(ir: PolicyIr, facts: Readonly<Record<string, unknown>>, values: ResolvedValues, on: string) {
  const questions: string[] = []
  for (;;) {
    const asked = ask(ir, only(facts, questions), values, on)
    if (asked.is === 'certain') return { questions, verdict: asked.verdict }
    questions.push(asked.next.fact)
  }
}
