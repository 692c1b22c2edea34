import { z } from 'zod'
import { stepsOf } from './flow.ts'

const approval = z.strictObject({
  outcome: z.enum(['approved', 'returned']),
  opinion: z.string().trim().min(1).max(500),
})

/**
 * The ready step by which an acceptance of high risk is approved one level up before it takes effect, or given back (B3.10; B3-o2, assumed).
 * `waiting` is the status that the acceptance's `divert.high` leads to.
 */
export function superiorStep<State, StatusName extends string>(options: {
  waiting: StatusName
  approved: StatusName
  returned: StatusName
  by: string
  /** Steps whose taker may not approve: the acceptance. */
  notSameUserAs: readonly string[]
}) {
  const step = stepsOf<State, StatusName>()
  const { waiting, approved, returned, by, notSameUserAs } = options
  return {
    approveRisk: step({
      title: { zh: '上级核准受理（高风险）', en: 'Approve the acceptance (high risk)' },
      from: [waiting],
      by: [by],
      notSameUserAs,
      body: approval,
      record: approval,
      to: { approved, returned },
      take: async ({ body }) => ({ outcome: body.outcome, record: body }),
    }),
  }
}
