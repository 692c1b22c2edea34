import type { ComponentType } from 'react'
import { commonWords, defineWords, type StepFormProps } from '../../kit/door.ts'
import { type Field, stepForm } from '../../kit/staff/door.ts'

const words = defineWords({
  missing: { zh: '缺少的全部材料（一次告知）', en: 'Everything that is missing (asked once)' },
  missingHelp: {
    zh: '只能要求补正一次；期间停止计时。',
    en: 'Completion can be asked for once only; the clock stands still meanwhile.',
  },
  completed: { zh: '补交了什么', en: 'What was brought' },
  verdict: { zh: '复议结论', en: 'Verdict' },
  upheld: { zh: '维持原决定', en: 'Upheld' },
  set_aside: { zh: '撤销原决定，重新办理', en: 'Set aside, to be decided again' },
  reasons: { zh: '理由', en: 'Reasons' },
  court: { zh: '受理法院', en: 'Court' },
  courtCaseNumber: { zh: '案号', en: 'Court case number' },
  filedOn: { zh: '起诉日期', en: 'Filed on' },
  reason: { zh: '原因', en: 'Reason' },
  grounds: { zh: '认为哪里不对', en: 'What is thought to be wrong' },
  stars: { zh: '满意程度', en: 'How satisfied' },
  ratingText: { zh: '还想说的', en: 'Anything else' },
})

const starOptions = ['5', '4', '3', '2', '1'].map((value) => {
  const stars = '★'.repeat(Number(value))
  return { value, label: { zh: stars, en: stars } }
})

const stepFields: Readonly<Record<string, readonly Field[]>> = {
  requestCompletion: [
    { name: 'missing', kind: 'texts', label: words.missing, help: words.missingHelp, required: true },
  ],
  complete: [{ name: 'note', kind: 'long_text', label: words.completed, required: true }],
  decideObjection: [
    {
      name: 'outcome',
      kind: 'choice',
      label: words.verdict,
      required: true,
      options: [
        { value: 'upheld', label: words.upheld },
        { value: 'set_aside', label: words.set_aside },
      ],
    },
    { name: 'reasons', kind: 'long_text', label: words.reasons, required: true },
  ],
  noteLitigation: [
    { name: 'court', kind: 'text', label: words.court, required: true },
    { name: 'courtCaseNumber', kind: 'text', label: words.courtCaseNumber, required: true },
    { name: 'filedOn', kind: 'date', label: words.filedOn, required: true },
  ],
  object: [{ name: 'grounds', kind: 'long_text', label: words.grounds, required: true }],
  withdraw: [{ name: 'reason', kind: 'long_text', label: words.reason, required: true }],
}

const RateForm = stepForm({
  fields: [
    { name: 'stars', kind: 'choice', label: words.stars, required: true, options: starOptions },
    { name: 'text', kind: 'long_text', label: words.ratingText },
  ],
  toBody: ({ stars, text = '' }) => ({ stars: Number(stars), text }),
})

const forms: Readonly<Record<string, ComponentType<StepFormProps>>> = {
  ...Object.fromEntries(Object.entries(stepFields).map(([step, fields]) => [step, stepForm({ fields })])),
  rate: RateForm,
}

const ConfirmForm = stepForm({ fields: [], submitLabel: commonWords.confirm })

/** The form of a step that any flow may have; a step that asks nothing is only confirmed. */
export function genericStepForm(step: string): ComponentType<StepFormProps> {
  return forms[step] ?? ConfirmForm
}
