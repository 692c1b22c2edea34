import { existsSync } from 'node:fs'
import fc from 'fast-check'
import type { RegionCode } from '../../law/door.ts'
import {
  type PolicyBody,
  type PolicyDefinition,
  type PolicyIr,
  type ResolvedValues,
  valuesHash,
} from '../../policy/door.ts'
import { arbitraryFacts } from '../../policy/testing.ts'
import { readCaseTable, type TableCase } from '../../server/case-table.ts'
import { openServiceRules, type ServiceRules } from '../../server/services.ts'

/**
 * A shipped policy as it is law somewhere on some day: one body, its own function, and the values resolved for a region and a day that the
 * service's table of cases has.
 */
export type Situation = {
  /** `policy@region on day`, for test names. */
  name: string
  ir: PolicyIr
  body: PolicyBody
  definition: PolicyDefinition
  values: ResolvedValues
  on: string
  /** The cases of the table that are decided here. */
  cases: TableCase[]
}

/** Every situation of every service, each combination of body and values once. */
export async function shippedSituations(): Promise<Situation[]> {
  const services = await openServiceRules()
  const found = await Promise.all(services.map(situationsOf))
  return found.flat()
}

/**
 * Facts for a situation: anything that fits, on and around every boundary, and as often a case of the table with some facts replaced, which
 * reaches the ends of long rules.
 */
export function factsOf({ body, values, cases }: Situation): fc.Arbitrary<Record<string, unknown>> {
  const anything = arbitraryFacts(body.facts, values)
  const [first, ...others] = cases.map((each) => declaredFacts(body, each))
  if (first === undefined) return anything
  const names = Object.keys(body.facts)
  const replaced = fc.subarray(names, { maxLength: Math.min(names.length, 3) })
  const nearCase = fc
    .tuple(fc.constantFrom(first, ...others), anything, replaced)
    .map(([facts, replacement, chosen]) => ({
      ...facts,
      ...Object.fromEntries(chosen.map((name) => [name, replacement[name]])),
    }))
  return fc.oneof(anything, nearCase, nearCase)
}

/** The facts of a case that the body declares. */
export function declaredFacts(body: PolicyBody, { facts }: TableCase): Record<string, unknown> {
  return Object.fromEntries(Object.keys(body.facts).map((name) => [name, facts[name] ?? null]))
}

async function situationsOf(service: ServiceRules): Promise<Situation[]> {
  const situations = new Map<string, Situation>()
  for (const each of readCaseTable(service.folder)) {
    const situation = await findSituation(service, each)
    if (situation === undefined) continue
    const { ir, body, values } = situation
    const key = `${ir.file} ${ir.id} ${body.from} ${valuesHash(values)}`
    const known = situations.get(key)
    if (known === undefined) situations.set(key, situation)
    else known.cases.push(each)
  }
  return [...situations.values()]
}

async function findSituation({ folder, rulebook }: ServiceRules, each: TableCase): Promise<Situation | undefined> {
  const { policy, region, treatmentRegion, on } = each
  const place = { insuredRegion: region, ...(treatmentRegion !== undefined && { treatmentRegion }) }
  const { region: home, ir, values } = rulebook.ruleAsShipped({ policy, on, ...place })
  const body = ir.bodies.find(({ from, to }) => from <= on && (to === undefined || on <= to))
  if (body === undefined) return undefined
  const definition = await getDefinition(folder, home, policy, body.from)
  const name = `${policy}@${region}${treatmentRegion === undefined ? '' : `>${treatmentRegion}`} on ${on}`
  return { name, ir, body, definition, values, on, cases: [each] }
}

async function getDefinition(folder: URL, code: RegionCode, id: string, from: string): Promise<PolicyDefinition> {
  const regional = new URL(`regions/${code}/policy.ts`, folder)
  const file = existsSync(regional) ? regional : new URL('policy.ts', folder)
  const exported: Readonly<Record<string, PolicyDefinition>> = await import(file.href)
  const definition = Object.values(exported).find((each) => each.id === id && each.from === from)
  if (definition === undefined) throw new Error(`${file.pathname} exports no body of '${id}' from ${from}`)
  return definition
}
