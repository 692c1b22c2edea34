import type { StandingForm } from '../../../kit/door.ts'

/** What is asked: what no register holds. */
export const registrationForm: StandingForm = {
  service: 'insurance-registration',
  flow: 'insurance-registration',
  fields: [
    { name: 'scheme', kind: 'choice', options: ['resident', 'flexible'], required: true },
    { name: 'atSchool', kind: 'flag', required: true },
  ],
}

/** The title of both portals' pages. */
export const registrationTitle = { zh: '养老保险参保登记', en: 'Register for pension insurance' }
