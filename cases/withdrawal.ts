import { z } from 'zod'
import { Refusal } from '../ground/door.ts'
import { stepsOf } from './flow.ts'

const withdrawal = z.strictObject({ reason: z.string().trim().max(500) })

/** `withdraw`: whoever applied takes the application back before it is decided. Refusal `withdrawal_too_late`. */
export function withdrawalStep<State, StatusName extends string>(options: {
  from: readonly StatusName[]
  to: StatusName
  /** The person and the employer's officer when left out. */
  by?: readonly string[]
  /** Whether it is too late: what was decided has been carried out, and an objection has only led back. Never when left out. */
  isTooLate?(state: State): boolean
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
      async take({ file, body }) {
        if (options.isTooLate?.(file.state)) {
          throw new Refusal('withdrawal_too_late', { params: { number: file.number } })
        }
        return { record: body }
      },
    }),
  }
}
