import { z } from 'zod'
import { schemaDate, schemaRegion } from '../../../ground/door.ts'

/**
 * What two regions say to each other about a registration that belongs to the other, version 1 of each. No order is promised, so each message carries
 * its whole state and a revision; an older one changes nothing. `forwardNumber` is the number of the case where the person is.
 */
export const messageKinds = {
  forwarded: 'insurance-registration.forwarded',
  answered: 'insurance-registration.answered',
} as const

/** What is asked of somebody who registers, wherever they do it. */
export const registrationAnswers = z.strictObject({ scheme: z.enum(['resident', 'flexible']), atSchool: z.boolean() })

/** From where the person is to where the registration belongs: it is asked for (again, where nobody answered), or taken back. */
export const forwardedMessage = z.strictObject({
  forwardNumber: z.string(),
  revision: z.int().min(1),
  state: z.enum(['asked', 'withdrawn']),
  person: z.strictObject({ idNumber: z.string(), name: z.string(), homeRegion: schemaRegion }),
  answers: registrationAnswers,
  /** Where it belongs: the place of the household, or of the work. */
  place: schemaRegion,
})

/** See `forwardedMessage`. */
export type Forwarded = z.infer<typeof forwardedMessage>

/**
 * The way back: an officer has it (`received`, with the number of the registration there), it stands (`registered`, from its first day), it is refused with
 * a reason of the rule, or it was taken back in time (`withdrawn`).
 */
export const answeredMessage = z.strictObject({
  forwardNumber: z.string(),
  revision: z.int().min(1),
  state: z.enum(['received', 'registered', 'refused', 'withdrawn']),
  registrationNumber: z.string().nullable(),
  reason: z.string().nullable(),
  from: schemaDate.nullable(),
})

/** See `answeredMessage`. */
export type Answered = z.infer<typeof answeredMessage>
