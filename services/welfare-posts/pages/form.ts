import type { StandingForm } from '../../../kit/door.ts'

/** What is asked for a placement. */
export const placementForm: StandingForm = {
  service: 'welfare-posts',
  flow: 'welfare-post',
  fields: [
    {
      name: 'hardship',
      kind: 'choice',
      options: ['zero_employment_family', 'disabled', 'older', 'long_unemployed', 'lifted_from_poverty', 'none'],
      required: true,
    },
    { name: 'post', kind: 'text', required: true },
    { name: 'unit', kind: 'text', required: true },
    { name: 'marketOffersTried', kind: 'count', required: true },
  ],
}
