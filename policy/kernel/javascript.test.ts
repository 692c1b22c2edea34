import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeChunk } from '../batch/encode.ts'
import { createProblemLog } from '../batch/problems.ts'
import { cellsOfRows } from '../batch/rows.ts'
import { addDays } from '../dates.ts'
import { runBody, type SlotValue } from '../evaluate.ts'
import { EXAMPLE_FILES, exampleIr } from '../examples/ir.ts'
import { exampleValues } from '../examples/values.ts'
import { parseFacts } from '../facts.ts'
import type { PolicyBody } from '../ir.ts'
import { arbitraryFacts, arbitraryValues } from '../testing.ts'
import type { ResolvedValues } from '../values.ts'
import { columnArray, endsOf, itemEndsOf, outcomeColumns, type Table } from './columns.ts'
import { compileJavaScript } from './javascript.ts'

/** The kernel against the interpreter, row by row, on random facts that fall on and around every boundary. */

const cases = EXAMPLE_FILES.flatMap((file) => {
  return exampleIr(file).bodies.map((body) => [`${file} of ${body.from}`, body] as const)
})

/** Runs rows through a kernel; the outcome of each as text, and the totals. */
function runKernel(
  body: PolicyBody,
  sets: readonly ResolvedValues[],
  rows: readonly { facts: unknown; set: number }[],
) {
  const log = createProblemLog(10)
  const cells = cellsOfRows(rows.map(({ facts }) => facts))
  const names = sets.map((_, index) => `s${index}`)
  const columns = new Map([...cells.columns, ['set', rows.map(({ set }) => `s${set}`)]])
  const many = sets.length > 1
  const encoding = { body, others: many ? [] : ['set'], ...(many ? { sets: { column: 'set', names } } : {}) }
  const { table, dictionary } = encodeChunk(encoding, { rows: rows.length, columns }, 1, log)
  expect(log.isEmpty, log.error().message).toBe(true)
  const stores = storesOf(body, table)
  const kernel = compileJavaScript({ body, sets })
  const bound = kernel.bind(table, stores)
  bound.run(0, rows.length)
  const totals = bound.takeTotals()
  const summed = kernel.bind(table)
  summed.run(0, rows.length >> 1)
  summed.run(rows.length >> 1, rows.length)
  expect(summed.takeTotals()).toEqual(totals)
  expect(summed.takeTotals().rows).toBe(0)
  return { table, stores, totals, dictionary }
}

function storesOf(body: PolicyBody, table: Table): Table {
  const items = body.items === undefined ? 0 : (table.columns[`${body.items.list}#`]?.at(-1) ?? 0)
  const columns = outcomeColumns(body).map(({ name, kind, per }) => [
    name,
    columnArray(kind, per === 'item' ? items : table.rows),
  ])
  return { rows: table.rows, columns: Object.fromEntries(columns) }
}

/** The code of a result as a kernel stores it. */
function decoded(
  units: PolicyBody['results'],
  name: string,
  code: number,
  textOf: (code: number) => string,
): SlotValue {
  const unit = units[name]
  if (unit?.kind === 'choice') return unit.options[code] ?? '?'
  if (unit?.kind === 'date') return addDays('1970-01-01', code)
  if (unit?.kind === 'flag') return code === 1
  return unit?.kind === 'text' ? textOf(code) : code
}

function expectAgreement(
  body: PolicyBody,
  sets: readonly ResolvedValues[],
  rows: readonly { facts: unknown; set: number }[],
): Set<number> {
  const { table, stores, totals, dictionary } = runKernel(body, sets, rows)
  const ends = endsOf(body)
  const counts = ends.map(() => 0)
  const sums: Record<string, bigint> = Object.fromEntries(Object.keys(totals.sums).map((name) => [name, 0n]))
  rows.forEach(({ facts, set }, row) => {
    const parsed = parseFacts(body.facts, facts)
    const trace = runBody(body, parsed, sets[set] ?? {})
    const end = ends.indexOf(trace.end)
    counts[end] = (counts[end] ?? 0) + 1
    expect(stores.columns['@end']?.[row]).toBe(end)
    const results = trace.end.do === 'grant' ? trace.end.results : {}
    for (const name of Object.keys(body.results)) {
      const code = stores.columns[`results.${name}`]?.[row] ?? Number.NaN
      const expression = results[name]
      if (expression === undefined) {
        expect(code, name).toBe(0)
        continue
      }
      const value = trace.slots[expression.slot]
      expect(decoded(body.results, name, code, dictionary.textOf), name).toBe(value)
      if (name in sums) sums[name] = (sums[name] ?? 0n) + BigInt(Number(value))
    }
    expectItems(body, table, stores, row, trace, dictionary.textOf)
  })
  expect(totals).toEqual({ rows: rows.length, ends: counts, sums })
  return new Set(counts.flatMap((count, end) => (count > 0 ? [end] : [])))
}

function expectItems(
  body: PolicyBody,
  table: Table,
  stores: Table,
  row: number,
  trace: ReturnType<typeof runBody>,
  textOf: (code: number) => string,
): void {
  if (body.items === undefined) return
  const offsets = table.columns[`${body.items.list}#`]
  const from = offsets?.[row] ?? 0
  const all = itemEndsOf(body)
  const units = body.items.results
  const count = (offsets?.[row + 1] ?? 0) - from
  for (let item = 0; item < count; item++) {
    const end = trace.itemEnds?.[item]
    expect(stores.columns['@itemEnd']?.[from + item]).toBe(end === undefined ? all.length : all.indexOf(end))
    const each = trace.end.each
    const slots = each === undefined ? undefined : trace.items.get(each.slot)?.[item]
    for (const name of Object.keys(units)) {
      const code = stores.columns[`items.${name}`]?.[from + item] ?? Number.NaN
      const expression = end?.do === 'grant' ? end.results[name] : undefined
      if (expression === undefined || each === undefined) expect(code).toBe(0)
      else expect(decoded(units, name, code, textOf)).toBe(slots?.[expression.slot - each.firstSlot])
    }
  }
}

const settings = { numRuns: 60, seed: 20240101 }

describe.each(cases)('the JavaScript kernel of %s', (_, body) => {
  it('agrees with the interpreter on every row, and comes to every outcome', () => {
    const reached = new Set<number>()
    const facts = arbitraryFacts(body.facts, exampleValues)
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 100 }), (many) => {
        const rows = many.map((each) => ({ facts: each, set: 0 }))
        for (const end of expectAgreement(body, [exampleValues], rows)) reached.add(end)
      }),
      settings,
    )
    expect(reached.size).toBe(endsOf(body).length)
  })

  it('agrees whatever the values, several sets of them in one population', () => {
    const inputs = fc.array(arbitraryValues(body.values), { minLength: 2, maxLength: 4 }).chain((sets) => {
      const near = fc
        .constantFrom(...sets.keys())
        .chain((set) => fc.record({ set: fc.constant(set), facts: arbitraryFacts(body.facts, sets[set] ?? {}) }))
      return fc.tuple(fc.constant(sets), fc.array(near, { minLength: 1, maxLength: 60 }))
    })
    fc.assert(
      fc.property(inputs, ([sets, rows]) => void expectAgreement(body, sets, rows)),
      settings,
    )
  })
})
