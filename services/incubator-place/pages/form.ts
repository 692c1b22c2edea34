import type { StandingForm } from '../../../kit/door.ts'

/** What is asked for a place. */
export const placeForm: StandingForm = {
  service: 'incubator-place',
  flow: 'incubator-place',
  fields: [
    { name: 'incubator', kind: 'text', required: true },
    { name: 'applicant', kind: 'choice', options: ['returning_entrepreneur', 'other_entrepreneur'], required: true },
    { name: 'project', kind: 'text', required: true },
    { name: 'rentFen', kind: 'money', required: true },
    { name: 'managementFeeFen', kind: 'money', required: true },
    { name: 'places', kind: 'count', required: true },
  ],
}

/** The words of both portals' pages. */
export const placeTitle = { zh: '创业孵化载体入驻', en: 'A place in an incubator' }
