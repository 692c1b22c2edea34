import { z } from 'zod'
import { Refusal } from '../ground/door.ts'
import { stepsOf } from './flow.ts'

/**
 * `correct`: a wrong step is never rewritten; another step names it by its seq, says why, and brings the right facts, which `fold` puts into
 * the state. Refusal `corrected_step_unknown`.
 */
export function correctionStep<State, StatusName extends string, Changes>(options: {
  from: readonly StatusName[]
  by: readonly string[]
  /** What can be corrected. */
  changes: z.ZodType<Changes>
  fold(state: State, changes: Changes): State
}) {
  const step = stepsOf<State, StatusName>()
  const correction = z.strictObject({
    seq: z.int().min(1),
    reason: z.string().trim().min(1).max(500),
    changes: options.changes,
  })
  return {
    correct: step({
      title: { zh: '更正', en: 'Correct an earlier step' },
      from: options.from,
      by: options.by,
      body: correction,
      record: correction,
      to: 'stay',
      async take({ file, body }) {
        if (body.seq > file.seq) throw new Refusal('corrected_step_unknown', { params: { seq: body.seq } })
        return { record: body }
      },
      fold: (state, { body }) => options.fold(state, body.changes),
    }),
  }
}
