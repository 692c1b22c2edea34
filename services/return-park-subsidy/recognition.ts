import { z } from 'zod'
import { standingFinding, standingFlow } from '../../cases/door.ts'
import { getEmployer } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'

/** The flow by which a park is recognised; the subsidy asks whether it stands. */
export const recognitionFlowId = 'park-recognition'

const answers = z.strictObject({
  parkName: z.string().trim().min(2).max(80),
  returneeBusinesses: z.int().min(0).max(10_000),
  jobs: z.int().min(0).max(1_000_000),
})

/** Recognition of a return-entrepreneurship park (C5.03): applied for by its operator, looked at by the rule, decided by people, until it is ended. */
export function recognitionFlow({ rulebook, cases }: ServiceTools) {
  return standingFlow(
    {
      id: recognitionFlowId,
      service: 'return-park-subsidy',
      version: 1,
      title: { zh: '农民工返乡创业园认定', en: 'Recognition of a return park' },
      numberPrefix: 'YR',
      standing: { zh: '已认定', en: 'Recognised' },
      ended: { zh: '认定已终止', en: 'Recognition ended' },
      applicant: 'employer',
      answers,
      agencyOf: async (work, id) => (await getEmployer(work, id)).agency,
      async decide(work, { agency, answers: given, on }) {
        const { parkName: _, jobs: __, ...facts } = answers.parse(given)
        return standingFinding(
          await rulebook.decide(work, { policy: 'park-recognition', on, insuredRegion: agency, facts }),
        )
      },
      summary: ({ answers: { parkName } }) => ({ parkName: typeof parkName === 'string' ? parkName : null }),
    },
    cases,
  )
}
