import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Decision,
  decide,
  explain,
  isDate,
  type PolicyBody,
  type ResolvedValues,
  renderExplanation,
  runDirect,
  type SlotValue,
  type Trace,
  type Verdict,
} from './door.ts'
import { runBody } from './evaluate.ts'
import { membershipFee, membershipFeeAtFoundation } from './examples/club-membership.ts'
import { courtBooking } from './examples/court-booking.ts'
import { exampleIr } from './examples/ir.ts'
import { exampleLabels } from './examples/labels.ts'
import { trainingGrant, trainingGrantAtFirst, trainingGrantOfTheDearest } from './examples/training-grant.ts'
import { exampleValues } from './examples/values.ts'
import { parseFacts } from './facts.ts'
import type { Block, EndStatement, Expression } from './ir.ts'
import { endsOf, itemEndsOf } from './kernel/columns.ts'
import { arbitraryFacts, arbitraryValues } from './testing.ts'
import { isQuantity } from './units.ts'
import { expressionsIn, isEnd, statementsOf } from './walk.ts'

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
  {
    name: 'training grant at first',
    ir: exampleIr('training-grant.ts'),
    on: '2021-12-31',
    definition: trainingGrantAtFirst,
    run: (facts: unknown, values: ResolvedValues) => runDirect(trainingGrantAtFirst, facts, values, '2021-12-31'),
  },
  {
    name: 'training grant of the dearest',
    ir: exampleIr('training-grant.ts'),
    on: '2022-01-01',
    definition: trainingGrantOfTheDearest,
    run: (facts: unknown, values: ResolvedValues) => runDirect(trainingGrantOfTheDearest, facts, values, '2022-01-01'),
  },
  {
    name: 'training grant',
    ir: exampleIr('training-grant.ts'),
    on: '2024-01-01',
    definition: trainingGrant,
    run: (facts: unknown, values: ResolvedValues) => runDirect(trainingGrant, facts, values, '2024-01-01'),
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
    const reachedByItems = new Set<string>()
    fc.assert(
      fc.property(facts, (given) => {
        const decision = decide(ir, given, exampleValues, on)
        reached.add(`${decision.reason} ${decision.because}`)
        for (const { reason, because } of decision.items?.outcomes ?? []) reachedByItems.add(`${reason} ${because}`)
        expect(withoutFingerprints(decision)).toEqual(run(given, exampleValues))
      }),
      { ...settings, numRuns: 2_000 },
    )
    expect([...reached].toSorted()).toEqual(namesOf(endsOf(body)))
    expect([...reachedByItems].toSorted()).toEqual(namesOf(itemEndsOf(body)))
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
    const expressions = expressionsIn(body.block)
    fc.assert(
      fc.property(facts, (given) => {
        for (const slots of slotsOf(runBody(body, parseFacts(body.facts, given), exampleValues), body)) {
          for (const expression of expressions) expectInRange(expression, slots[expression.slot])
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

/** `reason clause` of outcomes. */
function namesOf(ends: readonly EndStatement[]): string[] {
  const names = ends.map((end) => `${end.do === 'grant' ? null : end.reason} ${end.clause}`)
  return [...new Set(names)].toSorted()
}

/** The slots of a run, and for each item that was looked at the slots as they were for it, at their places. */
function slotsOf({ slots, items }: Trace, body: PolicyBody): readonly (readonly (SlotValue | undefined)[])[] {
  const firstSlots = new Map(loopsOf(body.block).map(({ slot, firstSlot }) => [slot, firstSlot]))
  const ofItems = [...items].flatMap(([slot, looked]) =>
    looked.map((itemSlots) => [...new Array<undefined>(firstSlots.get(slot) ?? 0), ...itemSlots]),
  )
  return [slots, ...ofItems]
}

/** What looks at items one by one: its slot, and the first slot of what it asks of each. */
function loopsOf(block: Block): { slot: number; firstSlot: number }[] {
  const loops = expressionsIn(block).flatMap((expression) => ('firstSlot' in expression ? [expression] : []))
  const decisions = statementsOf(block)
    .filter(isEnd)
    .flatMap(({ each }) => each ?? [])
  return [...loops, ...decisions]
}

function expectInRange({ op, slot, unit }: Expression, value: SlotValue | undefined): void {
  if (value === undefined) return
  const at = `slot ${slot} (${op})`
  if (isQuantity(unit)) expect(value, at).toSatisfy((n: number) => n >= unit.min && n <= unit.max)
  if (unit.kind === 'list') expect(value, at).toSatisfy((list: unknown[]) => list.length <= unit.max)
  if (unit.kind === 'choice') expect(unit.options, at).toContain(value)
  if (unit.kind === 'optional' && unit.unit.kind === 'date') expect(value, at).toSatisfy(isNullOrDate)
}

function isNullOrDate(value: unknown): boolean {
  return value === null || (typeof value === 'string' && isDate(value))
}
