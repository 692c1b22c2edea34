import { ZenEngine } from '@gorules/zen-engine'
import { answerOfRecord, type CaseEngine, type CaseWay, caseWay, plainValues } from '../cases.ts'
import { decisionOf } from './decisions.ts'

/** GoRules ZEN with its own trace, each decision awaited, and with 500 under way so that its threads are never idle. */
export const zen: CaseEngine = async (rule, cases) => {
  const graph = decisionOf(rule)
  if (graph === undefined) return undefined
  const decision = new ZenEngine().createDecision(graph)
  const laws = rule.sets.map((_, set) => figuresOnly(plainValues(rule, set)))
  const inputs = cases.map(({ facts, set }) => (laws.length > 1 ? { ...facts, law: laws[set] } : facts))
  const way = (label: string, inFlight: number, trace: boolean): CaseWay =>
    caseWay(
      { label, inFlight, explains: trace },
      (place) => decision.evaluate(inputs[place], { trace }),
      ({ result }) => answerOfRecord(result, Object.keys(rule.body.results)),
    )
  return [
    way('GoRules ZEN with trace, awaited', 1, true),
    way('GoRules ZEN with trace, 500 under way', 500, true),
    way('GoRules ZEN without trace, 500 under way', 500, false),
  ]
}

/** Tables are in the graph. */
function figuresOnly(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'number'))
}
