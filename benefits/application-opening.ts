import { z } from 'zod'
import { Refusal, schemaDate, schemaFen, schemaId } from '../ground/door.ts'
import type { Chart } from '../ledger/door.ts'
import { applicantOf } from './applicant.ts'
import { applicationState, finding, isUnpaid, orderedPayment, party, step, subjectOf } from './application-state.ts'
import type { Benefit, BenefitTools } from './benefit.ts'
import { timeToDecide } from './decide-deadline.ts'
import { decideApplication, findingOf } from './deciding.ts'
import { noticeWith } from './notice.ts'
import { claimOccasion } from './occasion.ts'
import { settleDifference } from './settling.ts'

/** How an application comes to be: by its party, at the counter for them, or found by a round without one. */
export function openingSteps(tools: BenefitTools, benefit: Benefit, chart: Chart) {
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
      .extend({ party, appliedOn: schemaDate, expected: finding }),
    to: 'submitted',
    async take({ work, body, effectiveOn }) {
      const { party: applicant, agency } = await applicantOf(work, benefit, { partyId: body.partyId, on: effectiveOn })
      const occasion = await claimOccasion(work, tools, benefit, applicant, { answers: body.answers, on: effectiveOn })
      const application = { party: applicant, agency, answers: body.answers, appliedOn: effectiveOn }
      const { ruling } = await decideApplication(work, tools, benefit, application)
      return {
        record: {
          party: applicant,
          broughtBy: work.actor.kind === 'staff' ? ('counter' as const) : ('party' as const),
          answers: body.answers,
          occasion,
          appliedOn: effectiveOn,
          expected: findingOf(ruling),
        },
        subject: { ...subjectOf(applicant), agency },
        deadlines: await timeToDecide(work, tools, benefit, { agency, on: effectiveOn }),
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })
  const offer = step({
    title: { zh: '免申即享', en: 'Granted without an application' },
    opens: true,
    by: ['system'],
    body: z.strictObject({ party, round: z.string().min(1), amountFen: schemaFen }),
    record: z.strictObject({
      party,
      broughtBy: z.literal('found'),
      answers: z.record(z.string(), z.unknown()),
      occasion: z.string(),
      appliedOn: schemaDate,
      round: z.string(),
      found: finding,
      orders: z.array(orderedPayment),
    }),
    to: { pay: 'approved', nothing_to_pay: 'paid' },
    async take({ work, file, body, effectiveOn }) {
      const agency = await benefit.agencyOf(work, body.party, effectiveOn)
      const own = benefit.answersOfFound ?? {}
      const occasion = await claimOccasion(work, tools, benefit, body.party, { answers: own, on: effectiveOn })
      const application = { party: body.party, agency, answers: own, appliedOn: effectiveOn }
      const { ruling } = await decideApplication(work, tools, benefit, application)
      const found = findingOf(ruling)
      if (found.outcome !== 'granted' || found.amountFen !== body.amountFen) {
        throw new Refusal('offer_differs', { params: { roundFen: body.amountFen, nowFen: found.amountFen } })
      }
      const opened = { ...file, agency, state: { ...file.state, party: body.party } }
      const { orders } = await settleDifference(work, benefit, chart, opened, found.amountFen)
      return {
        outcome: isUnpaid(orders) ? 'pay' : 'nothing_to_pay',
        record: {
          party: body.party,
          broughtBy: 'found' as const,
          answers: { ...own },
          occasion,
          appliedOn: effectiveOn,
          round: body.round,
          found,
          orders,
        },
        decision: ruling,
        notices: [noticeWith(body.party, 'notice.benefit_offered', { amountFen: found.amountFen })],
        subject: { ...subjectOf(body.party), agency },
      }
    },
    fold: (state, { body: { round: _, ...opened } }) => ({ ...state, ...opened }),
  })

  return { apply, offer }
}
