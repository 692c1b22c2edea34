import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Decision, decide, parseFacts, runDirect, type Verdict } from '../../policy/door.ts'
import { decideRows, openDuckDb, openPostgres, type TestDatabase } from '../../policy/sql/testing.ts'
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
