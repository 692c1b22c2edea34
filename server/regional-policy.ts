import { BadInput, type PlainDate } from '../ground/door.ts'
import { nationCode, type RegionalPolicy, type RegionCode, regionPath } from '../law/door.ts'
import type { PolicyBody, PolicyIr } from '../policy/door.ts'
import type { ServiceRules } from './services.ts'

/** Which rule is meant: the one that is law in a region on a day. */
export type RegionalPolicyQuestion = { policy: string; region: RegionCode; on: PlainDate }

/**
 * The rule by which the rulebook would decide, without its values: that of the nearest region on the way up which has a body for the day, else
 * the nation's; of a policy that the nation does not have, that of the first region. Throws `BadInput` for a policy of another service.
 */
export function getRegionalPolicy(
  { rulebook }: ServiceRules,
  { policy, region, on }: RegionalPolicyQuestion,
): RegionalPolicy {
  const named = rulebook.policies.filter(({ ir }) => ir.id === policy)
  const path = regionPath(region).map(({ code }) => code)
  const nearest = path.flatMap((code) => named.find((each) => each.region === code && findBody(each.ir, on)) ?? [])
  const found = nearest[0] ?? named.find((each) => each.region === nationCode) ?? named[0]
  if (found) return found
  throw new BadInput([{ path: 'policy', expected: 'a policy of the service', found: policy }])
}

/** The body of a day. Throws `BadInput` naming the days on which the policy is law. */
export function getBody(ir: PolicyIr, on: PlainDate): PolicyBody {
  const body = findBody(ir, on)
  if (body) return body
  const days = ir.bodies.map(({ from, to }) => `${from}..${to ?? ''}`).join(' | ')
  throw new BadInput([{ path: 'on', expected: `a day on which the policy is law (${days})`, found: on }])
}

/** The body of a day, where there is one. */
export function findBody({ bodies }: PolicyIr, on: PlainDate): PolicyBody | undefined {
  return bodies.find(({ from, to }) => from <= on && (to === undefined || on <= to))
}
