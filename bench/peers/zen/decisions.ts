import { type MeasuredRule, type RuleId } from '../../rules.ts'
import { plainValues, withFigures } from '../cases.ts'

/** A node of a decision graph, without its id and place in the chain. */
interface GraphNode {
  readonly type: string
  readonly content?: object
}

/** The graph of a rule as GoRules' editor would save it: expressions and decision tables one after the other. */
export function decisionOf(rule: MeasuredRule): object | undefined {
  const nodes = chainOf(rule)
  if (nodes === undefined) return undefined
  const chain: GraphNode[] = [{ type: 'inputNode' }, ...nodes, { type: 'outputNode' }]
  return {
    nodes: chain.map((node, place) => ({ ...node, id: `n${place}`, name: `n${place}` })),
    edges: chain.slice(1).map((_, place) => ({ id: `e${place}`, sourceId: `n${place}`, targetId: `n${place + 1}`, type: 'edge' })),
  }
}

function chainOf(rule: MeasuredRule): GraphNode[] | undefined {
  const chains: Partial<Record<RuleId, (rule: MeasuredRule) => GraphNode[]>> = {
    'stability-refund': stabilityRefund,
    'skill-subsidy-flat': skillSubsidy,
    contributions,
  }
  return chains[rule.id]?.(rule)
}

function stabilityRefund(rule: MeasuredRule): GraphNode[] {
  const values = plainValues(rule)
  return [
    expressions(values, {
      layoffLimitPpm: 'insuredHeadcount <= {smallHeadcountMax} ? {smallLayoffRateMaxPpm} : {layoffRateMaxPpm}',
    }),
    firstHit(
      values,
      ['', 'entityKind', 'size'],
      ['reason', 'ratePpm'],
      [
        ['monthsPaidInFull < {monthsPaidMin}', '', '', "'{tooShort}'", ''],
      ],
    ),
  ]
}
