import { z } from 'zod'
import type { Benefit, BenefitTools } from '../../benefits/door.ts'
import { standingsOn } from '../../cases/door.ts'
import { asActor, systemActor } from '../../ground/door.ts'
import { getEmployer } from '../../people/door.ts'
import { recognitionFlowId } from './recognition.ts'

/** The subsidy of a park's operator (C5.03): whether it is recognised its own cases say; no register holds costs, so they are asked. Once a year. */
export function returnParkSubsidyBenefit({ cases }: BenefitTools): Benefit {
  return {
    id: 'return-park-subsidy',
    service: 'return-park-subsidy',
    version: 1,
    title: { zh: '返乡创业园创业服务补助', en: 'Return park service subsidy' },
    numberPrefix: 'FX',
    policy: 'return-park-subsidy',
    applicant: 'employer',
    fields: [{ name: 'claimedFen', kind: 'money', required: true }],
    answers: z.strictObject({ claimedFen: z.int().min(0).max(10_000_000_00) }),
    gather: (work, { id }, { on }) =>
      asActor(work, systemActor, async (node) => {
        const standing = await standingsOn(node, cases(), { flow: recognitionFlowId, on, partyId: { employerId: id } })
        return { facts: { recognised: standing.length > 0 }, sources: { recognised: 'park_recognitions' } }
      }),
    agencyOf: async (work, { id }) => (await asActor(work, systemActor, (node) => getEmployer(node, id))).agency,
    occasionOf: (_, appliedOn) => appliedOn.slice(0, 4),
    money: {
      fund: 'employment_special',
      expense: { name: 'return_park_expense', title: { zh: '返乡创业园补助支出', en: 'Return park subsidy expense' } },
    },
  }
}
