import { isDate } from './dates.ts'
import {
  type Decision,
  type DecisionResult,
  type ItemVerdict,
  NOT_IN_FORCE,
  outcomeOf,
  type Verdict,
} from './decision.ts'
import { runBody, type SlotValue, type Trace } from './evaluate.ts'
import { describe, FactProblems, type Facts, parseFacts } from './facts.ts'
import { irHash, valuesHash } from './hash.ts'
import type { EndStatement, PolicyBody, PolicyIr } from './ir.ts'
import { unitCode } from './units.ts'
import { checkValues, type ResolvedValues } from './values.ts'

/**
 * Decides by the body that is law on the day `on`.
 *
 * @param facts anything from outside; it is parsed against the declared facts
 * @param values resolved for the day and the region; only the declared ones are looked at
 * @returns a decision; on a day that no body covers a refusal with the reason `not_in_force` and the clause of the nearest body
 * @throws FactProblems when the facts or the day do not parse
 * @throws ValueProblems when a declared value is missing or does not fit
 */
export function decide(ir: PolicyIr, facts: unknown, values: ResolvedValues, on: string): Decision {
  return trace(ir, facts, values, on).decision
}

/** A decision and everything evaluated on the way to it. */
export interface TracedDecision {
  readonly decision: Decision
  /** Absent when no body was law on the day. */
  readonly ran?: { readonly body: PolicyBody; readonly values: ResolvedValues; readonly trace: Trace }
}

/** As `decide`, and keeps the trace: one array of slots, no tree. */
export function trace(ir: PolicyIr, facts: unknown, values: ResolvedValues, on: string): TracedDecision {
  const body = findBody(ir.bodies, on)
  if (body === undefined) {
    const because = nearestClause(ir.bodies, on)
    const verdict: Verdict = { outcome: 'refused', results: {}, reason: NOT_IN_FORCE, because, assumptions: [] }
    return { decision: { ...verdict, policy: fingerprints(ir, {}) } }
  }
  const parsed: Facts = parseFacts(body.facts, facts)
  const checked = checkValues(body.values, values, on)
  const ran = runBody(body, parsed, checked)
  const decision = { ...verdictOf(body, ran, checked), policy: fingerprints(ir, checked) }
  return { decision, ran: { body, values: checked, trace: ran } }
}

/**
 * The body that is law on a day; undefined when none is.
 * @throws FactProblems when `on` is no date
 */
export function findBody<B extends Pick<PolicyBody, 'from' | 'to'>>(bodies: readonly B[], on: string): B | undefined {
  if (!isDate(on)) throw new FactProblems([{ path: 'on', expected: 'a date YYYY-MM-DD', found: describe(on) }])
  return bodies.find(({ from, to }) => from <= on && (to === undefined || on <= to))
}

/** The clause that ended last before the day, or the one that begins first. */
function nearestClause(bodies: readonly PolicyBody[], on: string): string {
  const nearest = bodies.findLast(({ from }) => from <= on) ?? bodies[0]
  return nearest?.clause ?? ''
}

function fingerprints(ir: PolicyIr, values: ResolvedValues): Decision['policy'] {
  return { id: ir.id, irHash: irHash(ir), valuesHash: valuesHash(values) }
}

function verdictOf(
  body: PolicyBody,
  { end, slots, items, itemEnds, valuesRead }: Trace,
  values: ResolvedValues,
): Verdict {
  const verdict = {
    ...endVerdict(body, end, (slot) => slots[slot]),
    assumptions: assumptionsAmong(valuesRead, values),
  }
  if (itemEnds === undefined || end.each === undefined || body.items === undefined) return verdict
  const { firstSlot, slot: eachSlot } = end.each
  const { items: declared } = body
  const slotsByItem = items.get(eachSlot)
  const outcomes = itemEnds.map((itemEnd, index) =>
    endVerdict(declared, itemEnd, (slot) => slotsByItem?.[index]?.[slot - firstSlot]),
  )
  return { ...verdict, items: { list: declared.list, outcomes } }
}

/** What an outcome may grant: the declared results, and which of them is the total. */
export type ResultUnits = Pick<PolicyBody, 'results' | 'total'>

function endVerdict(units: ResultUnits, end: EndStatement, read: (slot: number) => SlotValue | undefined): ItemVerdict {
  if (end.do !== 'grant') {
    const { outcome, reason, because } = outcomeOf(end)
    return { outcome, results: {}, reason, because }
  }
  const computed = Object.entries(end.results).map(([name, { slot }]) => [name, read(slot)] as const)
  return grantVerdict(units, new Map(computed), end.clause)
}

/** Added to a result: nothing times a negative number is -0 to JavaScript, and 0 to everybody else. */
export const POSITIVE_ZERO = 0

/** A granted verdict from what each result came to. */
export function grantVerdict(
  { results: units, total }: ResultUnits,
  computed: ReadonlyMap<string, unknown>,
  because: string,
): ItemVerdict {
  const results: Record<string, DecisionResult> = {}
  for (const [name, unit] of Object.entries(units)) {
    const value = computed.get(name)
    if (typeof value === 'number') results[name] = { value: value + POSITIVE_ZERO, unit: unitCode(unit) }
    else if (typeof value === 'string' || typeof value === 'boolean') results[name] = { value, unit: unitCode(unit) }
  }
  const amountFen = total === undefined ? undefined : computed.get(total)
  const totals = typeof amountFen === 'number' ? { amountFen: amountFen + POSITIVE_ZERO } : {}
  return { outcome: 'granted', results, reason: null, because, ...totals }
}

/** The assumed values among those read, in the order in which the policy declares them. */
export function assumptionsAmong(read: ReadonlySet<string>, values: ResolvedValues): Verdict['assumptions'] {
  return Object.entries(values).flatMap(([name, { value, unit, source, assumed, note }]) =>
    assumed && read.has(name) ? [{ name, value, unit, source, ...(note === undefined ? {} : { note }) }] : [],
  )
}
