import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../decide.ts'
import { readPolicies } from '../reader/read.ts'
import { batch, planOf } from './batch.ts'
import { fromRows } from './input.ts'
import { toRows } from './output.ts'

/** A rule that names texts itself, compares texts with each other, and gives one of either kind back. */
const source = `import { count, flag, grant, list, optional, policy, record, refuse, text, filterOf, countOf } from '../door.ts'
export const parcel = policy({
  id: 'parcel',
  title: { zh: '包裹', en: 'Parcel' },
  from: '2024-01-01',
  clause: 'S1',
  facts: {
    to: text(),
    by: optional(text()),
    pieces: list(record({ mark: text(), sealed: flag() }), { of: 'piece', max: 5 }),
  },
  values: {},
  results: { carrier: text(), marked: count('piece') },
  decide(facts) {
    if (facts.to === 'nowhere') return refuse('no_address', 'S2')
    const marked = filterOf(facts.pieces, (piece) => piece.mark === facts.to || piece.mark === 'any')
    return grant(
      { carrier: facts.by === null ? 'post' : facts.by, marked: countOf(marked, (piece) => piece.sealed) },
      facts.to === 'any' ? 'S3' : 'S4',
    )
  },
})
`
const [ir = expect.unreachable()] = readPolicies(source, 'parcel.ts')
const on = '2024-05-01'

const word = fc.constantFrom('', 'any', 'nowhere', 'post', 'north', 'south', '北')
const facts = fc.record({
  to: word,
  by: fc.option(word),
  pieces: fc.array(fc.record({ mark: word, sealed: fc.boolean() }), { maxLength: 5 }),
})

describe.each(['javascript', 'wasm'] as const)('texts in a %s kernel', (engine) => {
  it('are those of the facts, also where the rule names one itself', async () => {
    const rows = fc.sample(facts, { numRuns: 2_000, seed: 5 })
    const found: Readonly<Record<string, unknown>>[] = []
    await batch({
      plan: planOf(ir, [{}], on),
      input: fromRows(rows),
      output: toRows((row) => found.push(row)),
      engine,
      threads: 1,
    })
    const expected = rows.map((each) => {
      const { outcome, reason, because, results } = decide(ir, each, {}, on)
      return {
        ...{ outcome, reason, because },
        ...{ carrier: results.carrier?.value ?? null, marked: results.marked?.value ?? null },
      }
    })
    expect(found).toEqual(expected)
  })
})
