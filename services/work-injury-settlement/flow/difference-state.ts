import { z } from 'zod'
import { type CaseFile, stepsOf } from '../../../cases/door.ts'
import { schemaRegion } from '../../../ground/door.ts'
import { dayAnswerMessage, settlementStateMessage } from '../messages-between.ts'

/** A difference that reconciliation found, on the side that keeps this case; `here`: what the insured region has. */
export const foundDifference = dayAnswerMessage.shape.differences.element.extend({
  side: z.enum(['home', 'host']),
  partner: schemaRegion,
})

/** See `foundDifference`. */
export type FoundDifference = z.infer<typeof foundDifference>

/** Parses the state of a difference. */
export const differenceState = z.strictObject({
  found: foundDifference.nullable(),
  /** What the treatment region told again since. */
  told: settlementStateMessage.nullable(),
})

/** The state of a difference between two regions' books. */
export type DifferenceState = z.infer<typeof differenceState>

/** A difference as the case log has it. */
export type DifferenceFile = CaseFile<DifferenceState>

/** Makes a step of the difference flow. */
export const step = stepsOf<DifferenceState, 'found' | 'settled'>()
