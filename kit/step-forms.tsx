import { type FormEvent, type ReactNode, useState } from 'react'
import { ChoiceField, TextField } from './fields.tsx'
import { useSpeech } from './language.tsx'
import type { StepFormProps } from './service-page.ts'
import { commonWords, defineWords } from './words.ts'

const words = defineWords({
  grounds: { zh: '您认为哪里不对？', en: 'What do you think is wrong?' },
  groundsHelp: {
    zh: '用自己的话写就可以。另一位工作人员会重新审查。',
    en: 'Your own words are enough. Another officer will look at it again.',
  },
  stars: { zh: '这次办事您满意吗？', en: 'How satisfied are you?' },
  star5: { zh: '非常满意', en: 'Very satisfied' },
  star4: { zh: '满意', en: 'Satisfied' },
  star3: { zh: '基本满意', en: 'So so' },
  star2: { zh: '不满意', en: 'Dissatisfied' },
  star1: { zh: '非常不满意', en: 'Very dissatisfied' },
  ratingText: { zh: '还想说些什么？（可不填）', en: 'Anything else? (optional)' },
  note: { zh: '说明补充了什么', en: 'What you have added' },
  noteHelp: { zh: '材料请在下方“材料”处上传。', en: 'Files go under “Documents” below.' },
  reason: { zh: '为什么撤回？', en: 'Why do you withdraw?' },
})

/** The frame of a step's form: sends once, while the button says so. */
export function StepForm(props: {
  onSubmit: () => void
  isTaking: boolean
  submitLabel?: string
  children: ReactNode
}) {
  const { say } = useSpeech()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.onSubmit()
  }
  return (
    <form onSubmit={submit}>
      {props.children}
      <button type="submit" className="kit-button kit-button-primary" disabled={props.isTaking}>
        {props.submitLabel ?? say(commonWords.submit)}
      </button>
    </form>
  )
}

function ObjectForm({ take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const [grounds, setGrounds] = useState('')
  return (
    <StepForm isTaking={isTaking} onSubmit={() => take({ grounds })}>
      <TextField
        label={say(words.grounds)}
        help={say(words.groundsHelp)}
        rows={5}
        required
        value={grounds}
        onChange={setGrounds}
      />
    </StepForm>
  )
}

function RateForm({ take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const [stars, setStars] = useState('')
  const [text, setText] = useState('')
  const options = ([5, 4, 3, 2, 1] as const).map((count) => ({
    value: String(count),
    label: `${'★'.repeat(count)} ${say(words[`star${count}`])}`,
  }))
  return (
    <StepForm isTaking={isTaking} onSubmit={() => take({ stars: Number(stars), text })}>
      <ChoiceField label={say(words.stars)} required value={stars} onChange={setStars} options={options} />
      <TextField label={say(words.ratingText)} rows={3} value={text} onChange={setText} />
    </StepForm>
  )
}

function CompleteForm({ take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const [note, setNote] = useState('')
  return (
    <StepForm isTaking={isTaking} onSubmit={() => take({ note })}>
      <TextField label={say(words.note)} help={say(words.noteHelp)} rows={3} required value={note} onChange={setNote} />
    </StepForm>
  )
}

function WithdrawForm({ take, isTaking }: StepFormProps) {
  const { say } = useSpeech()
  const [reason, setReason] = useState('')
  return (
    <StepForm isTaking={isTaking} onSubmit={() => take({ reason })}>
      <TextField label={say(words.reason)} rows={3} required value={reason} onChange={setReason} />
    </StepForm>
  )
}

/** Forms of the steps that every flow may have: completion, objection, rating, withdrawal. A service's own come beside them. */
export const commonStepForms = {
  object: ObjectForm,
  rate: RateForm,
  complete: CompleteForm,
  withdraw: WithdrawForm,
}
