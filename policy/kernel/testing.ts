/** For tests of kernels: rows run through a kernel, and each of them told by the interpreter. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { encodeChunk } from '../batch/encode.ts'
import { createProblemLog } from '../batch/problems.ts'
import { cellsOfRows } from '../batch/rows.ts'
import { runBody, type Trace } from '../evaluate.ts'
import { parseFacts } from '../facts.ts'
import type { Expression, PolicyBody } from '../ir.ts'
import { isQuantity, type ScalarUnit } from '../units.ts'
import type { ResolvedValues } from '../values.ts'
import { endsOf, itemCounts, itemEndsOf, outcomeColumns, outcomeTable, type Table } from './columns.ts'
import { dayOf } from './day-numbers.ts'
import { compileJavaScript } from './javascript.ts'
import type { BoundKernel, KernelPlan, Totals } from './kernel.ts'
import { bindWasm } from './wasm/bind.ts'
import { compileWasm } from './wasm/compile.ts'
import { placeColumns, tableOf } from './wasm/placement.ts'

/** A row: facts from outside, and the place of the set of values that decides them. */
export interface PopulationRow {
  readonly facts: unknown
  readonly set: number
}

/** A kernel bound to rows, and where it stores their outcomes. */
interface BoundRows {
  readonly kernel: BoundKernel
  readonly outcomes: Table
}

/** Binds a kernel of a plan to the rows of a table; one that stores their outcomes, or only totals. */
export type BindRows = (plan: KernelPlan, facts: Table, stored: boolean) => BoundRows

function bindJavaScript(plan: KernelPlan, facts: Table, stored: boolean): BoundRows {
  const outcomes = outcomeTable(plan.body, facts)
  const kernel = compileJavaScript(plan)
  return { kernel: stored ? kernel.bind(facts, outcomes) : kernel.bind(facts), outcomes }
}

/** In the second of two frames: every address is then counted from where its frame begins. */
function bindPlaced(plan: KernelPlan, facts: Table, stored: boolean): BoundRows {
  const compiled = compileWasm(plan, { stored })
  const frame = { bytes: compiled.frame.bytes, threads: 2 }
  const options = { stored, sets: plan.sets.length, frame }
  const placement = placeColumns(plan.body, facts.rows, itemCounts(facts), options)
  const memory = new WebAssembly.Memory({ initial: placement.pages, maximum: placement.pages, shared: true })
  const outcomes = tableOf(memory, placement)
  for (const [name, array] of Object.entries(facts.columns)) outcomes.columns[name]?.set(array)
  return { kernel: bindWasm(compiled, new WebAssembly.Module(compiled.bytes), memory, placement, 1), outcomes }
}

/** The kernels that are tested. */
export const KERNELS: readonly (readonly [name: string, bind: BindRows])[] = [
  ['JavaScript', bindJavaScript],
  ['WebAssembly', bindPlaced],
]

/**
 * Runs rows through a kernel, storing and not, and expects of every column and total what the interpreter says.
 * @returns the outcomes that the rows came to, by their places in `endsOf`
 */
export function expectAgreement(
  bind: BindRows,
  body: PolicyBody,
  sets: readonly ResolvedValues[],
  rows: readonly PopulationRow[],
): number[] {
  const { table, codeOf } = encodeRows(body, sets, rows)
  const expected = expectedOf(body, sets, rows, codeOf)
  for (const stored of [true, false]) {
    const { kernel, outcomes } = bind({ body, sets }, table, stored)
    const middle = rows.length >> 1
    kernel.run(0, middle)
    kernel.run(middle, rows.length)
    expect(kernel.takeTotals()).toEqual(expected.totals)
    expect(kernel.takeTotals().rows).toBe(0)
    if (!stored) continue
    for (const { name } of outcomeColumns(body)) {
      expect(
        [...(outcomes.columns[name] ?? [])].map((code) => code + 0),
        name,
      ).toEqual(expected.columns[name] ?? [])
    }
  }
  return expected.totals.ends.flatMap((count, end) => (count > 0 ? [end] : []))
}

/** Rows as columns, with the code of each text. */
interface EncodedRows {
  readonly table: Table
  readonly codeOf: (text: string) => number
}

/** Encodes rows; the column of sets is there when there are several. */
function encodeRows(body: PolicyBody, sets: readonly ResolvedValues[], rows: readonly PopulationRow[]): EncodedRows {
  const log = createProblemLog(10)
  const cells = cellsOfRows(rows.map(({ facts }) => facts))
  const many = sets.length > 1
  const columns = many ? new Map([...cells.columns, ['set', rows.map(({ set }) => `s${set}`)]]) : cells.columns
  const names = { column: 'set', names: sets.map((_, index) => `s${index}`) }
  const encoding = { body, others: [], ...(many ? { sets: names } : {}) }
  const { table, dictionary } = encodeChunk(encoding, { rows: rows.length, columns }, 1, log)
  expect(log.isEmpty, log.error().message).toBe(true)
  return { table, codeOf: (text) => dictionary.codeOf(text) }
}

/** What the interpreter says of rows, in the columns that a kernel stores and in totals. */
function expectedOf(
  body: PolicyBody,
  sets: readonly ResolvedValues[],
  rows: readonly PopulationRow[],
  codeOf: (text: string) => number,
): { readonly columns: Readonly<Record<string, number[]>>; readonly totals: Totals } {
  const ends = endsOf(body)
  const counts = ends.map(() => 0)
  const summed = Object.entries(body.results).flatMap(([name, unit]) => (isQuantity(unit) ? [name] : []))
  const sums: Record<string, bigint> = Object.fromEntries(summed.map((name) => [name, 0n]))
  const columns: Record<string, number[]> = {}
  const put = (name: string, code: number) => {
    columns[name] ??= []
    columns[name].push(code)
  }
  for (const { facts, set } of rows) {
    const parsed = parseFacts(body.facts, facts)
    const trace = runBody(body, parsed, sets[set] ?? {})
    const end = ends.indexOf(trace.end)
    counts[end] = (counts[end] ?? 0) + 1
    put('@end', end)
    const results = trace.end.do === 'grant' ? trace.end.results : {}
    for (const [name, unit] of Object.entries(body.results)) {
      const code = codeIn(unit, results[name], (slot) => trace.slots[slot], codeOf)
      put(`results.${name}`, code)
      if (isQuantity(unit)) sums[name] = (sums[name] ?? 0n) + BigInt(code)
    }
    const list = parsed[body.items?.list ?? '']
    putItems(body, Array.isArray(list) ? list.length : 0, trace, codeOf, put)
  }
  return { columns, totals: { rows: rows.length, ends: counts, sums } }
}

function putItems(
  { items, ...body }: PolicyBody,
  count: number,
  { end, items: traced, itemEnds, slots }: Trace,
  codeOf: (text: string) => number,
  put: (name: string, code: number) => void,
): void {
  if (items === undefined) return
  const all = itemEndsOf(body)
  const { each } = end
  for (let item = 0; item < count; item++) {
    const itemEnd = itemEnds?.[item]
    const own = each === undefined ? [] : (traced.get(each.slot)?.[item] ?? [])
    put('@itemEnd', itemEnd === undefined ? all.length : all.indexOf(itemEnd))
    const results = itemEnd?.do === 'grant' ? itemEnd.results : {}
    for (const [name, unit] of Object.entries(items.results)) {
      const read = (slot: number) => own[slot - (each?.firstSlot ?? 0)] ?? slots[slot]
      put(`items.${name}`, codeIn(unit, results[name], read, codeOf))
    }
  }
}

/** What a kernel stores for a result: its code, and 0 where the outcome does not carry it. */
function codeIn(
  unit: ScalarUnit,
  result: Expression | undefined,
  read: (slot: number) => unknown,
  codeOf: (text: string) => number,
): number {
  if (result === undefined) return 0
  const value = read(result.slot)
  // Nothing times a number below nothing is written -0 in a language whose numbers have signs; whole fen have one zero.
  if (typeof value !== 'string') return Number(value) + 0
  if (unit.kind === 'date') return dayOf(value)
  return unit.kind === 'choice' ? unit.options.indexOf(value) : codeOf(value)
}

/** Rows few and many: whole blocks of vector code begin only with some dozens. */
export function manyRows<T>(row: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.oneof(fc.array(row, { minLength: 1, maxLength: 40 }), fc.array(row, { minLength: 48, maxLength: 120 }))
}
