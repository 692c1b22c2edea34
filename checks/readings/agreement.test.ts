import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Decision, decide, runDirect, type Verdict } from '../../policy/door.ts'
import { factsOf, shippedSituations } from './situations.ts'

/** Every reading of every shipped policy against the policy's own function. */

const situations = await shippedSituations()

describe.each(situations)('$name', (situation) => {
  const { ir, definition, values, on } = situation

  it('is decided from the IR as by its own function', () => {
    fc.assert(
      fc.property(factsOf(situation), (facts) => {
        expect(verdictOf(decide(ir, facts, values, on))).toEqual(runDirect(definition, facts, values, on))
      }),
      { numRuns: 300, seed: 20_260_511 },
    )
  })
})

function verdictOf({ policy: _, ...verdict }: Decision): Verdict {
  return verdict
}
