import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Decision,
  decide,
  explain,
  type PolicyBody,
  type ResolvedValues,
  renderExplanation,
  runDirect,
  type Verdict,
} from './door.ts'
import { runBody } from './evaluate.ts'
import { membershipFee, membershipFeeAtFoundation } from './examples/club-membership.ts'
import { courtBooking } from './examples/court-booking.ts'
import { exampleIr } from './examples/ir.ts'
import { exampleLabels } from './examples/labels.ts'
import { exampleValues } from './examples/values.ts'
import { parseFacts } from './facts.ts'
import { type Block, type Expression, operandsOf, type Statement } from './ir.ts'
import { arbitraryFacts, arbitraryValues } from './testing.ts'
import { isQuantity } from './units.ts'

/** Every reading of a policy against its own function, on random facts that fall on and around every boundary. */

const cases = [
  {
    name: 'membership fee at foundation',
    ir: exampleIr('club-membership.ts'),
    on: '2023-12-31',
    definition: membershipFeeAtFoundation,
    run: (facts: unknown, values: ResolvedValues) => runDirect(membershipFeeAtFoundation, facts, values, '2023-12-31'),
  },
  {
    name: 'membership fee',
    ir: exampleIr('club-membership.ts'),
    on: '2024-01-01',
    definition: membershipFee,
    run: (facts: unknown, values: ResolvedValues) => runDirect(membershipFee, facts, values, '2024-01-01'),
  },
  {
    name: 'court booking',
    ir: exampleIr('court-booking.ts'),
    on: '2024-06-01',
    definition: courtBooking,
    run: (facts: unknown, values: ResolvedValues) => runDirect(courtBooking, facts, values, '2024-06-01'),
  },
]

const settings = { numRuns: 500, seed: 20240101 }

describe.each(cases)('$name', ({ ir, on, definition, run }) => {
  const body = bodyOn(ir.bodies, on)
  const facts = arbitraryFacts(body.facts, exampleValues)

  it('is declared in the IR as in the definition', () => {
    expect(body.facts).toEqual(definition.facts)
    expect(body.values).toEqual(definition.values)
    expect(Object.keys(body.results)).toEqual(Object.keys(definition.results))
  })

  it('decides as its own function does, and comes to every outcome it has', () => {
    const reached = new Set<string>()
    fc.assert(
      fc.property(facts, (given) => {
        const decision = decide(ir, given, exampleValues, on)
        reached.add(`${decision.reason} ${decision.because}`)
        expect(withoutFingerprints(decision)).toEqual(run(given, exampleValues))
      }),
      { ...settings, numRuns: 2_000 },
    )
    expect([...reached].toSorted()).toEqual([...outcomesOf(body.block)].toSorted())
  })

  it('decides as its own function does, whatever the values', () => {
    const inputs = arbitraryValues(body.values).chain((values) =>
      fc.tuple(fc.constant(values), arbitraryFacts(body.facts, values)),
    )
    fc.assert(
      fc.property(inputs, ([values, given]) => {
        expect(withoutFingerprints(decide(ir, given, values, on))).toEqual(run(given, values))
      }),
      settings,
    )
  })

  it('never leaves the ranges that the reader has proved', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { slots } = runBody(body, parseFacts(body.facts, given), exampleValues)
        for (const { unit, slot, op } of expressionsOf(body.block)) {
          const value = slots[slot]
          if (value === undefined || !isQuantity(unit)) continue
          expect(value, `slot ${slot} (${op})`).toSatisfy((n: number) => n >= unit.min && n <= unit.max)
        }
      }),
      settings,
    )
  })

  it('is told in both languages without a gap', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const explanation = explain(ir, given, exampleValues, on)
        expect(explanation.decision).toEqual(decide(ir, given, exampleValues, on))
        expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation)
        for (const language of ['zh', 'en'] as const) {
          const sentences = renderExplanation(explanation, exampleLabels[language], language)
          expect(sentences.join('\n')).not.toMatch(/[{}]|undefined|null|NaN|facts\.|values\.|results\./)
        }
      }),
      settings,
    )
  })
})

function bodyOn(bodies: readonly PolicyBody[], on: string): PolicyBody {
  const body = bodies.find(({ from, to }) => from <= on && (to === undefined || on <= to))
  if (body === undefined) throw new Error(`the example has no body on ${on}`)
  return body
}

function withoutFingerprints({ policy: _, ...verdict }: Decision): Verdict {
  return verdict
}

/** `reason clause` of everything that a block may end in. */
function outcomesOf(block: Block): Set<string> {
  const ends = statementsOf(block).flatMap((statement) => {
    if (statement.do === 'grant') return [`null ${statement.clause}`]
    return statement.do === 'refuse' || statement.do === 'refer' ? [`${statement.reason} ${statement.clause}`] : []
  })
  return new Set(ends)
}

function statementsOf(block: Block): Statement[] {
  return block.flatMap((statement) => {
    if (statement.do === 'if') {
      return [statement, ...statementsOf(statement.block), ...statementsOf(statement.otherwise ?? [])]
    }
    if (statement.do === 'switch') return [statement, ...statement.cases.flatMap((each) => statementsOf(each.block))]
    return [statement]
  })
}

function expressionsOf(block: Block): Expression[] {
  return statementsOf(block).flatMap((statement) => {
    switch (statement.do) {
      case 'const':
        return withOperands(statement.is)
      case 'if':
        return withOperands(statement.condition)
      case 'switch':
        return withOperands(statement.on)
      case 'grant':
        return Object.values(statement.results).flatMap(withOperands)
      default:
        return []
    }
  })
}

function withOperands(expression: Expression): Expression[] {
  return [expression, ...operandsOf(expression).flatMap(withOperands)]
}
