import { z } from 'zod'
import { addDays, addMonths, must, type PlainDate, schemaDate, type Work } from '../../../ground/door.ts'
import { provinceOf, type Rulebook, type Ruling, workingDaysBetween } from '../../../law/door.ts'
import { type FilingForm, filingForm } from '../form.ts'
import { rulingSummary } from '../messages-between.ts'
import { numberResult, requireGranted, summaryOf } from '../ruling.ts'
import { ruleOnFiling } from './filing-facts.ts'
import {
  change,
  endFiling,
  type FilingFile,
  type FilingState,
  filed,
  reviewRecord,
  step,
  tellTreatmentRegion,
  validity,
  validityFrom,
} from './filing-state.ts'

const endReasons = ['death', 'insured_region_changed', 'entitlement_lost'] as const

/** Change, extension, cancellation and end of an effective filing (A1.13, A3.06-A3.08). */
export function changeSteps(rulebook: Rulebook) {
  const requestChange = step({
    title: { zh: '申请变更就医地', en: 'Ask for a change of place' },
    from: ['effective'],
    by: ['person', 'accept', 'employer_officer'],
    body: change,
    record: change,
    to: 'change_requested',
    async take({ work, file, body, effectiveOn }) {
      requireGranted(await ruleOnChange(work, rulebook, file, effectiveOn, body.opinion !== undefined))
      provinceOf(body.treatmentRegion)
      return { record: body }
    },
    fold: (state, { body }) => ({ ...state, requestedChange: body }),
  })

  const reviewChange = step({
    title: { zh: '复核变更', en: 'Review the change' },
    from: ['change_requested'],
    by: ['review'],
    notSameUserAs: ['requestChange'],
    body: z.strictObject({ outcome: z.enum(['approved', 'refused']), opinion: z.string().trim().min(1).max(500) }),
    record: reviewRecord.extend({ form: filingForm }),
    to: { approved: 'effective', refused: 'effective' },
    async take({ work, file, body, effectiveOn }) {
      const application = filed(file.state)
      const { personId, form } = application
      const asked = must(file.state.requestedChange, 'a requested change')
      const changed: FilingForm = {
        ...form,
        treatmentRegion: asked.treatmentRegion,
        ...(asked.opinion && { opinion: asked.opinion, filingClass: 'referral' as const }),
      }
      const ruling = await ruleOnFiling(work, rulebook, {
        ...application,
        agency: file.agency,
        form: changed,
        on: effectiveOn,
      })
      if (body.outcome === 'approved') requireGranted(ruling)
      const approved = body.outcome === 'approved'
      const held = must(file.state.validity, 'the validity of an effective filing')
      const next = approved ? validityFrom(effectiveOn, ruling) : held
      if (approved) await moveFiling(work, file, changed, next)
      return {
        outcome: body.outcome,
        record: { ...body, form: approved ? changed : form, ruling: summaryOf(ruling), validity: next },
        decision: ruling,
        notices: [{ personId, code: approved ? 'notice.filing_changed' : 'notice.filing_change_refused' }],
      }
    },
    fold: (state, { body }) => ({
      ...state,
      form: body.form,
      validity: body.validity,
      requestedChange: null,
      revision: state.revision + (body.outcome === 'approved' ? 2 : 0),
    }),
  })

  const extend = step({
    title: { zh: '申请延期', en: 'Ask for an extension' },
    from: ['effective'],
    by: ['person', 'accept', 'employer_officer'],
    body: z.strictObject({ note: z.string().trim().max(500).optional() }),
    record: z.strictObject({ extendedTo: schemaDate, ruling: rulingSummary }),
    to: 'extension_requested',
    async take({ work, file, effectiveOn }) {
      const { form } = filed(file.state)
      const { validTo } = must(file.state.validity, 'the validity of an effective filing')
      const ruling = await rulebook.decide(work, {
        policy: 'filing-extension',
        on: effectiveOn,
        insuredRegion: file.agency,
        facts: {
          openEnded: validTo === null,
          workingDaysBeforeEnd: validTo === null ? 0 : workingDaysBefore(effectiveOn, validTo),
          filingClass: form.filingClass,
        },
      })
      requireGranted(ruling)
      const extendedTo = addMonths(validTo ?? effectiveOn, numberResult(ruling, 'extensionMonths'))
      return { record: { extendedTo, ruling: summaryOf(ruling) }, decision: ruling }
    },
  })

  const reviewExtension = step({
    title: { zh: '复核延期', en: 'Review the extension' },
    from: ['extension_requested'],
    by: ['review'],
    notSameUserAs: ['extend'],
    body: z.strictObject({ outcome: z.enum(['approved', 'refused']), opinion: z.string().trim().min(1).max(500) }),
    record: z.strictObject({ outcome: z.enum(['approved', 'refused']), opinion: z.string(), validity }),
    to: { approved: 'effective', refused: 'effective' },
    async take({ work, file, body, history }) {
      const { personId, form } = filed(file.state)
      const held = must(file.state.validity, 'the validity of an effective filing')
      const asked = extend.record.parse(history.findLast((event) => event.kind === 'extend')?.body)
      const approved = body.outcome === 'approved'
      const next = approved ? { ...held, validTo: asked.extendedTo } : held
      if (approved) {
        await tellTreatmentRegion(work, {
          file,
          form,
          validity: next,
          revision: file.state.revision + 1,
          state: 'effective',
        })
      }
      return {
        outcome: body.outcome,
        record: { ...body, validity: next },
        notices: [{ personId, code: approved ? 'notice.filing_extended' : 'notice.filing_extension_refused' }],
      }
    },
    fold: (state, { body }) => ({
      ...state,
      validity: body.validity,
      revision: state.revision + (body.outcome === 'approved' ? 1 : 0),
    }),
  })

  const cancel = step({
    title: { zh: '取消备案', en: 'Cancel the filing' },
    from: ['effective'],
    by: ['person', 'accept', 'employer_officer'],
    body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
    record: z.strictObject({ reason: z.string(), validity }),
    to: 'cancelled',
    async take({ work, file, body, effectiveOn }) {
      requireGranted(await ruleOnChange(work, rulebook, file, effectiveOn, false))
      const record = { reason: body.reason, validity: await endFiling(work, file, effectiveOn) }
      return { record, notices: [{ personId: filed(file.state).personId, code: 'notice.filing_cancelled' }] }
    },
    fold: foldEnd,
  })

  const end = step({
    title: { zh: '终止备案', en: 'End the filing' },
    from: ['effective', 'change_requested', 'extension_requested'],
    by: ['system', 'accept'],
    body: z.strictObject({ reason: z.enum(endReasons) }),
    record: z.strictObject({ reason: z.string(), validity }),
    to: 'ended',
    async take({ work, file, body, effectiveOn }) {
      const record = { reason: body.reason, validity: await endFiling(work, file, effectiveOn) }
      return { record, notices: [{ personId: filed(file.state).personId, code: 'notice.filing_ended' }] }
    },
    fold: foldEnd,
  })

  const expire = step({
    title: { zh: '备案到期失效', en: 'The filing expires' },
    from: ['effective'],
    by: ['system'],
    body: z.strictObject({}),
    record: z.strictObject({}),
    to: 'expired',
    async take({ file }) {
      return { record: {}, notices: [{ personId: filed(file.state).personId, code: 'notice.filing_expired' }] }
    },
  })

  return { requestChange, reviewChange, extend, reviewExtension, cancel, end, expire }
}

function foldEnd(
  state: FilingState,
  { body }: { body: { reason: string; validity: z.infer<typeof validity> } },
): FilingState {
  return { ...state, validity: body.validity, endReason: body.reason, revision: state.revision + 1 }
}

/** May the filing be changed or cancelled on this day (A1.13)? */
function ruleOnChange(
  work: Work,
  rulebook: Rulebook,
  file: FilingFile,
  on: PlainDate,
  byNewReferral: boolean,
): Promise<Ruling> {
  const { validFrom } = must(file.state.validity, 'the validity of an effective filing')
  return rulebook.decide(work, {
    policy: 'filing-change',
    on,
    insuredRegion: file.agency,
    facts: { effectiveFrom: validFrom, requestedOn: on, byNewReferral },
  })
}

/** Moves an effective filing: where the province changes, the old one is told it ended; the new one what holds now. */
async function moveFiling(
  work: Work,
  file: FilingFile,
  form: FilingForm,
  held: z.infer<typeof validity>,
): Promise<void> {
  const before = filed(file.state).form
  const { revision } = file.state
  if (provinceOf(before.treatmentRegion).code !== provinceOf(form.treatmentRegion).code) {
    await tellTreatmentRegion(work, { file, form: before, validity: held, revision: revision + 1, state: 'ended' })
  }
  await tellTreatmentRegion(work, { file, form, validity: held, revision: revision + 2, state: 'effective' })
}

/**
 * Working days of notice that an application on a day gives: that day counts, the last day of validity does not (A3-o3, assumed; A3-t3: for
 * 2025-12-31, the 17th gives ten).
 */
function workingDaysBefore(appliedOn: PlainDate, validTo: PlainDate): number {
  return appliedOn >= validTo ? 0 : workingDaysBetween(addDays(appliedOn, -1), addDays(validTo, -1)).days
}
