import { defineWords } from '../../../kit/door.ts'
import { type StaffCasePart, standingStaffCase, stepForm } from '../../../kit/staff/door.ts'
import { supportForm } from './form.ts'

const words = defineWords({
  vote: { zh: '表决', en: 'Vote' },
  favour: { zh: '赞成', en: 'in favour' },
  against: { zh: '反对', en: 'against' },
  abstain: { zh: '弃权', en: 'abstain' },
  reason: { zh: '理由（留存备查）', en: 'Reason (kept in the log)' },
})

const standing = standingStaffCase(supportForm)

/** An application on its case page, with the vote of a panel's member. */
export const casePart: StaffCasePart = {
  ...standing,
  nextStep: ({ file }) => (file.status === 'referred' ? 'vote' : undefined),
  stepForms: {
    ...standing.stepForms,
    vote: stepForm({
      fields: [
        {
          name: 'vote',
          kind: 'choice',
          label: words.vote,
          required: true,
          options: (['favour', 'against', 'abstain'] as const).map((value) => ({ value, label: words[value] })),
        },
        { name: 'reason', kind: 'long_text', label: words.reason, required: true },
      ],
    }),
  },
}
