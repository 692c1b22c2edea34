import { BadInput, type BothLanguages } from '../ground/door.ts'
import { describeFacts, type FactDescription } from '../policy/door.ts'
import type { ServiceRules } from './services.ts'

/** One dated body of a policy, as one region has it. */
export type ListedPolicy = {
  id: string
  service: string
  region: string
  title: BothLanguages
  from: string
  to: string | null
  clause: string
  /** The result that stands for the whole decision; null where there is none. */
  total: string | null
  facts: FactDescription[]
}

/** The policies of a service, each dated body of each region by itself. */
export function policiesOf({ id, rulebook }: ServiceRules): ListedPolicy[] {
  return rulebook.policies.flatMap(({ region, ir }) =>
    ir.bodies.map((body) => ({
      id: ir.id,
      service: id,
      region,
      title: body.title,
      from: body.from,
      to: body.to ?? null,
      clause: body.clause,
      total: body.total ?? null,
      facts: describeFacts(ir, body.from),
    })),
  )
}

/** Every body of one policy. Throws `BadInput` naming the policies there are. */
export function findPolicies(services: readonly ServiceRules[], policyId: string): ListedPolicy[] {
  return policiesOf(getServiceOfPolicy(services, policyId)).filter(({ id }) => id === policyId)
}

/** The service that has a policy. Throws `BadInput` naming the policies there are. */
export function getServiceOfPolicy<Rules extends ServiceRules>(services: readonly Rules[], policyId: string): Rules {
  const found = services.find(({ rulebook }) => rulebook.policies.some(({ ir }) => ir.id === policyId))
  if (found) return found
  const known = new Set(services.flatMap(({ rulebook }) => rulebook.policies.map(({ ir }) => ir.id)))
  throw new BadInput([{ path: 'policy', expected: [...known].sort().join(' | '), found: policyId }])
}
