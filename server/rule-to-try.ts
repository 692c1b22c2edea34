import { BadInput, type PlainDate, Refusal } from '../ground/door.ts'
import { nationCode, provinces, type RegionCode, regionPath, resolveValues } from '../law/door.ts'
import type { PolicyBody, PolicyIr, ResolvedValues, Spread } from '../policy/door.ts'
import { populationOf } from './population.ts'
import type { ServiceRules } from './services.ts'

/** The shipped rule of a day with all that trying it on synthetic people begins with. */
export type RuleToTry = {
  ir: PolicyIr
  /** The body of the day. */
  body: PolicyBody
  /** Whose people are made up, each region as often as any other. */
  regions: RegionCode[]
  /** The shipped values of each region, in the order of `regions`. */
  sets: ResolvedValues[]
  /** How facts are spread, by column. */
  spreads: Readonly<Record<string, Spread>>
}

/**
 * The rule of a policy on a day for the regions given; for those of `population.yaml`, else every province whose values are known, where none
 * are. `others` are bodies it is compared with: their values are resolved too. Throws `BadInput` for a policy without a body on the day and a
 * `Refusal` for a value that is in force nowhere.
 */
export function ruleToTry(
  service: ServiceRules,
  policy: string,
  on: PlainDate,
  { regions: asked, others = [] }: { regions?: readonly RegionCode[]; others?: readonly PolicyBody[] } = {},
): RuleToTry {
  const synthetic = populationOf(service.folder, policy)
  const named = asked ?? synthetic.regions
  const ir = shippedRule(service, policy, named)
  const body = bodyOn(ir, on)
  const names = [...new Set([body, ...others].flatMap(({ values }) => Object.keys(values)))]
  const valuesOf = (insuredRegion: RegionCode) => resolveValues(service.rulebook.values, { names, on, insuredRegion })
  const regions = [...(named ?? provincesWith(valuesOf))]
  return { ir, body, regions, sets: regions.map(valuesOf), spreads: synthetic.columns }
}

/** The body of a day. Throws `BadInput` naming the days on which the policy is law. */
export function bodyOn({ bodies }: PolicyIr, on: PlainDate): PolicyBody {
  const body = bodies.find(({ from, to }) => from <= on && (to === undefined || on <= to))
  if (body) return body
  const days = bodies.map(({ from, to }) => `${from}..${to ?? ''}`).join(' | ')
  throw new BadInput([{ path: 'on', expected: `a day on which the policy is law (${days})`, found: on }])
}

/** The rule of a single region, of its own where it has one; else the nation's: one body is compared over all regions. */
function shippedRule({ rulebook }: ServiceRules, policy: string, regions: readonly RegionCode[] = []): PolicyIr {
  const named = rulebook.policies.filter(({ ir }) => ir.id === policy)
  const path = regions.length === 1 ? regionPath(regions[0] ?? nationCode).map(({ code }) => code) : []
  const found = [...path, nationCode].flatMap((code) => named.find(({ region }) => region === code) ?? [])
  const rule = found[0] ?? named[0]
  if (rule === undefined) throw new BadInput([{ path: 'policy', expected: 'a policy of the service', found: policy }])
  return rule.ir
}

/** Where law is made by a few provinces only, the others have no people to try it on. All of them where none has it, so that what is missing is told. */
function provincesWith(valuesOf: (region: RegionCode) => ResolvedValues): RegionCode[] {
  const all = provinces().map(({ code }) => code)
  const having = all.filter((region) => {
    try {
      valuesOf(region)
      return true
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  })
  return having.length > 0 ? having : all
}
