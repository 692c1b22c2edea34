import { sql } from 'kysely'
import { z } from 'zod'
import { actorPersonId, BadInput, type PlainDate, Refusal, schemaDate, schemaId, type Work } from '../ground/door.ts'
import { applicationState, finding, step, subjectOf } from './application-state.ts'
import type { Benefit, BenefitTools, Party } from './benefit.ts'
import { decideApplication, findingOf } from './deciding.ts'

const closedWithout = ['withdrawn', 'refused', 'not_accepted']

/** How an application comes to be: by its party, or at the counter for them. */
export function openingSteps(tools: BenefitTools, benefit: Benefit) {
  const { answers } = benefit
  const apply = step({
    title: { zh: '申请', en: 'Apply' },
    opens: true,
    by: [benefit.applicant === 'person' ? 'person' : 'employer_officer', 'accept'],
    body: z.strictObject({
      /** Whom an officer applies for. */
      partyId: schemaId.optional(),
      answers,
    }),
    record: applicationState
      .pick({ broughtBy: true, answers: true, occasion: true })
      .extend({ party: applicationState.shape.party.unwrap(), appliedOn: schemaDate, expected: finding }),
    to: 'submitted',
    async take({ work, body, effectiveOn }) {
      const party = partyOfApplicant(work, benefit, body.partyId)
      const agency = await benefit.agencyOf(work, party, effectiveOn)
      const occasion = await claimOccasion(work, tools, benefit, party, { answers: body.answers, on: effectiveOn })
      const application = { party, agency, answers: body.answers, appliedOn: effectiveOn }
      const { ruling } = await decideApplication(work, tools, benefit, application)
      return {
        record: {
          party,
          broughtBy: work.actor.kind === 'staff' ? ('counter' as const) : ('party' as const),
          answers: body.answers,
          occasion,
          appliedOn: effectiveOn,
          expected: findingOf(ruling),
        },
        subject: { ...subjectOf(party), agency },
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })
  return { apply }
}

/** The word by which a second application for the same thing is known. Refusal `already_applied` while one is open or was granted. */
export async function claimOccasion(
  work: Work,
  { cases }: BenefitTools,
  benefit: Benefit,
  party: Party,
  { answers, on }: { answers: Readonly<Record<string, unknown>>; on: PlainDate },
): Promise<string> {
  const occasion = benefit.occasionOf?.(answers, on) ?? 'once'
  await sql`select pg_advisory_xact_lock(hashtextextended(${`benefits.apply:${benefit.id}:${party.id}`}, 0))`.execute(
    work.db,
  )
  const earlier = await cases().find(work, { flow: benefit.id, ...subjectOf(party), limit: 1_000 })
  const same = earlier.find(({ status, summary }) => summary.occasion === occasion && !closedWithout.includes(status))
  if (same) throw new Refusal('already_applied', { params: { number: same.number } })
  return occasion
}

function partyOfApplicant(work: Work, { applicant }: Benefit, partyId: string | undefined): Party {
  const { actor } = work
  const own = actor.kind === 'employer' ? actor.employerId : actorPersonId(actor)
  const id = own ?? partyId
  if (!id) throw new BadInput([{ path: 'partyId', expected: `the ${applicant} that applies`, found: 'nothing' }])
  return { kind: applicant, id }
}
