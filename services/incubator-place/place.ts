import { z } from 'zod'
import { standingFinding, standingFlow, standingsOn } from '../../cases/door.ts'
import { type Id, schemaFen, takeTurns, type Work } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'

const purpose = 'a place in an incubator'

/** The flow of places. */
export const placeFlowId = 'incubator-place'

const answers = z.strictObject({
  incubator: z.string().trim().min(2).max(80),
  applicant: z.enum(['returning_entrepreneur', 'other_entrepreneur']),
  project: z.string().trim().min(2).max(100),
  rentFen: schemaFen.max(1_000_000_00),
  managementFeeFen: schemaFen.max(1_000_000_00),
  places: z.int().min(0).max(100_000),
})

/** A place in an incubator (C5.02): who returned to start a business comes first, and is spared part of rent and fee. */
export function placeFlow({ rulebook, cases }: ServiceTools) {
  return standingFlow(
    {
      id: placeFlowId,
      service: 'incubator-place',
      version: 1,
      title: { zh: '创业孵化载体入驻', en: 'A place in an incubator' },
      numberPrefix: 'FH',
      standing: { zh: '已入驻', en: 'Moved in' },
      ended: { zh: '已迁出', en: 'Moved out' },
      applicant: 'person',
      answers,
      agencyOf: async (work, id) => (await getPerson(work, id, purpose)).agency,
      async decide(work, { agency, answers: given, on, caseId }) {
        const { incubator, project: _, places, ...facts } = answers.parse(given)
        await takeTurns(work, `incubator-place:${incubator}`)
        const movedIn = await standingsOn(work, cases(), { flow: placeFlowId, on })
        const taken = movedIn.filter(({ summary }) => summary.incubator === incubator)
        const ranked = await ranking(work, { cases }, incubator)
        const others = ranked.filter((each) => each.caseId !== caseId)
        const before = others.filter(
          (each) => each.applicant === 'returning_entrepreneur' || facts.applicant !== 'returning_entrepreneur',
        )
        const isKnown = others.length < ranked.length
        const rank = isKnown ? ranked.findIndex((each) => each.caseId === caseId) + 1 : before.length + 1
        return standingFinding(
          await rulebook.decide(work, {
            policy: 'incubator-place',
            on,
            insuredRegion: agency,
            facts: { ...facts, rankAmongWaiting: rank, placesFree: Math.max(0, places - taken.length), enteredOn: on },
          }),
        )
      },
      summary: ({ answers: { incubator, applicant, project } }) => ({
        incubator: incubator === undefined ? null : String(incubator),
        applicant: applicant === undefined ? null : String(applicant),
        project: project === undefined ? null : String(project),
      }),
    },
    cases,
  )
}

/** One application that waits for a place. */
export type Waiting = { caseId: Id; number: string; applicant: string; project: string; appliedOn: string }

/** Who waits for a place in an incubator, in the order in which they are recommended: returning entrepreneurs first, each by the day applied, then by the number. */
export async function ranking(
  work: Work,
  { cases }: Pick<ServiceTools, 'cases'>,
  incubator: string,
): Promise<Waiting[]> {
  const rows = await cases().find(work, { flow: placeFlowId, text: incubator, limit: 1_000 })
  return rows
    .filter(({ status, summary }) => ['submitted', 'accepted'].includes(status) && summary.incubator === incubator)
    .map(({ caseId, number, summary }) => ({
      caseId,
      number,
      applicant: String(summary.applicant),
      project: String(summary.project),
      appliedOn: String(summary.appliedOn),
    }))
    .toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
}

function orderOf({ applicant, appliedOn, number }: Waiting): string {
  return `${applicant === 'returning_entrepreneur' ? 0 : 1} ${appliedOn} ${number}`
}
