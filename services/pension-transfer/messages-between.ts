import { z } from 'zod'
import { schemaDate, schemaFen } from '../../ground/door.ts'
import { schemaMonth, schemaMovedMonth } from '../../people/door.ts'

/**
 * What two regions say to each other about a transfer, version 1 of each. No order is promised, so each message carries its whole state and a
 * revision; an older revision than the known one changes nothing. `transferNumber` is the number of the new region's case.
 */
export const messageKinds = { letter: 'pension-transfer.letter', answer: 'pension-transfer.answer' } as const

/** What moves: months with base and day of payment, what overlaps with months here, and the amounts in fen. */
export const informationForm = z.strictObject({
  months: z.array(schemaMovedMonth).max(720),
  /** Paid there and in the new region for the same month: they count once, in the new region. */
  overlapping: z.array(schemaMonth).max(720),
  accountFen: schemaFen,
  pooledFen: schemaFen,
  amountFen: schemaFen,
  /** The personal part of the overlapping months, which the old region pays back to the person. */
  refundFen: schemaFen,
})

/** See `informationForm`. */
export type InformationForm = z.infer<typeof informationForm>

/** New region to old (联系函): it asks for the relation, takes the question back, or has sent the money back. */
export const letterMessage = z.strictObject({
  transferNumber: z.string(),
  revision: z.int().min(1),
  state: z.enum(['asked', 'withdrawn', 'returned']),
  person: z.strictObject({ idNumber: z.string(), name: z.string() }),
  monthsHere: z.array(schemaMonth).max(720),
  /** With `returned`. */
  returnedFen: schemaFen,
  reason: z.string().nullable(),
})

/** See `letterMessage`. */
export type Letter = z.infer<typeof letterMessage>

/**
 * Old region to new: why it cannot (`declined`), what will come (`formed`, 信息表), that it was paid (`paid`), that the question was taken back in
 * time (`cancelled`), or that returned money and months are in its books again (`restored`).
 */
export const answerMessage = z.strictObject({
  transferNumber: z.string(),
  revision: z.int().min(1),
  state: z.enum(['declined', 'formed', 'paid', 'cancelled', 'restored']),
  reason: z.string().nullable(),
  form: informationForm.nullable(),
  paidOn: schemaDate.nullable(),
})

/** See `answerMessage`. */
export type Answer = z.infer<typeof answerMessage>
