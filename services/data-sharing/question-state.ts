import { z } from 'zod'
import { type CaseFile, stepsOf } from '../../cases/door.ts'
import { addDays, must, type PlainDate, schemaDate, schemaId, schemaRegion } from '../../ground/door.ts'
import { schemaKinds, schemaPermission, sharedKinds, sharingPurposes } from './messages-between.ts'

/** The flow of questions to other regions. */
export const questionFlowId = 'data-question'

/** What is asked of which region about whom, and by what right. */
export const asked = z.strictObject({
  personId: schemaId,
  region: schemaRegion,
  purpose: z.enum(sharingPurposes),
  kinds: schemaKinds,
  permission: schemaPermission,
})

/** How many of each kind: told, or stated by the person. */
export const counts = z.partialRecord(z.enum(sharedKinds), z.int().min(0).max(1_000))

/** See `Difference` of taking in. */
export const difference = z.strictObject({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

/** What came of the last answer. The facts themselves stand in the registers, with their source, and not in the case. */
export const answered = z.strictObject({
  asOn: schemaDate,
  known: z.boolean(),
  usableUntil: schemaDate,
  told: counts,
  taken: z.int().min(0),
  differences: z.array(difference),
})

/** State of a question. */
export const questionState = z.strictObject({
  asked: asked.nullable(),
  round: z.int().min(0),
  stated: counts.nullable(),
  answer: answered.nullable(),
  refusedFor: z.string().nullable(),
})

/** See `questionState`. */
export type QuestionState = z.infer<typeof questionState>

/** Where a question may stand. */
export type QuestionStatus =
  | 'waiting'
  | 'unanswered'
  | 'promised'
  | 'answered'
  | 'different'
  | 'not_told'
  | 'lapsed'
  | 'under_objection'

/** Before it is asked. */
export const initialQuestion: QuestionState = { asked: null, round: 0, stated: null, answer: null, refusedFor: null }

/** A maker of this flow's steps. */
export const step = stepsOf<QuestionState, QuestionStatus>()

/** What was asked. */
export function askedOf(file: CaseFile<QuestionState>): z.infer<typeof asked> {
  return must(file.state.asked, 'what a question asks')
}

/** The first day on which the answer may not be used any more. */
export function staleOn({ answer }: QuestionState): PlainDate | null {
  return answer === null ? null : addDays(answer.usableUntil, 1)
}
