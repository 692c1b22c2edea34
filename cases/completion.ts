import { z } from 'zod'
import { stepsOf } from './flow.ts'
import { noticesToSubject } from './notices.ts'

const request = z.strictObject({ missing: z.array(z.string().trim().min(1).max(200)).min(1).max(20) })
const completion = z.strictObject({ note: z.string().trim().max(500) })

/**
 * One request to complete (一次性补正告知, domain.md) and its answer: `requestCompletion` lists everything that is missing at once, moves the
 * case to `waiting` and stops the clock of `deadline`; `complete` leads back and lets the clock run on. Refusal
 * `completion_already_requested` for a second request. A flow whose completion also changes facts replaces `complete` by a step of its own.
 */
export function completionSteps<State, StatusName extends string>(options: {
  from: readonly StatusName[]
  waiting: StatusName
  /** The role that asks, and that may also enter at the counter what was brought. */
  by: string
  /** Who else may complete; the person and the employer's officer when left out. */
  completedBy?: readonly string[]
  deadline?: string
}) {
  const step = stepsOf<State, StatusName>()
  const { from, waiting, by, completedBy = ['person', 'employer_officer'], deadline } = options
  return {
    requestCompletion: step({
      title: { zh: '一次性补正告知', en: 'Ask once for what is missing' },
      from,
      by: [by],
      onceOr: 'completion_already_requested',
      body: request,
      record: request,
      to: waiting,
      async take({ file, body }) {
        const params = { missing: body.missing.join('; ') }
        return {
          record: body,
          receipt: { kind: 'completion_requested', reason: { code: 'receipt.completion_requested', params } },
          deadlines: deadline === undefined ? [] : [{ stop: deadline }],
          notices: noticesToSubject(file.subject, 'notice.completion_requested', params),
        }
      },
    }),
    complete: step({
      title: { zh: '补正', en: 'Bring what is missing' },
      from: [waiting],
      by: [...completedBy, by],
      body: completion,
      record: completion,
      to: 'back',
      take: async ({ body }) => ({ record: body, deadlines: deadline === undefined ? [] : [{ resume: deadline }] }),
    }),
  }
}
