import { describe, expect, it } from 'vitest'
import { nationCode } from '../law/door.ts'
import { getBody, getRegionalPolicy } from './regional-policy.ts'
import { openServiceRules } from './services.ts'

const services = await openServiceRules()
/** What a region put in the place of the nation's rule, from a later day on. */
const replacements = services.flatMap((service) => {
  const { policies } = service.rulebook
  return policies.flatMap(({ region, ir }) => {
    const national = policies.find((each) => each.region === nationCode && each.ir.id === ir.id)?.ir.bodies[0]
    const [own] = ir.bodies
    if (region === nationCode || own === undefined || national === undefined || national.from >= own.from) return []
    return [{ service, policy: ir.id, region, own: own.from, national: national.from }]
  })
})

describe('the rule of a region on a day', () => {
  it('there is one that took the place of the nation’s', () => expect(replacements).not.toEqual([]))

  it.each(replacements)('$policy in $region is its own from $own on, and the nation’s before', (replaced) => {
    const { service, policy, region, own, national } = replaced
    for (const [on, home] of [
      [own, region],
      [national, nationCode],
    ] as const) {
      const found = getRegionalPolicy(service, { policy, region, on })
      expect(found.region).toBe(home)
      expect(found.ir).toBe(service.rulebook.ruleAsShipped({ policy, on, insuredRegion: region }).ir)
      expect(getBody(found.ir, on).from).toBe(on)
    }
  })
})
