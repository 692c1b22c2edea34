import { z } from 'zod'
import type { Id } from '../ground/door.ts'
import type { Benefit } from './benefit.ts'
import { benefitParts } from './parts.ts'
import { type BenefitSite, benefitSite } from './testing.ts'

/** A site of the made-up pool grant. `lengths` is its register: how many each party has swum. */
export type PoolSite = BenefitSite & { lengths: Map<Id, number> }

/** Opens a site of the pool grant, whose register a test writes to directly. */
export async function poolSite(): Promise<PoolSite> {
  const lengths = new Map<Id, number>()
  const benefit: Benefit = {
    id: 'pool-grant',
    service: 'pool-grant',
    version: 1,
    title: { zh: '泳池补贴（示例）', en: 'Pool grant (made up)' },
    numberPrefix: 'YC',
    policy: 'pool-grant',
    applicant: 'person',
    fields: [{ name: 'extraLengths', kind: 'count', required: true }],
    answers: z.strictObject({ extraLengths: z.int().min(0).max(10_000) }),
    answersOfFound: { extraLengths: 0 },
    gather: async (_, { id }) => ({ facts: { lengths: lengths.get(id) ?? 0 }, sources: { lengths: 'persons' } }),
    agencyOf: async () => '130000',
    occasionOf: (_, on) => on.slice(0, 4),
    money: { fund: 'unemployment', expense: { name: 'pool_expense', title: { zh: '泳池支出', en: 'Pool expense' } } },
    async *population() {
      yield [...lengths].map(([id, swum]) => ({ party: { kind: 'person' as const, id }, facts: { lengths: swum } }))
    },
  }
  const site = await benefitSite({
    region: '130000',
    on: '2025-07-01',
    service: {
      id: 'pool-grant',
      folder: new URL('./pool-grant.testing/', import.meta.url),
      create: (tools) => benefitParts(tools, [benefit]),
    },
  })
  return { ...site, lengths }
}
