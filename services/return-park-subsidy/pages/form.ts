import type { StandingForm } from '../../../kit/door.ts'

/** What is asked for the recognition of a park. */
export const recognitionForm: StandingForm = {
  service: 'return-park-subsidy',
  flow: 'park-recognition',
  fields: [
    { name: 'parkName', kind: 'text', required: true },
    { name: 'returneeBusinesses', kind: 'count', required: true },
    { name: 'jobs', kind: 'count', required: true },
  ],
}
