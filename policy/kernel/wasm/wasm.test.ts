import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EXAMPLE_FILES, exampleIr } from '../../examples/ir.ts'
import { exampleValues } from '../../examples/values.ts'
import type { PolicyBody } from '../../ir.ts'
import { arbitraryFacts, arbitraryValues } from '../../testing.ts'
import type { ResolvedValues } from '../../values.ts'
import { endsOf, outcomeColumns } from '../columns.ts'
import { encodeRows, expectedOf, type PopulationRow } from './agreement.ts'
import { bindWasm } from './bind.ts'
import { compileWasm } from './compile.ts'
import { placeColumns, tableOf } from './placement.ts'

/** The kernel against the interpreter, row by row, on random facts that fall on and around every boundary. */

const cases = EXAMPLE_FILES.flatMap((file) => {
  return exampleIr(file).bodies.map((body) => [`${file} of ${body.from}`, body] as const)
})

function expectAgreement(body: PolicyBody, sets: readonly ResolvedValues[], rows: readonly PopulationRow[]): number[] {
  const { table, codeOf } = encodeRows(body, sets, rows)
  const lists = Object.entries(table.columns).filter(([name]) => name.endsWith('#'))
  const items = Object.fromEntries(lists.map(([name, offsets]) => [name.slice(0, -1), offsets.at(-1) ?? 0]))
  const expected = expectedOf(body, sets, rows, codeOf)
  for (const stored of [true, false]) {
    const kernel = compileWasm({ body, sets }, { stored })
    const frame = { bytes: kernel.frame.bytes, threads: 2 }
    const placement = placeColumns(body, rows.length, items, { stored, sets: sets.length > 1, frame })
    const memory = new WebAssembly.Memory({ initial: placement.pages, maximum: placement.pages, shared: true })
    const placed = tableOf(memory, placement)
    for (const [name, array] of Object.entries(table.columns)) placed.columns[name]?.set(array)
    const bound = bindWasm(kernel, new WebAssembly.Module(kernel.bytes), memory, placement, 1)
    const middle = rows.length >> 1
    bound.run(0, middle)
    bound.run(middle, rows.length)
    expect(bound.takeTotals()).toEqual(expected.totals)
    expect(bound.takeTotals().rows).toBe(0)
    if (!stored) continue
    for (const { name } of outcomeColumns(body)) {
      expect(
        [...(placed.columns[name] ?? [])].map((code) => code + 0),
        name,
      ).toEqual(expected.columns[name] ?? [])
    }
  }
  return expected.totals.ends.flatMap((count, end) => (count > 0 ? [end] : []))
}

const settings = { numRuns: 40, seed: 20240101 }

describe.each(cases)('the WebAssembly kernel of %s', (_, body) => {
  it('agrees with the interpreter on every row, and comes to every outcome', () => {
    const reached = new Set<number>()
    const facts = arbitraryFacts(body.facts, exampleValues)
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 120 }), (many) => {
        const rows = many.map((each) => ({ facts: each, set: 0 }))
        for (const end of expectAgreement(body, [exampleValues], rows)) reached.add(end)
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
      return fc.tuple(fc.constant(sets), fc.array(near, { minLength: 1, maxLength: 80 }))
    })
    fc.assert(
      fc.property(inputs, ([sets, rows]) => void expectAgreement(body, sets, rows)),
      settings,
    )
  })
})
