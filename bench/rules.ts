import { readFileSync } from 'node:fs'
import { openRulebook, provinces, resolveValues } from '../law/door.ts'
import {
  type Facts,
  type Labels,
  type PolicyBody,
  type PolicyIr,
  type ResolvedValue,
  type ResolvedValues,
  readPolicies,
  type Spread,
} from '../policy/door.ts'
import { populationOf } from '../server/population.ts'

/** The rules that are measured, by the name of their policy. */
export const ruleIds = ['stability-refund', 'skill-subsidy-flat', 'skill-subsidy', 'contributions'] as const
export type RuleId = (typeof ruleIds)[number]

/** A rule that is measured: the policy itself, the sets of values it is run with, and what its population looks like. */
export interface MeasuredRule {
  readonly id: RuleId
  readonly title: string
  readonly ir: PolicyIr
  readonly body: PolicyBody
  /** One for each region; where there are several the column `@set` says which decides a row. */
  readonly sets: readonly ResolvedValues[]
  readonly spreads: Readonly<Record<string, Spread>>
  /** The words of its service in Chinese; a rule that is only measured has none. */
  readonly labels?: Labels
}

/** The day on which every case is decided. */
export const decidedOn = '2026-01-01'

const titles: Readonly<Record<RuleId, string>> = {
  'stability-refund': 'P1 job-retention refund',
  'skill-subsidy-flat': 'P2 skill subsidy, counted',
  'skill-subsidy': 'P2 skill subsidy, lists',
  contributions: 'P3 five insurances and tax, 32 regions',
}

/** Reads a rule with its values: of Hebei, or of every province where its population says so. */
export function getRule(id: RuleId): MeasuredRule {
  return { id, title: titles[id], ...(id === 'skill-subsidy-flat' ? countedSubsidy() : serviceRule(id)) }
}

/** What a policy's own function gives. */
export type PlainOutcome =
  | { readonly reason: string; readonly because: string }
  | { readonly results: Readonly<Record<string, unknown>>; readonly because: string }

/** The function that stands in a policy's source, called with nothing around it. */
export async function policyFunctionOf({
  id,
  body,
}: MeasuredRule): Promise<(facts: Facts, values: object) => PlainOutcome> {
  const file = id === 'skill-subsidy-flat' ? `./policies/${id}.ts` : `../services/${id}/policy.ts`
  const exported: Readonly<Record<string, unknown>> = await import(file)
  for (const definition of Object.values(exported)) {
    if (typeof definition !== 'object' || definition === null || !('decide' in definition)) continue
    const { decide } = definition
    const isThis = 'id' in definition && definition.id === id && 'from' in definition && definition.from === body.from
    if (isThis && typeof decide === 'function') return (facts, values) => decide(facts, values)
  }
  throw new RangeError(`${file} has no policy ${id}`)
}

type ReadRule = Omit<MeasuredRule, 'id' | 'title'>

function serviceRule(id: RuleId): ReadRule {
  const folder = new URL(`../services/${id}/`, import.meta.url)
  const rulebook = openRulebook(id, folder)
  const { ir, body } = inForce(rulebook.policies.map((policy) => policy.ir).filter((policy) => policy.id === id))
  const { regions = provinces().map(({ code }) => code), columns } = populationOf(folder, id)
  const names = Object.keys(body.values)
  const sets = regions.map((insuredRegion) => resolveValues(rulebook.values, { names, on: decidedOn, insuredRegion }))
  return { ir, body, sets, spreads: columns, labels: rulebook.messages.zh }
}

/** C3 counted: what `services/skill-subsidy` decides certificate by certificate, with its values and a population of the same kind. */
function countedSubsidy(): ReadRule {
  const file = 'policies/skill-subsidy-flat.ts'
  const plain: Spread = { is: 'weighted', weights: { '0': 70, '1': 24, '2': 6 } }
  const urgent: Spread = { is: 'weighted', weights: { '0': 88, '1': 10, '2': 2 } }
  return {
    ...inForce(readPolicies(readFileSync(new URL(file, import.meta.url), 'utf8'), file)),
    sets: [
      {
        monthsPaidMin: hebei(12, 'month', 'C3.01'),
        subsidiesMax: hebei(3, 'certificate', 'C3.06'),
        juniorFen: hebei(1_000_00, 'fen', 'C3.04'),
        intermediateFen: hebei(1_500_00, 'fen', 'C3.04'),
        seniorFen: hebei(2_000_00, 'fen', 'C3.04'),
      },
    ],
    spreads: {
      status: { is: 'weighted', weights: { employed: 80, unemployment_benefit: 8, other: 12 } },
      monthsPaid: { is: 'even', min: 0, max: 120 },
      ...{ plainJunior: plain, plainIntermediate: plain, plainSenior: plain },
      ...{ urgentJunior: urgent, urgentIntermediate: urgent, urgentSenior: urgent },
    },
  }
}

function hebei(value: ResolvedValue['value'], unit: string, source: string): ResolvedValue {
  return { value, unit, source, from: '2025-06-20', region: '130000' }
}

/** The first policy, and its body that is law on the day. */
function inForce([ir]: readonly PolicyIr[]): Pick<MeasuredRule, 'ir' | 'body'> {
  const body = ir?.bodies.find(({ from, to }) => from <= decidedOn && (to === undefined || decidedOn <= to))
  if (ir === undefined || body === undefined) throw new RangeError(`no policy that is law on ${decidedOn}`)
  return { ir, body }
}
