import type { StandingForm } from '../../../kit/door.ts'

const service = 'startup-guidance'

/** What is asked to enrol in a course. */
export const trainingForm: StandingForm = {
  service,
  flow: 'startup-training',
  fields: [
    { name: 'returned', kind: 'flag', required: true },
    { name: 'course', kind: 'choice', options: ['gyb', 'syb', 'iyb', 'online'], required: true },
    { name: 'startsOn', kind: 'date', required: true, ahead: true },
  ],
}

/** What is asked to enter a project. */
export const projectForm: StandingForm = {
  service,
  flow: 'contest-project',
  fields: [
    { name: 'contest', kind: 'text', required: true },
    { name: 'name', kind: 'text', required: true },
    { name: 'summary', kind: 'text', required: true },
  ],
}

/** What is asked to be appointed as a mentor. */
export const mentorForm: StandingForm = {
  service,
  flow: 'startup-mentor',
  fields: [
    { name: 'field', kind: 'text', required: true },
    { name: 'organisation', kind: 'text', required: true },
    { name: 'yearsInField', kind: 'count', required: true },
  ],
}
