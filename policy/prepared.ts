import { addDays, addMonths, daysBetween, isDate, monthsBetween } from './dates.ts'
import { assumptionsAmong, findBody, POSITIVE_ZERO, type ResultUnits, type TracedDecision } from './decide.ts'
import {
  type Decision,
  type DecisionResult,
  type EndOutcome,
  type ItemVerdict,
  outcomeOf,
  type Verdict,
} from './decision.ts'
import { runBody, type Trace } from './evaluate.ts'
import { type Facts, parseFacts } from './facts.ts'
import { writeFastParse } from './fast-parse-text.ts'
import { writeFastTrace } from './fast-trace-text.ts'
import { irHash, valuesHash } from './hash.ts'
import type { EndStatement, PolicyBody, PolicyIr } from './ir.ts'
import { endsOf, itemEndsOf } from './kernel/columns.ts'
import { compareKeys, max, min, share } from './language.ts'
import { listSlotsOf, readsOfValues } from './slots-of-body.ts'
import { unitCode } from './units.ts'
import { checkValues, type ResolvedValues } from './values.ts'

/** One body with its values, made ready to decide one case after the other. */
export interface PreparedPolicy {
  readonly body: PolicyBody
  readonly values: ResolvedValues
  /** Whether code was generated; where a page's rules forbid that, the interpreter does the same more slowly. */
  readonly isGenerated: boolean
  /** As `parseFacts`. @throws FactProblems */
  parse(input: unknown): Facts
  /** Runs the body over facts that have been parsed: every evaluated value in its slot, no tree. */
  trace(facts: Facts): Trace
  /** What a trace comes to. */
  decisionOf(trace: Trace): Decision
  /** Parses, runs and decides, as `decide`. @throws FactProblems */
  decide(input: unknown): Decision
  /** As `decide`, and keeps the trace, from which `explanationOf` tells the steps. @throws FactProblems */
  decideTraced(input: unknown): TracedDecision
  /**
   * A trace as short JSON: `[end, slots, items, itemEnds]`, ends by their place in the text. What was not evaluated is null, and so are lists
   * of the facts, which stand in the facts.
   */
  compactTrace(trace: Trace): string
}

/**
 * Makes one body ready: checks its values, generates what runs it, and computes its fingerprints when the first decision needs them, each once.
 * @throws RangeError on a day that no body covers
 * @throws ValueProblems as `decide`
 */
export function prepare(ir: PolicyIr, values: ResolvedValues, on: string): PreparedPolicy {
  const body = findBody(ir.bodies, on)
  if (body === undefined) throw new RangeError(`no body of ${ir.id} is law on ${on}`)
  const checked = checkValues(body.values, values, on)
  let fingerprints: Decision['policy'] | undefined
  const policyOf = () => {
    fingerprints ??= { id: ir.id, irHash: irHash(ir), valuesHash: valuesHash(checked) }
    return fingerprints
  }
  const generated = generate(body, checked)
  const parse = (input: unknown) => generated?.parse(input) ?? parseFacts(body.facts, input)
  const trace = generated?.trace ?? ((facts: Facts) => runBody(body, facts, checked))
  const verdictOf = verdicts(body, checked)
  const decisionOf = (ran: Trace): Decision => ({ ...verdictOf(ran), policy: policyOf() })
  return {
    body,
    values: checked,
    isGenerated: generated !== undefined,
    parse,
    trace,
    decisionOf,
    decide: (input) => decisionOf(trace(parse(input))),
    decideTraced(input) {
      const ran = trace(parse(input))
      return { decision: decisionOf(ran), ran: { body, values: checked, trace: ran } }
    },
    compactTrace: compactor(body),
  }
}

interface Generated {
  parse(input: unknown): Facts | undefined
  trace(facts: Facts): Trace
}

/** Undefined where the surroundings forbid generated code. */
function generate(body: PolicyBody, values: ResolvedValues): Generated | undefined {
  const { ends, itemEnds } = { ends: endsOf(body), itemEnds: itemEndsOf(body) }
  const reads = readsOfValues(body)
  const makeTrace = (
    end: Trace['end'],
    slots: Slots,
    items?: Trace['items'],
    itemOutcomes?: Trace['itemEnds'],
  ): Trace => new FastTrace(end, slots, items ?? NO_ITEMS, itemOutcomes, reads)
  const language = { share, min, max, compareKeys, addMonths, addDays, monthsBetween, daysBetween, isDate }
  const bound = { ...language, values, ends, itemEnds, makeTrace }
  try {
    return {
      parse: new Function('bound', writeFastParse(body))(bound),
      trace: new Function('bound', writeFastTrace(body))(bound),
    }
  } catch (error) {
    if (error instanceof EvalError) return undefined
    throw error
  }
}

type Slots = Trace['slots']
const NO_ITEMS: Trace['items'] = new Map()

/** A trace that works out which values were read when it is asked. */
class FastTrace implements Trace {
  readonly end: Trace['end']
  readonly slots: Slots
  readonly items: Trace['items']
  readonly itemEnds?: NonNullable<Trace['itemEnds']>
  readonly #reads: ReturnType<typeof readsOfValues>

  constructor(
    end: Trace['end'],
    slots: Slots,
    items: Trace['items'],
    itemEnds: Trace['itemEnds'],
    reads: ReturnType<typeof readsOfValues>,
  ) {
    this.end = end
    this.slots = slots
    this.items = items
    if (itemEnds !== undefined) this.itemEnds = itemEnds
    this.#reads = reads
  }

  get valuesRead(): ReadonlySet<string> {
    return new Set(this.#reads.filter(({ wasRead }) => wasRead(this)).map(({ name }) => name))
  }
}

/** What is known of an outcome before any case comes to it. */
interface EndTemplate extends EndOutcome {
  readonly results: readonly { readonly name: string; readonly slot: number; readonly unit: string }[]
  readonly totalSlot: number | undefined
}

function templateOf({ results, total }: ResultUnits, end: EndStatement): EndTemplate {
  const head = outcomeOf(end)
  if (end.do !== 'grant') return { ...head, results: [], totalSlot: undefined }
  const carried = Object.entries(results).flatMap(([name, unit]) => {
    const expression = end.results[name]
    return expression === undefined ? [] : [{ name, slot: expression.slot, unit: unitCode(unit) }]
  })
  return {
    ...head,
    results: carried,
    totalSlot: total === undefined ? undefined : end.results[total]?.slot,
  }
}

function templatesOf(units: ResultUnits, ends: readonly Trace['end'][]): ReadonlyMap<Trace['end'], EndTemplate> {
  return new Map(ends.map((end) => [end, templateOf(units, end)]))
}

/** The verdict of a trace, with all that does not depend on the case worked out beforehand. */
function verdicts(body: PolicyBody, values: ResolvedValues): (trace: Trace) => Verdict {
  const ends = templatesOf(body, endsOf(body))
  const { items } = body
  const itemEnds = items === undefined ? undefined : templatesOf(items, itemEndsOf(body))
  const hasAssumed = Object.values(values).some(({ assumed }) => assumed)
  return (trace) => {
    const { end, slots } = trace
    const verdict: Verdict = {
      ...endVerdict(ends, end, slots, 0),
      assumptions: hasAssumed ? assumptionsAmong(trace.valuesRead, values) : [],
    }
    const { each } = end
    if (each === undefined || items === undefined || itemEnds === undefined) return verdict
    const slotsByItem = trace.items.get(each.slot)
    const outcomes = (trace.itemEnds ?? []).map((itemEnd, index) =>
      endVerdict(itemEnds, itemEnd, slotsByItem?.[index] ?? [], each.firstSlot),
    )
    return { ...verdict, items: { list: items.list, outcomes } }
  }
}

function endVerdict(
  templates: ReadonlyMap<Trace['end'], EndTemplate>,
  end: Trace['end'],
  slots: Slots,
  firstSlot: number,
): ItemVerdict {
  const template = templates.get(end)
  if (template === undefined) throw new TypeError('a trace ends in an outcome that the body does not have')
  const { outcome, reason, because, totalSlot } = template
  const results: Record<string, DecisionResult> = {}
  for (const { name, slot, unit } of template.results) {
    const value = slots[slot - firstSlot]
    if (typeof value === 'number') results[name] = { value: value + POSITIVE_ZERO, unit }
    else if (typeof value === 'string' || typeof value === 'boolean') results[name] = { value, unit }
  }
  const amountFen = totalSlot === undefined ? undefined : slots[totalSlot - firstSlot]
  if (typeof amountFen !== 'number') return { outcome, results, reason, because }
  return { outcome, results, reason, because, amountFen: amountFen + POSITIVE_ZERO }
}

function compactor(body: PolicyBody): (trace: Trace) => string {
  const ends = new Map(endsOf(body).map((end, place) => [end, place]))
  const itemEnds = new Map(itemEndsOf(body).map((end, place) => [end, place]))
  const listSlots = [...listSlotsOf(body).keys()]
  return (trace) => {
    const slots = listSlots.length === 0 ? trace.slots : without(trace.slots, listSlots)
    const end = ends.get(trace.end)
    if (trace.items.size === 0 && trace.itemEnds === undefined) return JSON.stringify([end, slots])
    return JSON.stringify([end, slots, [...trace.items], trace.itemEnds?.map((itemEnd) => itemEnds.get(itemEnd))])
  }
}

function without(slots: Slots, left: readonly number[]): Slots {
  const others = [...slots]
  for (const slot of left) others[slot] = undefined
  return others
}
