import { z } from 'zod'
import { standingFinding, standingFlow } from '../../cases/door.ts'
import { monthsBetween, schemaDate } from '../../ground/door.ts'
import {
  beginEmploymentStatus,
  employmentForms,
  employmentStatusesOf,
  employmentsOf,
  endEmploymentStatus,
  getPerson,
} from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'

const purpose = 'registration of employment'

const answers = z.strictObject({
  wanted: z.enum(['employed', 'unemployed']),
  workForm: z.enum([...employmentForms, 'none']),
  platform: z.string().trim().max(60).optional(),
  since: schemaDate,
})

/** Registration as employed or unemployed (C7.01): from the first day told it stands in people's register, in place of the one before. */
export function registrationFlow({ rulebook, cases }: ServiceTools) {
  return standingFlow(
    {
      id: 'employment-registration',
      service: 'employment-registration',
      version: 1,
      title: { zh: '就业失业登记', en: 'Registration of employment' },
      numberPrefix: 'JDJ',
      standing: { zh: '已登记', en: 'Registered' },
      ended: { zh: '登记已终止', en: 'Registration ended' },
      applicant: 'person',
      answers,
      agencyOf: async (work, id) => (await getPerson(work, id, purpose)).agency,
      async decide(work, { partyId, agency, answers: given, on }) {
        const { wanted, workForm, since } = answers.parse(given)
        const employments = await employmentsOf(work, partyId, {}, purpose)
        const { birthOn } = await getPerson(work, partyId, purpose)
        return standingFinding(
          await rulebook.decide(work, {
            policy: 'employment-registration',
            on,
            insuredRegion: agency,
            facts: {
              wanted,
              workForm,
              hasBegun: since <= on,
              employedByEmployer: employments.some(({ from, to }) => from <= on && (to === null || to >= since)),
              ageYears: Math.floor(monthsBetween(birthOn, on) / 12),
            },
          }),
        )
      },
      replacesEarlier: true,
      fromOf: (given) => answers.parse(given).since,
      async begin(work, { partyId, agency, answers: given, caseId, from }) {
        const { wanted, workForm } = answers.parse(given)
        const common = { personId: partyId, agency, from, caseId }
        if (wanted === 'employed' && workForm !== 'none') {
          await beginEmploymentStatus(work, { ...common, status: 'employed', form: workForm })
        } else await beginEmploymentStatus(work, { ...common, status: 'unemployed' })
      },
      async end(work, { partyId, caseId, to }) {
        const statuses = await employmentStatusesOf(work, partyId, {}, purpose)
        const standing = statuses.find((status) => status.caseId === caseId && status.to === null)
        if (standing) await endEmploymentStatus(work, { statusId: standing.statusId, to })
      },
      summary: ({ answers: { wanted, workForm } }) => ({
        wanted: wanted === undefined ? null : String(wanted),
        workForm: workForm === undefined ? null : String(workForm),
      }),
    },
    cases,
  )
}
