import { z } from 'zod'
import { stepsOf } from './flow.ts'

const rating = z.strictObject({ stars: z.int().min(1).max(5), text: z.string().trim().max(500) })

/** `rate` (好差评): one to five stars and a few words, once. Refusal `already_rated`. */
export function ratingStep<State, StatusName extends string>(options: {
  from: readonly StatusName[]
  /** The person and the employer's officer when left out. */
  by?: readonly string[]
}) {
  const step = stepsOf<State, StatusName>()
  return {
    rate: step({
      title: { zh: '好差评', en: 'Rate the service' },
      from: options.from,
      by: options.by ?? ['person', 'employer_officer'],
      onceOr: 'already_rated',
      body: rating,
      record: rating,
      to: 'stay',
      take: async ({ body }) => ({ record: body }),
    }),
  }
}
