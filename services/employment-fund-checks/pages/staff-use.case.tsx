import { type CasePartProps, defineWords } from '../../../kit/door.ts'
import { FactList, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'
import { useUseInWords } from './use-state.ts'

const words = defineWords({
  outcome: { zh: '核查结论', en: 'Outcome' },
  accepted: { zh: '予以认可', en: 'Accept' },
  not_accepted: { zh: '不予认可', en: 'Do not accept' },
  opinion: { zh: '意见', en: 'Opinion' },
  reason: { zh: '撤回原因', en: 'Why it is withdrawn' },
})

/** A declared use on its case page, and the auditor's form. */
export const casePart: StaffCasePart = {
  flow: 'fund-use',
  Facts: UseFacts,
  stepForms: {
    check: stepForm({
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: words.outcome,
          required: true,
          options: (['accepted', 'not_accepted'] as const).map((value) => ({ value, label: words[value] })),
        },
        { name: 'opinion', kind: 'long_text', label: words.opinion, required: true },
      ],
    }),
    withdraw: stepForm({
      fields: [{ name: 'reason', kind: 'long_text', label: words.reason, required: true }],
      isDangerous: true,
    }),
  },
}

function UseFacts({ view }: CasePartProps) {
  return <FactList facts={useUseInWords(view.file.state)} />
}
