import { useState } from 'react'
import * as z from 'zod/mini'
import {
  type CasePart,
  type CasePartProps,
  defineWords,
  RegionField,
  RegionName,
  StepForm,
  type StepFormProps,
  TextField,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'

const words = defineWords({
  filing: { zh: '备案内容', en: 'The filing' },
  filingClass: { zh: '备案类别', en: 'Class' },
  place: { zh: '就医地', en: 'Place of treatment' },
  since: { zh: '居住或工作开始', en: 'There since' },
  opinion: { zh: '转诊意见', en: 'Referral' },
  opinionText: {
    zh: '{institutionName}（{institutionLevel}级），{issuedOn}',
    en: '{institutionName} (level {institutionLevel}), {issuedOn}',
  },
  valid: { zh: '有效期', en: 'In effect' },
  validText: { zh: '{validFrom} 至 {validTo}', en: '{validFrom} to {validTo}' },
  openEnded: { zh: '{validFrom} 起，直到取消', en: 'from {validFrom} until it is cancelled' },
  lock: { zh: '可以变更或取消', en: 'Can be changed' },
  lockText: { zh: '{lockEndsOn} 起', en: 'from {lockEndsOn}' },
  covers: { zh: '可以直接结算', en: 'Settled directly' },
  medical: { zh: '住院医疗', en: 'inpatient treatment' },
  rehabilitation: { zh: '住院康复', en: 'rehabilitation' },
  device: { zh: '辅助器具', en: 'assistive devices' },
  asked: { zh: '申请变更为', en: 'Asked to change to' },
  newPlace: { zh: '新的就医地', en: 'The new place' },
  note: { zh: '为什么变更？', en: 'Why?' },
  reason: { zh: '为什么取消？', en: 'Why do you cancel?' },
  extendNote: { zh: '需要说明的情况（可不填）', en: 'Anything we should know (optional)' },
})

const place = z.object({ treatmentRegion: z.string() })

const filingState = z.object({
  form: z.nullable(
    z.extend(place, {
      filingClass: z.string(),
      residenceSince: z.optional(z.string()),
      opinion: z.optional(
        z.object({ institutionName: z.string(), institutionLevel: z.number(), issuedOn: z.string() }),
      ),
    }),
  ),
  validity: z.nullable(
    z.object({
      validFrom: z.string(),
      validTo: z.nullable(z.string()),
      lockEndsOn: z.string(),
      coversMedical: z.boolean(),
      coversRehabilitation: z.boolean(),
      coversDevice: z.boolean(),
    }),
  ),
  requestedChange: z.nullable(place),
})

/** A filing on its person's case page: what was asked, what holds, and changing, extending or cancelling it. */
export const casePart: CasePart = {
  flow: 'filing',
  Facts: FilingFacts,
  stepForms: { requestChange: ChangeForm, extend: ExtendForm, cancel: CancelForm },
}

function FilingFacts({ view }: CasePartProps) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(view.file.service)
  const state = filingState.safeParse(view.file.state)
  if (!state.success || !state.data.form) return null
  const { form, validity, requestedChange } = state.data
  return (
    <section className="kit-section" aria-labelledby="filing">
      <h2 id="filing">{say(words.filing)}</h2>
      <dl className="kit-facts">
        <dt>{say(words.filingClass)}</dt>
        <dd>{tell(`choices.${form.filingClass}`)}</dd>
        <dt>{say(words.place)}</dt>
        <dd>
          <RegionName code={form.treatmentRegion} />
        </dd>
        {form.residenceSince !== undefined && (
          <>
            <dt>{say(words.since)}</dt>
            <dd>{day(form.residenceSince)}</dd>
          </>
        )}
        {form.opinion && (
          <>
            <dt>{say(words.opinion)}</dt>
            <dd>{say(words.opinionText, form.opinion)}</dd>
          </>
        )}
        {validity && <ValidityFacts validity={validity} />}
        {requestedChange && (
          <>
            <dt>{say(words.asked)}</dt>
            <dd>
              <RegionName code={requestedChange.treatmentRegion} />
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

function ValidityFacts({ validity }: { validity: NonNullable<z.infer<typeof filingState>['validity']> }) {
  const { say, language } = useSpeech()
  const { validFrom, validTo, lockEndsOn, coversMedical, coversRehabilitation, coversDevice } = validity
  const covered = [
    ...(coversMedical ? [say(words.medical)] : []),
    ...(coversRehabilitation ? [say(words.rehabilitation)] : []),
    ...(coversDevice ? [say(words.device)] : []),
  ]
  return (
    <>
      <dt>{say(words.valid)}</dt>
      <dd>{validTo === null ? say(words.openEnded, { validFrom }) : say(words.validText, { validFrom, validTo })}</dd>
      <dt>{say(words.lock)}</dt>
      <dd>{say(words.lockText, { lockEndsOn })}</dd>
      <dt>{say(words.covers)}</dt>
      <dd>{covered.join(language === 'zh' ? '、' : ', ')}</dd>
    </>
  )
}

function ChangeForm({ take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const [treatmentRegion, setTreatmentRegion] = useState('')
  const [note, setNote] = useState('')
  return (
    <StepForm isTaking={isTaking || treatmentRegion === ''} onSubmit={() => take({ treatmentRegion, note })}>
      <RegionField label={say(words.newPlace)} required value={treatmentRegion} onChange={setTreatmentRegion} />
      <TextField label={say(words.note)} rows={2} required value={note} onChange={setNote} />
    </StepForm>
  )
}

function ExtendForm({ take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const [note, setNote] = useState('')
  return (
    <StepForm isTaking={isTaking} onSubmit={() => take(note === '' ? {} : { note })}>
      <TextField label={say(words.extendNote)} rows={2} value={note} onChange={setNote} />
    </StepForm>
  )
}

function CancelForm({ take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const [reason, setReason] = useState('')
  return (
    <StepForm isTaking={isTaking} onSubmit={() => take({ reason })}>
      <TextField label={say(words.reason)} rows={2} required value={reason} onChange={setReason} />
    </StepForm>
  )
}
