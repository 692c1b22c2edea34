import { type PlainDate, Refusal } from '../ground/door.ts'
import { nationCode, provinces, type RegionCode, resolveValues } from '../law/door.ts'
import type { PolicyBody, PolicyIr, ResolvedValues, Spread } from '../policy/door.ts'
import { populationOf } from './population.ts'
import { getBody, getRegionalPolicy } from './regional-policy.ts'
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
  // One body is compared over all regions: a single one's own where it has one, else the nation's.
  const region = named?.length === 1 ? (named[0] ?? nationCode) : nationCode
  const { ir } = getRegionalPolicy(service, { policy, region, on })
  const body = getBody(ir, on)
  const names = [...new Set([body, ...others].flatMap(({ values }) => Object.keys(values)))]
  const valuesOf = (insuredRegion: RegionCode) => resolveValues(service.rulebook.values, { names, on, insuredRegion })
  const regions = [...(named ?? provincesWith(valuesOf))]
  return { ir, body, regions, sets: regions.map(valuesOf), spreads: synthetic.columns }
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
