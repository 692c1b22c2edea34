import type { StandingForm } from '../../../kit/door.ts'

/** What is asked to book a code. */
export const codeForm: StandingForm = {
  service: 'invitation-code',
  flow: 'invitation-code',
  opens: 'book',
  fields: [
    {
      name: 'group',
      kind: 'choice',
      options: ['graduate_of_this_year', 'hong_kong_macao_taiwan', 'returned_from_abroad', 'other'],
      required: true,
    },
    { name: 'studiesInCity', kind: 'flag', required: true },
    { name: 'school', kind: 'text', required: true },
  ],
}
