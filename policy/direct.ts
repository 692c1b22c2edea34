import { assumptionsAmong, findBody, grantVerdict, type ResultUnits } from './decide.ts'
import type { ItemVerdict, Verdict } from './decision.ts'
import { NOT_IN_FORCE } from './decision.ts'
import type { FactDeclarations, HeldBy, PolicyDefinition, ResultDeclarations, ValueDeclarations } from './definition.ts'
import { parseFacts } from './facts.ts'
import type { Grant, Referral, Refusal } from './language.ts'
import { checkValues, type ResolvedValues } from './values.ts'

/**
 * Calls the TypeScript function of a definition itself: what a debugger steps through, and the yardstick for every other reading.
 * The fingerprints of a decision belong to the IR, which this does not have; everything else must agree with `decide`.
 *
 * @throws FactProblems when the facts or the day do not parse
 * @throws ValueProblems when a declared value is missing or does not fit
 */
export function runDirect<
  F extends FactDeclarations,
  V extends ValueDeclarations,
  R extends ResultDeclarations,
  I extends ResultDeclarations,
>(definition: PolicyDefinition<F, V, R, I>, facts: unknown, values: ResolvedValues, on: string): Verdict {
  if (findBody([definition], on) === undefined) {
    return { outcome: 'refused', results: {}, reason: NOT_IN_FORCE, because: definition.clause, assumptions: [] }
  }
  const parsed = parseFacts(definition.facts, facts)
  const checked = checkValues(definition.values, values, on)
  const { plain, read } = watchReads(checked)
  // Both have just been checked against the declarations from which `tsc` computes these types.
  const outcome = definition.decide(parsed as HeldBy<F>, plain as HeldBy<V>)
  const verdict = { ...verdictOf(definition, outcome), assumptions: assumptionsAmong(read, checked) }
  const { items } = definition
  if (outcome.items === undefined || items === undefined) return verdict
  return { ...verdict, items: { list: items.list, outcomes: outcome.items.map((item) => verdictOf(items, item)) } }
}

function verdictOf(
  units: ResultUnits,
  outcome: Grant<object, unknown> | Refusal<unknown> | Referral<unknown>,
): ItemVerdict {
  if (outcome.outcome !== 'granted') {
    return { outcome: outcome.outcome, results: {}, reason: outcome.reason, because: outcome.because }
  }
  return grantVerdict(units, new Map<string, unknown>(Object.entries(outcome.results)), outcome.because)
}

/** The plain values by name, and the names that have been read of them so far. */
function watchReads(values: ResolvedValues): { plain: object; read: ReadonlySet<string> } {
  const read = new Set<string>()
  const plain = {}
  for (const [name, { value }] of Object.entries(values)) {
    Object.defineProperty(plain, name, {
      enumerable: true,
      get: () => {
        read.add(name)
        return value
      },
    })
  }
  return { plain, read }
}
