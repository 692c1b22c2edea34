import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  batch,
  type Decision,
  decide,
  endsOf,
  type Facts,
  fromRows,
  type PolicyBody,
  parseFacts,
  planOf,
  prepare,
  runDirect,
  type Totals,
  toRows,
  type Verdict,
} from '../../policy/door.ts'
import { decideRows, openDuckDb, openPostgres, type TestDatabase } from '../../policy/sql/testing.ts'
import { isQuantity } from '../../policy/units.ts'
import { declaredFacts, factsOf, type Situation, shippedSituations } from './situations.ts'

/** Every reading of every shipped policy against the policy's own function, on facts that lie on and around every boundary. */

const FACTS_PER_SITUATION = 400

const situations = await shippedSituations()

const databases = ['postgresql', 'duckdb'] as const
let open: Record<(typeof databases)[number], TestDatabase>
beforeAll(async () => {
  open = { postgresql: await openPostgres(inject('adminUrl'), 'shipped_policies'), duckdb: await openDuckDb() }
})
afterAll(async () => {
  for (const database of Object.values(open)) await database.close()
})

describe.each(situations)('$name', (situation) => {
  const { ir, body, definition, values, on } = situation
  const rows = factsFor(situation).map((facts) => ({ facts: parseFacts(body.facts, facts), set: 'here' }))
  const expected = rows.map(({ facts }) => runDirect(definition, facts, values, on))

  it('is decided from the IR as by its own function', () => {
    for (const [index, { facts }] of rows.entries()) {
      expect(verdictOf(decide(ir, facts, values, on)), JSON.stringify(facts)).toEqual(expected[index])
    }
  })

  it('is decided when made ready once as by its own function', () => {
    const ready = prepare(ir, values, on)
    for (const [index, { facts }] of rows.entries()) {
      expect(verdictOf(ready.decide(facts)), JSON.stringify(facts)).toEqual(expected[index])
    }
  })

  it.each(['javascript', 'wasm'] as const)('is decided by a kernel in %s as by its own function', async (engine) => {
    const found: Readonly<Record<string, unknown>>[] = []
    const input = fromRows(rows.map(({ facts }) => facts))
    const plan = planOf(ir, [values], on)
    const stored = await batch({ plan, input, output: toRows((row) => found.push(row)), engine, threads: 1 })
    expect(stored.engine).toBe(engine)
    for (const [index, row] of found.entries()) {
      const facts = rows[index]?.facts ?? expect.unreachable()
      expect(row, JSON.stringify(facts)).toEqual(rowOf(body, facts, expected[index] ?? expect.unreachable()))
    }
    const counted = await batch({ plan, input: fromRows(rows.map(({ facts }) => facts)), engine, threads: 1 })
    expect(counted.totals).toEqual(stored.totals)
    expect(byReason(body, counted.totals)).toEqual(totalsOf(body, expected))
  })

  it.each(databases)('is decided by a query in %s as by its own function', async (name) => {
    const { verdicts } = await decideRows(open[name], { body, sets: { here: values } }, rows)
    for (const [index, verdict] of verdicts.entries()) {
      const { assumptions: _, ...wanted } = expected[index] ?? expect.unreachable()
      expect(verdict, JSON.stringify(rows[index]?.facts)).toEqual(wanted)
    }
  })
})

function factsFor(situation: Situation): unknown[] {
  const shown = situation.cases.map((each) => declaredFacts(situation.body, each))
  return [...shown, ...fc.sample(factsOf(situation), { numRuns: FACTS_PER_SITUATION, seed: 20_260_511 })]
}

function verdictOf({ policy: _, ...verdict }: Decision): Verdict {
  return verdict
}

/** A verdict as a row of a batch: every result under its name, items as JSON, `null` for each that was not decided. */
function rowOf(
  body: PolicyBody,
  facts: Facts,
  { outcome, reason, because, results, items }: Verdict,
): Record<string, unknown> {
  const cells = Object.keys(body.results).map((name) => [name, results[name]?.value ?? null])
  const told = items?.outcomes.map(({ results: ofItem, ...item }) => ({
    ...{ outcome: item.outcome, reason: item.reason, because: item.because },
    ...Object.fromEntries(Object.entries(ofItem).map(([name, { value }]) => [name, value])),
  }))
  const listed = body.items === undefined ? undefined : facts[body.items.list]
  const undecided = Array.isArray(listed) ? listed.map(() => null) : []
  const itemCells = body.items === undefined ? {} : { items: JSON.stringify(told ?? undecided) }
  return { outcome, reason, because, ...Object.fromEntries(cells), ...itemCells }
}

/** Rows by reason and clause, which several outcomes may share, and the sums. */
function byReason(body: PolicyBody, { ends, sums }: Totals) {
  const rows: Record<string, number> = {}
  for (const [index, end] of endsOf(body).entries()) {
    const name = `${end.do === 'grant' ? null : end.reason} ${end.clause}`
    rows[name] = (rows[name] ?? 0) + (ends[index] ?? 0)
  }
  return { rows, sums }
}

/** What a run must count, as `byReason` gives it. */
function totalsOf(body: PolicyBody, verdicts: readonly Verdict[]) {
  const { rows } = byReason(body, { rows: 0, ends: [], sums: {} })
  for (const { reason, because } of verdicts) rows[`${reason} ${because}`] = (rows[`${reason} ${because}`] ?? 0) + 1
  const summed = Object.entries(body.results).filter(([, unit]) => isQuantity(unit))
  const sum = (name: string) =>
    verdicts.reduce((total, { results }) => total + BigInt(Number(results[name]?.value ?? 0)), 0n)
  return { rows, sums: Object.fromEntries(summed.map(([name]) => [name, sum(name)])) }
}
