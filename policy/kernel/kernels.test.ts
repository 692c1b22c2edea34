import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EXAMPLE_FILES, exampleIr } from '../examples/ir.ts'
import { exampleValues } from '../examples/values.ts'
import { arbitraryFacts, arbitraryValues } from '../testing.ts'
import { endsOf } from './columns.ts'
import { expectAgreement, KERNELS, manyRows } from './testing.ts'

/** The kernels against the interpreter, row by row, on random facts that fall on and around every boundary. */

const cases = EXAMPLE_FILES.flatMap((file) => {
  return exampleIr(file).bodies.flatMap((body) => {
    return KERNELS.map(([kernel, bind]) => ({ name: `${kernel} kernel of ${file} of ${body.from}`, bind, body }))
  })
})

const settings = { numRuns: 60, seed: 20240101 }

describe.each(cases)('the $name', ({ bind, body }) => {
  it('agrees with the interpreter on every row, and comes to every outcome', () => {
    const reached = new Set<number>()
    const facts = arbitraryFacts(body.facts, exampleValues)
    fc.assert(
      fc.property(manyRows(facts), (many) => {
        const rows = many.map((each) => ({ facts: each, set: 0 }))
        for (const end of expectAgreement(bind, body, [exampleValues], rows)) reached.add(end)
      }),
      settings,
    )
    expect(reached.size).toBe(endsOf(body).length)
  })

  it('agrees whatever the values, several sets of them in one population', () => {
    const inputs = fc.array(arbitraryValues(body.values), { minLength: 2, maxLength: 5 }).chain((sets) => {
      const near = fc
        .constantFrom(...sets.keys())
        .chain((set) => fc.record({ set: fc.constant(set), facts: arbitraryFacts(body.facts, sets[set] ?? {}) }))
      return fc.tuple(fc.constant(sets), manyRows(near))
    })
    fc.assert(
      fc.property(inputs, ([sets, rows]) => void expectAgreement(bind, body, sets, rows)),
      settings,
    )
  })
})
