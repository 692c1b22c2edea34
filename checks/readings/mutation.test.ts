import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, type PolicyIr, runDirect } from '../../policy/door.ts'
import { mutantsOf } from './mutants.ts'
import { declaredFacts, factsOf, type Situation, shippedSituations } from './situations.ts'

/**
 * Whether the tests would notice: each operator of each node of each shipped policy is changed, and the mutant must differ from the policy's
 * own function on a case of the table or on random facts. At least 95 of 100 must be found; those that are not are shown.
 */

const MUTANTS_FOUND_MIN = 0.95
/** Spread over the situations of a body. */
const FACTS_PER_BODY = 2_000

const situations = await shippedSituations()
const byBody = Map.groupBy(situations, ({ ir, body }) => `${ir.file} ${ir.id} from ${body.from}`)

describe('a change of one operator is noticed', () => {
  const survivors: string[] = []
  let mutants = 0

  it.each([...byBody])(
    '%s',
    (name, places) => {
      const trials = places.flatMap((place) => trialsOf(place, Math.ceil(FACTS_PER_BODY / places.length)))
      for (const { what, body } of mutantsOf(places[0]?.body ?? expect.unreachable())) {
        mutants++
        const mutant: PolicyIr = { irVersion: 2, id: 'mutant', file: 'mutant.ts', bodies: [body] }
        if (!trials.some((trial) => trial.notices(mutant))) survivors.push(`${name}, line ${what}`)
      }
    },
    60_000,
  )

  it(`at least ${MUTANTS_FOUND_MIN * 100} of 100 mutants are found`, () => {
    expect(mutants).toBeGreaterThan(300)
    expect(1 - survivors.length / mutants, survivors.join('\n')).toBeGreaterThanOrEqual(MUTANTS_FOUND_MIN)
  })
})

/** Facts with the answer of the policy's own function; `notices` says whether a changed body gives another. */
type Trial = { notices(mutant: PolicyIr): boolean }

function trialsOf(situation: Situation, numRuns: number): Trial[] {
  const { body, values, on, cases } = situation
  const random = fc.sample(factsOf(situation), { numRuns, seed: 20_260_511 })
  return [...cases.map((each) => declaredFacts(body, each)), ...random].map((facts) => {
    const expected = answerOf(() => runDirect(situation.definition, facts, values, on))
    return {
      notices: (mutant) => expected !== answerOf(() => ({ ...decide(mutant, facts, values, on), policy: undefined })),
    }
  })
}

/** An answer as text. A mutant that cannot be run has been noticed. */
function answerOf(run: () => unknown): string {
  try {
    return JSON.stringify(run())
  } catch (error) {
    return String(error)
  }
}
