import type { StandingForm } from '../../../kit/door.ts'

/** What is asked of a borrower. */
export const loanForm: StandingForm = {
  service: 'startup-loan',
  flow: 'startup-loan',
  fields: [
    {
      name: 'group',
      kind: 'choice',
      options: ['returning_migrant_worker', 'registered_unemployed', 'hard_to_employ', 'veteran', 'graduate', 'other'],
      required: true,
    },
    { name: 'requestedFen', kind: 'money', required: true },
    { name: 'purpose', kind: 'text', required: true },
  ],
}

/** The words of both portals' pages. */
export const loanTitle = { zh: '创业担保贷款', en: 'Guaranteed loan for a start-up' }
