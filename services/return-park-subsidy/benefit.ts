import { z } from 'zod'
import type { Benefit } from '../../benefits/door.ts'
import { asActor, systemActor } from '../../ground/door.ts'
import { getEmployerFacts } from '../../people/door.ts'

/** The subsidy of a park's operator (C5.03). No register holds recognition or costs, so both are asked and checked. Once a calendar year. */
export const returnParkSubsidyBenefit: Benefit = {
  id: 'return-park-subsidy',
  service: 'return-park-subsidy',
  version: 1,
  title: { zh: '返乡创业园创业服务补助', en: 'Return park service subsidy' },
  numberPrefix: 'FX',
  policy: 'return-park-subsidy',
  applicant: 'employer',
  fields: [
    { name: 'recognised', kind: 'flag', required: true },
    { name: 'claimedFen', kind: 'money', required: true },
  ],
  answers: z.strictObject({ recognised: z.boolean(), claimedFen: z.int().min(0).max(10_000_000_00) }),
  gather: async () => ({ facts: {}, sources: {} }),
  agencyOf: async (work, { id }, on) => {
    const year = Number(on.slice(0, 4))
    const employer = await asActor(work, systemActor, (node) =>
      getEmployerFacts(node, id, { insurance: 'unemployment', on, year }),
    )
    return employer.agency
  },
  occasionOf: (_, appliedOn) => appliedOn.slice(0, 4),
  money: {
    fund: 'employment_special',
    expense: { name: 'return_park_expense', title: { zh: '返乡创业园补助支出', en: 'Return park subsidy expense' } },
  },
}
