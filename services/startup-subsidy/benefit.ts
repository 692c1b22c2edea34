import { z } from 'zod'
import type { Benefit, FoundFacts, GatherQuestion, Party } from '../../benefits/door.ts'
import { asActor, monthsBetween, systemActor, type Work } from '../../ground/door.ts'
import { businessesOf, getPerson } from '../../people/door.ts'

const purpose = 'one-off entrepreneurship subsidy'

/** The one-off subsidy of a person (C5.06): the business is in the register; that its owner came back from work elsewhere is asked. */
export const startupSubsidyBenefit: Benefit = {
  id: 'startup-subsidy',
  service: 'startup-subsidy',
  version: 1,
  title: { zh: '一次性创业补贴', en: 'One-off entrepreneurship subsidy' },
  numberPrefix: 'QC',
  policy: 'startup-subsidy',
  applicant: 'person',
  fields: [{ name: 'returned', kind: 'flag', required: true }],
  answers: z.strictObject({ returned: z.boolean() }),
  gather: (work, party, question) => asActor(work, systemActor, (node) => gather(node, party, question)),
  agencyOf: async (work, { id }) => (await asActor(work, systemActor, (node) => getPerson(node, id, purpose))).agency,
  money: {
    fund: 'employment_special',
    expense: { name: 'startup_subsidy_expense', title: { zh: '一次性创业补贴支出', en: 'Startup subsidy expense' } },
  },
}

async function gather(work: Work, { id }: Party, { on }: GatherQuestion): Promise<FoundFacts> {
  const [oldest] = await businessesOf(work, id, on, purpose)
  return {
    facts: { ownsBusiness: oldest !== undefined, monthsInBusiness: oldest ? monthsBetween(oldest.from, on) : 0 },
    sources: { ownsBusiness: 'business_owners', monthsInBusiness: 'business_owners' },
  }
}
