import { z } from 'zod'
import type { Benefit } from '../../benefits/door.ts'
import { asActor, schemaFen, systemActor } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'

const purpose = 'home-purchase subsidy'

/** Degrees that a rule tells apart. */
export const degrees = ['doctor', 'master', 'bachelor', 'none'] as const
const tiers = ['leading', 'senior', 'junior', 'not_recognised'] as const
const price = schemaFen.min(1).max(100_000_000_00)

/** The subsidy of a person for a home (M5.02): degrees, tiers and homes are in no register here, so they are asked and checked. Once in a life. */
export const talentHousingBenefit: Benefit = {
  id: 'talent-housing',
  service: 'talent-housing',
  version: 1,
  title: { zh: '人才购房补贴', en: 'Home-purchase subsidy for talents' },
  numberPrefix: 'ZF',
  policy: 'talent-housing',
  applicant: 'person',
  fields: [
    { name: 'degree', kind: 'choice', options: degrees, required: true },
    { name: 'talentTier', kind: 'choice', options: tiers, required: true },
    { name: 'firstOwnHome', kind: 'flag', required: true },
    { name: 'registeredPriceFen', kind: 'money', required: true },
    { name: 'averagePriceFen', kind: 'money', required: true },
    { name: 'contractNumber', kind: 'text', required: true },
  ],
  answers: z.strictObject({
    degree: z.enum(degrees),
    talentTier: z.enum(tiers),
    firstOwnHome: z.boolean(),
    registeredPriceFen: price,
    averagePriceFen: price,
    contractNumber: z.string().trim().min(4).max(60),
  }),
  factsOf: ({ contractNumber: _, ...facts }) => facts,
  gather: async () => ({ facts: {}, sources: {} }),
  agencyOf: async (work, { id }) => (await asActor(work, systemActor, (node) => getPerson(node, id, purpose))).agency,
  money: {
    fund: 'talent_special',
    expense: { name: 'talent_housing_expense', title: { zh: '人才购房补贴支出', en: 'Talent housing expense' } },
  },
}
