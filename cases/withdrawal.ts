import { z } from 'zod'
import { stepsOf } from './flow.ts'

const withdrawal = z.strictObject({ reason: z.string().trim().max(500) })

/** `withdraw`: whoever applied takes the application back before it is decided. */
export function withdrawalStep<State, StatusName extends string>(options: {
  from: readonly StatusName[]
  to: StatusName
  /** The person and the employer's officer when left out. */
  by?: readonly string[]
}) {
  const step = stepsOf<State, StatusName>()
  return {
    withdraw: step({
      title: { zh: '撤回申请', en: 'Withdraw the application' },
      from: options.from,
      by: options.by ?? ['person', 'employer_officer'],
      body: withdrawal,
      record: withdrawal,
      to: options.to,
      take: async ({ body }) => ({ record: body }),
    }),
  }
}
