import { z } from 'zod'
import type { Instant, MessageParams, PlainDate } from '../ground/door.ts'
import type { CaseEvent } from './event.ts'
import type { CaseFile } from './flow.ts'
import { messageParamsSchema } from './message-params.ts'

/** Parses a kept receipt. */
export const receiptNoteSchema = z.strictObject({
  kind: z.enum(['accepted', 'not_accepted', 'completion_requested']),
  number: z.string(),
  reason: z.strictObject({ code: z.string(), params: messageParamsSchema }).nullable(),
})

/** A receipt as its event keeps it. */
export type ReceiptNote = z.infer<typeof receiptNoteSchema>

/** A receipt as it is shown or printed: 受理回执, 不予受理 or 一次性补正告知. `reason` is a message code. */
export type Receipt = {
  kind: ReceiptNote['kind']
  number: string
  caseNumber: string
  flow: string
  /** The business date it counts from, and the moment it was given. */
  issuedOn: PlainDate
  issuedAt: Instant
  reason: { code: string; params: MessageParams } | null
}

/** The number of a receipt: the case number and the step that gave it, e.g. `CL322026051100000174-02`. */
export function receiptNumber(caseNumber: string, seq: number): string {
  return `${caseNumber}-${String(seq).padStart(2, '0')}`
}

/** The receipts that a case has given, oldest first. */
export function receiptsIn(file: CaseFile, history: readonly CaseEvent[]): Receipt[] {
  return history.flatMap((event) =>
    event.receipt
      ? [
          {
            ...event.receipt,
            caseNumber: file.number,
            flow: file.flow,
            issuedOn: event.effectiveOn,
            issuedAt: event.recordedAt,
          },
        ]
      : [],
  )
}
