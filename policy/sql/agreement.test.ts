import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { decide } from '../decide.ts'
import type { Decision } from '../decision.ts'
import { EXAMPLE_FILES, exampleIr } from '../examples/ir.ts'
import { exampleValues } from '../examples/values.ts'
import { parseFacts } from '../facts.ts'
import type { PolicyBody, PolicyIr } from '../ir.ts'
import { arbitraryFacts, arbitraryValues } from '../testing.ts'
import { isQuantity } from '../units.ts'
import type { ResolvedValues } from '../values.ts'
import { decideRows, openDuckDb, openPostgres, type TestDatabase } from './testing.ts'
import type { SqlRow, SqlVerdict } from './verdicts.ts'

/** Every body of the examples as a query on both real databases, against `decide`. */

const bodies = EXAMPLE_FILES.flatMap((file) => {
  const ir = exampleIr(file)
  return ir.bodies.map((body) => ({ name: `${ir.id} from ${body.from}`, ir, body }))
})

const databases = ['postgresql', 'duckdb'] as const
let open: Record<(typeof databases)[number], TestDatabase>

beforeAll(async () => {
  open = { postgresql: await openPostgres(inject('adminUrl'), 'policy_sql_agreement'), duckdb: await openDuckDb() }
})

afterAll(async () => {
  for (const database of Object.values(open)) await database.close()
})

describe.each(bodies)('$name', ({ ir, body }) => {
  const sets = setsOf(body)
  const rows = Object.entries(sets).flatMap(([set, values], index) => {
    const count = index === 0 ? 2_000 : 50
    return fc
      .sample(arbitraryFacts(body.facts, values), { numRuns: count, seed: 20240101 + index })
      .map((given) => ({ facts: parseFacts(body.facts, given), set }))
  })
  const decided = rows.map(({ facts, set }) => verdictOf(ir, facts, sets[set] ?? {}, body.from))

  it.each(databases)('%s decides every row as `decide` does', async (name) => {
    const { verdicts, totals } = await decideRows(open[name], { body, sets }, rows)
    for (const [index, verdict] of verdicts.entries()) {
      expect(verdict, JSON.stringify(rows[index])).toEqual(decided[index])
    }
    const expected = totalsOf(
      body,
      rows.map(({ set }, index) => ({ region: set, verdict: decided[index] })),
    )
    expect(new Map(totals.map((row) => [groupOf(row), row]))).toEqual(expected)
  })
})

/** The examples' own values, and others at random for as many regions as there are provinces. */
function setsOf(body: PolicyBody): Record<string, ResolvedValues> {
  const others = fc.sample(arbitraryValues(body.values), { numRuns: 31, seed: 20240202 })
  return Object.fromEntries([exampleValues, ...others].map((values, index) => [`region ${index}`, values]))
}

function verdictOf(ir: PolicyIr, facts: unknown, values: ResolvedValues, on: string): SqlVerdict {
  const { policy: _, assumptions: __, ...verdict }: Decision = decide(ir, facts, values, on)
  return verdict
}

/** What the query for totals must give: a row for each region, outcome, reason and clause, with exact sums as digits. */
function totalsOf(
  body: PolicyBody,
  cases: readonly { readonly region: string; readonly verdict: SqlVerdict | undefined }[],
): Map<string, SqlRow> {
  const groups = Map.groupBy(cases, ({ region, verdict }) => groupOf({ region, ...verdict }))
  const sum = (numbers: readonly unknown[]) => {
    const whole = numbers.filter((value) => typeof value === 'number')
    return whole.length === 0 ? null : String(whole.reduce((total, value) => total + BigInt(value), 0n))
  }
  const totals = [...groups].map(([group, [first, ...rest]]) => {
    const all = [first, ...rest].flatMap((each) => (each?.verdict === undefined ? [] : [each.verdict]))
    const row: Record<string, unknown> = {
      ...{ region: first?.region, outcome: first?.verdict?.outcome, reason: first?.verdict?.reason },
      ...{ because: first?.verdict?.because, cases: String(all.length) },
    }
    for (const [name, unit] of Object.entries(body.results)) {
      if (isQuantity(unit)) row[`sum_result_${snake(name)}`] = sum(all.map(({ results }) => results[name]?.value))
    }
    for (const [name, unit] of Object.entries(body.items?.results ?? {})) {
      const items = all.flatMap((verdict) => verdict.items?.outcomes ?? [])
      if (isQuantity(unit)) row[`sum_item_${snake(name)}`] = sum(items.map(({ results }) => results[name]?.value))
    }
    return [group, row] as const
  })
  return new Map(totals)
}

function groupOf({ region, outcome, reason, because }: SqlRow): string {
  return [region, outcome, reason, because].join(' | ')
}

function snake(name: string): string {
  return name.replace(/([A-Z])/g, (letter) => `_${letter.toLowerCase()}`)
}
