import { Engine, type RuleEvent } from 'json-rules-engine'
import type { MeasuredRule } from '../../rules.ts'
import { answerOfRecord, type CaseEngine, caseWay, plainValues } from '../cases.ts'

type Values = Record<string, unknown>

/**
 * json-rules-engine matches conditions and fires events; it cannot compute. So the refund alone is written for it: which reason, or which
 * rate, are events, and whoever runs it computes the amount. The other rules would be all arithmetic outside of it.
 */
export const jsonRulesEngine: CaseEngine = async (rule, cases) => {
  if (rule.id !== 'stability-refund') return undefined
  const engine = new Engine(rulesOf(rule))
  const { smallHeadcountMax, smallLayoffRateMaxPpm, layoffRateMaxPpm } = plainValues(rule)
  engine.addFact('layoffLimitPpm', async (_, almanac) =>
    Number(await almanac.factValue('insuredHeadcount')) <= Number(smallHeadcountMax)
      ? smallLayoffRateMaxPpm
      : layoffRateMaxPpm,
  )
  return [
    caseWay(
      { label: 'json-rules-engine', explains: true },
      async (place) => {
        const facts = cases[place]?.facts ?? {}
        const { events } = await engine.run(facts)
        return outcomeOf(events, Number(facts.paidLastYearFen))
      },
      (outcome) => answerOfRecord(outcome, Object.keys(rule.body.results)),
    ),
  ]
}

/** Refusals in the order of the law, then what the rate is: by kind of employer and size. */
function rulesOf(rule: MeasuredRule): object[] {
  const values = plainValues(rule)
  const refusals = [
    refusal(100, 'months_in_full_below_minimum', condition('monthsPaidInFull', 'lessThan', values.monthsPaidMin)),
    refusal(99, 'layoffs_above_limit', condition('layoffRatePpm', 'greaterThan', { fact: 'layoffLimitPpm' })),
    refusal(98, 'seriously_dishonest', condition('seriouslyDishonest', 'equal', true)),
    refusal(97, 'bankruptcy_or_deregistration', condition('inBankruptcyOrDeregistration', 'equal', true)),
  ]
  return [
    ...refusals,
    ...rates(values, 'equal', 'refundRatePpm'),
    ...rates(values, 'notEqual', 'referenceRefundRatePpm'),
  ]
}

function refusal(priority: number, reason: string, all: object): object {
  return { priority, conditions: { all: [all] }, event: { type: 'refused', params: { reason } } }
}

function rates(values: Values, operator: 'equal' | 'notEqual', table: string): object[] {
  return Object.entries(values[table] ?? {}).map(([size, ratePpm]) => ({
    conditions: { all: [condition('entityKind', operator, 'enterprise'), condition('size', 'equal', size)] },
    event: { type: 'rate', params: { ratePpm } },
  }))
}

function condition(fact: string, operator: string, value: unknown): object {
  return { fact, operator, value }
}

/** Events come in the order of priority: the first refusal counts, else the rate. */
function outcomeOf(events: readonly RuleEvent[], paidLastYearFen: number): { reason: unknown; refundFen?: number } {
  const refused = events.find(({ type }) => type === 'refused')
  if (refused !== undefined) return { reason: refused.params?.reason }
  const ratePpm = Number(events.find(({ type }) => type === 'rate')?.params?.ratePpm)
  return { reason: null, refundFen: Math.floor((paidLastYearFen * (ratePpm / 100) + 5_000) / 10_000) }
}
