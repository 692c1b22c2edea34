import type { CaseRow, ServicePage } from '../../../kit/door.ts'
import { useSpeech } from '../../../kit/door.ts'
import { flowPage } from '../../../kit/staff/door.ts'
import { words } from './words.ts'

/** Registrations of employers, and the form that registers another by its credit code alone. */
export const page: ServicePage = flowPage(
  'employer-registration',
  {
    id: 'employer-registration',
    title: words.title,
    summary: words.summary,
    roles: ['accept', 'review', 'supervisor'],
    order: 41,
    path: '/employer-registration',
  },
  {
    opening: {
      roles: ['accept'],
      step: 'register',
      useFields: () => [{ name: 'creditCode', kind: 'text', label: words.creditCode, required: true }],
      toBody: ({ creditCode }) => ({ creditCode: String(creditCode).trim().toUpperCase() }),
    },
    useColumns: () => {
      const { say } = useSpeech()
      return [
        { title: say(words.creditCode), key: 'creditCode', render: (_, { summary }: CaseRow) => summary.creditCode },
      ]
    },
  },
)
