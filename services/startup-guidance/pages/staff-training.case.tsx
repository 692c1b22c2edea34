import { defineWords } from '../../../kit/door.ts'
import { type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'

const words = defineWords({
  outcome: { zh: '结果', en: 'How it ended' },
  completed: { zh: '结业', en: 'Completed' },
  dropped: { zh: '未结业', en: 'Dropped' },
  on: { zh: '日期', en: 'Day' },
})

/** A course of one person, and how it ended. */
export const casePart: StaffCasePart = {
  flow: 'startup-training',
  stepForms: {
    finish: stepForm({
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: words.outcome,
          required: true,
          options: (['completed', 'dropped'] as const).map((value) => ({ value, label: words[value] })),
        },
        { name: 'on', kind: 'date', label: words.on, required: true },
      ],
    }),
  },
}
