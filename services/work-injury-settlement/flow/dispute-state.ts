import { z } from 'zod'
import { type CaseFile, stepsOf } from '../../../cases/door.ts'
import { schemaFen, schemaRegion } from '../../../ground/door.ts'
import { disputeAnswerMessage, disputeStateMessage } from '../messages-between.ts'

/** Which settlement is disputed, between whom; `side`: are we the region that owes (`debtor`) or is owed (`creditor`)? */
export const disputedItem = z.strictObject({
  disputeNumber: z.string(),
  settlementNumber: z.string(),
  side: z.enum(['debtor', 'creditor']),
  partner: schemaRegion,
})

/** Parses the state of a dispute. */
export const disputeState = z.strictObject({
  item: disputedItem.nullable(),
  /** The debtor's newest word: what it holds to be owed, against what is stated. */
  claim: disputeStateMessage.nullable(),
  answer: disputeAnswerMessage.nullable(),
})

/** The state of a dispute of one item, on either side. */
export type DisputeState = z.infer<typeof disputeState>

/** A dispute as the case log has it. */
export type DisputeFile = CaseFile<DisputeState>

/** Debtor: raised, rejected, accepted. Creditor: to_answer, refused, conceded. Both: ended. */
export type DisputeStatus = 'raised' | 'rejected' | 'accepted' | 'to_answer' | 'refused' | 'conceded' | 'ended'

/** What the debtor enters. */
export const disputeForm = z.strictObject({
  settlementNumber: z.string(),
  expectedFen: schemaFen,
  reason: z.string().trim().min(2).max(1_000),
})

/** Makes a step of the dispute flow. */
export const step = stepsOf<DisputeState, DisputeStatus>()
