import type { StandingForm } from '../../../kit/door.ts'

/** What is asked to be registered. */
export const registrationForm: StandingForm = {
  service: 'employment-registration',
  flow: 'employment-registration',
  fields: [
    { name: 'wanted', kind: 'choice', options: ['employed', 'unemployed'], required: true },
    { name: 'workForm', kind: 'choice', options: ['platform', 'flexible', 'own_business', 'none'], required: true },
    { name: 'platform', kind: 'text' },
    { name: 'since', kind: 'date', required: true },
  ],
}

/** The words of both portals' pages. */
export const registrationTitle = { zh: '就业失业登记', en: 'Registration of employment' }
