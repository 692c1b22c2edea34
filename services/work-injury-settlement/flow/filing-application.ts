import { z } from 'zod'
import { BadInput, must, Refusal, schemaId } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { filingForm } from '../form.ts'
import { rulingSummary } from '../messages-between.ts'
import { assessFiling } from '../risk.ts'
import { summaryOf } from '../ruling.ts'
import { ruleOnFiling, standingOf } from './filing-facts.ts'
import {
  agencyOf,
  applicants,
  filed,
  reviewRecord,
  step,
  subjectOf,
  tellTreatmentRegion,
  validityFrom,
} from './filing-state.ts'

/** From the application to its decision (A1.09-A1.12, A3.02-A3.11). */
export function applicationSteps({ rulebook, cases }: ServiceTools) {
  const submit = step({
    title: { zh: '提交备案申请', en: 'Submit the filing' },
    opens: true,
    by: ['person', 'employer_officer', 'accept'],
    body: filingForm,
    record: z.strictObject({
      personId: schemaId,
      form: filingForm,
      applicant: z.enum(applicants),
      authorityRecorded: z.boolean(),
      preview: rulingSummary,
    }),
    to: 'submitted',
    async take({ work, body, effectiveOn }) {
      const personId = subjectOf(work, body)
      const agency = await agencyOf(work, personId, effectiveOn)
      const standing = await standingOf(work, personId, effectiveOn)
      const ruling = await ruleOnFiling(work, rulebook, { personId, agency, form: body, ...standing, on: effectiveOn })
      const terms = await rulebook.valueOf(work, 'reviewWorkingDays', { on: effectiveOn, insuredRegion: agency })
      return {
        record: { personId, form: body, ...standing, preview: summaryOf(ruling) },
        subject: {
          personId,
          agency,
          ...(work.actor.kind === 'employer' && { employerId: work.actor.employerId }),
        },
        deadlines: [{ start: 'review', unit: 'working_day', amount: Number(terms.value) }],
        notices: [{ personId, code: 'notice.filing_received' }],
      }
    },
    fold: (state, { body: { personId, form, applicant, authorityRecorded } }) => ({
      ...state,
      ...{ personId, form, applicant, authorityRecorded },
    }),
  })

  const accept = step({
    title: { zh: '受理', en: 'Accept' },
    from: ['submitted'],
    by: ['accept'],
    body: z.strictObject({
      outcome: z.enum(['accepted', 'not_accepted']),
      reason: z.string().trim().max(500).optional(),
    }),
    record: z.strictObject({ outcome: z.enum(['accepted', 'not_accepted']), reason: z.string().nullable() }),
    to: { accepted: 'accepted', not_accepted: 'not_accepted' },
    risk: {
      assess: ({ work, file }) => assessFiling(work, cases(), file),
      divert: { high: { accepted: 'awaiting_superior', not_accepted: 'not_accepted' } },
    },
    async take({ file, body }) {
      const { outcome, reason } = body
      if (outcome === 'not_accepted' && !reason) {
        throw new BadInput([{ path: 'reason', expected: 'why it is not accepted', found: 'nothing' }])
      }
      const personId = must(file.state.personId, 'person of a submitted filing')
      return {
        outcome,
        record: { outcome, reason: reason ?? null },
        receipt:
          outcome === 'accepted'
            ? { kind: 'accepted' as const }
            : {
                kind: 'not_accepted' as const,
                reason: { code: 'receipt.filing_not_accepted', params: { reason: reason ?? '' } },
              },
        notices: [{ personId, code: `notice.filing_${outcome}` }],
      }
    },
  })

  const review = step({
    title: { zh: '复核', en: 'Review' },
    from: ['accepted'],
    by: ['review'],
    notSameUserAs: ['accept'],
    body: z.strictObject({ outcome: z.enum(['approved', 'refused']), opinion: z.string().trim().min(1).max(500) }),
    record: reviewRecord,
    to: { approved: 'effective', refused: 'refused' },
    async take({ work, file, body, effectiveOn, history }) {
      const application = filed(file.state)
      const { personId, form } = application
      // The rule of the day of application decides; the filing takes effect on the day of review.
      const on = must(history[0], 'the application').effectiveOn
      const ruling = await ruleOnFiling(work, rulebook, { ...application, agency: file.agency, on })
      const { outcome, reason, because } = ruling.decision
      if ((body.outcome === 'approved') !== (outcome === 'granted')) {
        throw new Refusal('review_against_rule', { clause: because, params: { outcome, reason } })
      }
      const granted = outcome === 'granted' ? validityFrom(effectiveOn, ruling) : null
      if (granted) await tellTreatmentRegion(work, { file, form, validity: granted, revision: 1, state: 'effective' })
      await work.reach('filing.review.told')
      return {
        outcome: body.outcome,
        record: { ...body, ruling: summaryOf(ruling), validity: granted },
        decision: ruling,
        deadlines: [{ meet: 'review' }],
        notices: [{ personId, code: granted ? 'notice.filing_effective' : 'notice.filing_refused' }],
      }
    },
    fold: (state, { body }) => ({ ...state, validity: body.validity, revision: body.validity ? 1 : 0 }),
  })

  return { submit, accept, review }
}
