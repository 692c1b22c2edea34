import { decide, explain, type Facts, type Labels, policyMessagesNeeded, renderExplanation } from '../../policy/door.ts'
import { runBody } from '../../policy/evaluate.ts'
import { prepare } from '../../policy/prepared.ts'
import { answerOfVerdict, type CaseEngine, type CaseWay, caseWay, plainValues } from '../peers/cases.ts'
import { decidedOn, type MeasuredRule, policyFunctionOf } from '../rules.ts'

/**
 * The library, one case after the other, from the plain function to the whole explanation as text. Traces are told three ways: left in
 * their slots, written down as JSON, and told as sentences, since only the last is what a person reads.
 */
export const ours: CaseEngine = async (rule, cases) => {
  const prepared = rule.sets.map((set) => prepare(rule.ir, set, decidedOn))
  const of = (place: number) => atOf(prepared, atOf(cases, place).set)
  const valuesOf = (place: number) => atOf(rule.sets, atOf(cases, place).set)
  const parsed = cases.map(({ facts }, place) => of(place).parse(facts))
  const traceOf = (place: number) => of(place).trace(atOf(parsed, place))
  const explanationOf = (place: number) => explain(rule.ir, atOf(cases, place).facts, valuesOf(place), decidedOn)
  const labels = labelsOf(rule)
  const { decisionOf } = atOf(prepared, 0)
  return [
    await plainFunction(
      rule,
      parsed,
      cases.map(({ set }) => set),
    ),
    caseWay({ label: 'flat trace in slots', explains: true }, traceOf, (trace) => answerOfVerdict(decisionOf(trace))),
    caseWay(
      { label: 'flat trace and decision', explains: true },
      (place) => of(place).decisionOf(traceOf(place)),
      answerOfVerdict,
    ),
    caseWay(
      { label: 'facts parsed, flat trace and decision', explains: true },
      (place) => of(place).decide(atOf(cases, place).facts),
      answerOfVerdict,
    ),
    caseWay(
      { label: 'flat trace, slots as JSON', explains: true },
      (place) => {
        const trace = traceOf(place)
        return { trace, text: of(place).compactTrace(trace) }
      },
      ({ trace }) => answerOfVerdict(decisionOf(trace)),
    ),
    caseWay(
      { label: 'interpreter over the IR', explains: true },
      (place) => runBody(rule.body, atOf(parsed, place), valuesOf(place)),
      (trace) => answerOfVerdict(decisionOf(trace)),
    ),
    caseWay(
      { label: '`decide`, which hashes rule and values each time' },
      (place) => decide(rule.ir, atOf(cases, place).facts, valuesOf(place), decidedOn),
      answerOfVerdict,
    ),
    caseWay(
      { label: 'tree of steps as JSON', explains: true },
      (place) => {
        const explanation = explanationOf(place)
        return { explanation, text: JSON.stringify(explanation) }
      },
      ({ explanation }) => answerOfVerdict(explanation.decision),
    ),
    caseWay(
      { label: 'tree of steps told in Chinese', explains: true },
      (place) => {
        const explanation = explanationOf(place)
        return { explanation, sentences: renderExplanation(explanation, labels, 'zh') }
      },
      ({ explanation }) => answerOfVerdict(explanation.decision),
    ),
  ]
}

/** The policy's own TypeScript function, which says nothing of how it came to its answer. */
async function plainFunction(rule: MeasuredRule, parsed: readonly Facts[], sets: readonly number[]): Promise<CaseWay> {
  const run = await policyFunctionOf(rule)
  const values = rule.sets.map((_, set) => plainValues(rule, set))
  return caseWay(
    { label: 'plain function' },
    (place) => run(atOf(parsed, place), atOf(values, atOf(sets, place))),
    (outcome) => {
      if ('reason' in outcome) return { reason: outcome.reason, results: {} }
      const figures = Object.entries(outcome.results).map(([name, figure]): [string, number] => [name, Number(figure)])
      return { reason: null, results: Object.fromEntries(figures) }
    },
  )
}

function atOf<T>(all: readonly T[], place: number): T {
  const one = all[place]
  if (one === undefined) throw new RangeError(`nothing at ${place}`)
  return one
}

/** Words of a service, or the names themselves where a rule is only measured. */
function labelsOf({ labels, ir }: MeasuredRule): Labels {
  return labels ?? new Map(policyMessagesNeeded(ir).map((key) => [key, key]))
}
