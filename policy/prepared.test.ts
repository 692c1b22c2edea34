import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { decide } from './decide.ts'
import { runBody } from './evaluate.ts'
import { EXAMPLE_FILES, exampleIr } from './examples/ir.ts'
import { exampleValues } from './examples/values.ts'
import { explain, explanationOf } from './explain.ts'
import { FactProblems, parseFacts } from './facts.ts'
import { endsOf } from './kernel/columns.ts'
import { prepare } from './prepared.ts'
import { arbitraryFacts, arbitraryValues } from './testing.ts'

const cases = EXAMPLE_FILES.flatMap((file) => {
  const ir = exampleIr(file)
  return ir.bodies.map((body) => ({ name: `${file} of ${body.from}`, ir, body, on: body.to ?? '2024-06-01' }))
})

const settings = { numRuns: 1_000, seed: 20240101 }

describe.each(cases)('prepared: $name', ({ ir, body, on }) => {
  const facts = arbitraryFacts(body.facts, exampleValues)

  it('fills the slots that the interpreter fills, and comes to every outcome', () => {
    const prepared = prepare(ir, exampleValues, on)
    expect(prepared.isGenerated).toBe(true)
    const reached = new Set<unknown>()
    fc.assert(
      fc.property(facts, (given) => {
        const parsed = prepared.parse(given)
        expect(parsed).toEqual(parseFacts(body.facts, given))
        const { end, slots, items, itemEnds, valuesRead } = prepared.trace(parsed)
        const ran = runBody(body, parsed, exampleValues)
        expect(end).toBe(ran.end)
        expect(slots).toEqual(ran.slots)
        expect(items).toEqual(ran.items)
        expect(itemEnds).toEqual(ran.itemEnds)
        expect(valuesRead).toEqual(ran.valuesRead)
        reached.add(end)
      }),
      settings,
    )
    expect(reached.size).toBe(endsOf(body).length)
  })

  it('decides as `decide` does, whatever the values', () => {
    const inputs = arbitraryValues(body.values).chain((values) =>
      fc.tuple(fc.constant(values), arbitraryFacts(body.facts, values)),
    )
    fc.assert(
      fc.property(inputs, ([values, given]) => {
        const prepared = prepare(ir, values, on)
        expect(prepared.decide(given)).toEqual(decide(ir, given, values, on))
      }),
      { ...settings, numRuns: 200 },
    )
  })

  it('is explained from its trace as when it is decided for that', () => {
    const prepared = prepare(ir, exampleValues, on)
    fc.assert(
      fc.property(facts, (given) => {
        expect(explanationOf(ir, prepared.decideTraced(given), on)).toEqual(explain(ir, given, exampleValues, on))
      }),
      { ...settings, numRuns: 100 },
    )
  })

  it('has a short form that tells the outcome and every slot', () => {
    const prepared = prepare(ir, exampleValues, on)
    fc.assert(
      fc.property(facts, (given) => {
        const trace = prepared.trace(prepared.parse(given))
        const [end, slots]: unknown[] = JSON.parse(prepared.compactTrace(trace))
        expect(end).toBe(endsOf(body).indexOf(trace.end))
        expect(slots).toHaveLength(body.slots)
        trace.slots.forEach((value, slot) => {
          if (typeof value !== 'object') expect(slots).toHaveProperty([slot], value ?? null)
        })
      }),
      { ...settings, numRuns: 100 },
    )
  })
})

describe('facts that do not parse', () => {
  const [ir] = [exampleIr('club-membership.ts')]
  const prepared = prepare(ir, exampleValues, '2024-06-01')
  const good = {
    kind: 'adult',
    joinsOn: '2024-01-01',
    suspended: false,
    guests: [{ visitedOn: '2024-01-02', visits: 1, feePaidFen: 5 }],
  }
  const [guest] = good.guests

  it.each([
    ['a word that is none', { ...good, kind: 'child' }],
    ['a day that does not exist', { ...good, joinsOn: '2023-02-29' }],
    ['a flag that is text', { ...good, suspended: 'false' }],
    ['an unknown name', { ...good, colour: 'red' }],
    ['a missing name', { kind: 'adult', joinsOn: '2024-01-01', suspended: false }],
    [
      'a name that a prototype has',
      Object.assign(Object.create({ suspended: false }), { kind: 'adult', joinsOn: '2024-01-01', guests: [], x: 1 }),
    ],
    ['no object', null],
    ['a list', [good]],
    ['an item with a fraction', { ...good, guests: [{ ...guest, visits: 1.5 }] }],
    ['an item out of range', { ...good, guests: [{ ...guest, visits: 1_001 }] }],
    ['an item with an unknown name', { ...good, guests: [{ ...guest, name: 'x' }] }],
    ['too many items', { ...good, guests: new Array(101).fill(guest) }],
  ])('%s: refused with the problems of `parseFacts`', (_, facts) => {
    expect(() => parseFacts(prepared.body.facts, facts)).toThrow(FactProblems)
    let told: unknown
    try {
      parseFacts(prepared.body.facts, facts)
    } catch (error) {
      told = error
    }
    expect(() => prepared.decide(facts)).toThrow(expect.objectContaining({ message: String(Object(told).message) }))
  })

  it.each([
    ['absent', good],
    ['null', { ...good, memberSince: null }],
    ['undefined', { ...good, memberSince: undefined }],
    ['there', { ...good, memberSince: '2020-01-01' }],
  ])('an optional fact may be %s', (_, facts) => {
    expect(prepared.parse(facts)).toEqual(parseFacts(prepared.body.facts, facts))
  })

  it('a day that no body covers is refused', () => {
    expect(() => prepare(ir, exampleValues, '2019-12-31')).toThrow(
      'no body of club-membership-fee is law on 2019-12-31',
    )
  })
})

describe('where code may not be generated', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('the interpreter decides alike', () => {
    vi.stubGlobal('Function', function forbidden() {
      throw new EvalError('code generation from strings disallowed')
    })
    const ir = exampleIr('court-booking.ts')
    const [body] = ir.bodies
    if (body === undefined) throw new Error('the example has a body')
    const prepared = prepare(ir, exampleValues, '2024-06-01')
    expect(prepared.isGenerated).toBe(false)
    fc.assert(
      fc.property(arbitraryFacts(body.facts, exampleValues), (given) => {
        expect(prepared.decide(given)).toEqual(decide(ir, given, exampleValues, '2024-06-01'))
      }),
      { ...settings, numRuns: 50 },
    )
  })
})
