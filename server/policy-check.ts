import { readdirSync, readFileSync } from 'node:fs'
import type { PlainDate } from '../ground/door.ts'
import { nationCode, type RegionalPolicy, type Rulebook, regionPath } from '../law/door.ts'
import { checkPolicy, type DatedEntry, type Finding } from '../policy/door.ts'
import type { CaseTable } from './case-table.ts'
import { getRegionalPolicy } from './regional-policy.ts'
import type { ServiceRules } from './services.ts'

/** As of which day policies are checked (of all days unless given), and the day on which they are. */
export type CheckDays = { on?: PlainDate; today: PlainDate }

/** What the check of the policy library finds in each policy of a service, under the shipped values of every region that has any. */
export function serviceFindings(service: ServiceRules, table: CaseTable, days: CheckDays): Finding[] {
  const { rulebook, folder } = service
  const entries = datedEntries(rulebook)
  const known = new Set([...rulebook.policies.flatMap(declaredNames), ...namesIn(folder, [...rulebook.values.keys()])])
  return rulebook.policies.flatMap((policy, index) => {
    const { ir, region: home } = policy
    return checkPolicy(ir, {
      ...days,
      values: entries,
      regions: regionsOf(rulebook, policy, entries),
      pathOf,
      // What nobody reads is told once, with the first policy.
      readElsewhere: index === 0 ? [...known] : [...rulebook.values.keys()],
      cases: table
        .filter((each) => each.policy === ir.id && getRegionalPolicy(service, each).region === home)
        .map(({ facts, on, region }) => ({ facts, on, region })),
    })
  })
}

function datedEntries({ values }: Rulebook): DatedEntry[] {
  return [...values].flatMap(([name, { definition, dated }]) => {
    const { unit, regionOf } = definition
    return dated.map((each) => ({ ...each, name, unit, ...(regionOf && { regionOf }) }))
  })
}

function declaredNames({ ir }: RegionalPolicy): string[] {
  return ir.bodies.flatMap(({ values }) => Object.keys(values))
}

function pathOf(region: string): string[] {
  return [...new Set([...regionPath(region).map(({ code }) => code), nationCode])]
}

/**
 * Where a policy is tried: at its home; for the nation's also in each region that sets a value of its own, unless that has its own policy,
 * and not in the nation itself where its values are left to the regions.
 */
function regionsOf({ policies }: Rulebook, policy: RegionalPolicy, entries: readonly DatedEntry[]): string[] {
  if (policy.region !== nationCode) return [policy.region]
  const names = declaredNames(policy)
  const isSetByNation = (name: string) => entries.some((entry) => entry.name === name && entry.region === nationCode)
  const hasOwnRule = (code: string) => policies.some(({ region, ir }) => region === code && ir.id === policy.ir.id)
  const setting = entries.filter(({ name }) => names.includes(name)).map(({ region }) => region)
  const regions = [...new Set(setting)].filter((code) => code !== nationCode && !hasOwnRule(code))
  return names.every(isSetByNation) ? [nationCode, ...regions] : regions
}

/** The names among these that the program of a service writes down. */
function namesIn(folder: URL, names: readonly string[]): string[] {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.endsWith('policy.ts'))
    .map((path) => readFileSync(new URL(path, folder), 'utf8'))
  return names.filter((name) => texts.some((text) => text.includes(`'${name}'`)))
}
