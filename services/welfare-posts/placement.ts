import { z } from 'zod'
import { standingFinding, standingFlow } from '../../cases/door.ts'
import { employmentStatusesOf, employmentsOf, getPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'

/** The flow of placements. */
export const placementFlowId = 'welfare-post'

const purpose = 'placement in a public-welfare post'

const answers = z.strictObject({
  hardship: z.enum(['zero_employment_family', 'disabled', 'older', 'long_unemployed', 'lifted_from_poverty', 'none']),
  post: z.string().trim().min(2).max(60),
  unit: z.string().trim().min(2).max(80),
  marketOffersTried: z.int().min(0).max(1_000),
})

/** Placement in a public-welfare post (C6.05): the last resort, from the decision until the term ends or somebody finds other work. */
export function placementFlow({ rulebook, cases }: ServiceTools) {
  return standingFlow(
    {
      id: placementFlowId,
      service: 'welfare-posts',
      version: 1,
      title: { zh: '公益性岗位安置', en: 'Placement in a public-welfare post' },
      numberPrefix: 'GY',
      standing: { zh: '在岗', en: 'In the post' },
      ended: { zh: '已离岗', en: 'Left the post' },
      applicant: 'person',
      answers,
      agencyOf: async (work, id) => (await getPerson(work, id, purpose)).agency,
      async decide(work, { partyId, agency, answers: given, on, caseId }) {
        const { hardship, marketOffersTried } = answers.parse(given)
        const [statuses, employments] = [
          await employmentStatusesOf(work, partyId, { on }, purpose),
          await employmentsOf(work, partyId, { on }, purpose),
        ]
        const earlier = await cases().find(work, { flow: placementFlowId, personId: partyId, limit: 100 })
        return standingFinding(
          await rulebook.decide(work, {
            policy: 'welfare-post',
            on,
            insuredRegion: agency,
            facts: {
              hardship,
              marketOffersTried,
              registeredUnemployed: statuses.some(({ status }) => status === 'unemployed'),
              employedByEmployer: employments.length > 0,
              placedBefore: earlier.some((row) => row.caseId !== caseId && row.summary.from !== null),
              placedFrom: on,
            },
          }),
        )
      },
      summary: ({ answers: { post, hardship } }) => ({
        post: post === undefined ? null : String(post),
        hardship: hardship === undefined ? null : String(hardship),
      }),
    },
    cases,
  )
}
