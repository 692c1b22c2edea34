import { z } from 'zod'
import { orderedPayment } from '../../../benefits/door.ts'
import { type CaseFile, stepsOf } from '../../../cases/door.ts'
import { sendMessage } from '../../../exchange/door.ts'
import { must, schemaDate, schemaFen, schemaId, schemaRegion, type Work } from '../../../ground/door.ts'
import { schemaMonth } from '../../../people/door.ts'
import { type Answer, informationForm, messageKinds } from '../messages-between.ts'

/** The flow of the old region. */
export const transferOutFlowId = 'pension-transfer-out'

const revision = z.int().min(0)

/** Parses the state of a transfer in the old region. */
export const transferOutState = z.strictObject({
  transferNumber: z.string().nullable(),
  newRegion: schemaRegion.nullable(),
  /** Null where nobody here has the identity number. */
  personId: schemaId.nullable(),
  monthsThere: z.array(schemaMonth),
  /** Of the newest letter heard, and of the newest answer given. */
  letterRevision: revision,
  answerRevision: revision,
  form: informationForm.nullable(),
  paidOn: schemaDate.nullable(),
  /** What was ordered for the person: the personal part of months paid twice. */
  refunds: z.array(orderedPayment),
  /** Nothing is ever claimed back in this case; batches ask for it. */
  owedFen: schemaFen,
})

/** See `transferOutState`. */
export type TransferOutState = z.infer<typeof transferOutState>

/** The statuses of a transfer in the old region. */
export type TransferOutStatus =
  | 'opened'
  | 'to_prepare'
  | 'to_approve'
  | 'to_pay'
  | 'paid'
  | 'declined'
  | 'cancelled'
  | 'restored'

/** A case of the old region. */
export type TransferOutFile = CaseFile<TransferOutState>

/** Before anything was heard. */
export const initialTransferOut: TransferOutState = {
  transferNumber: null,
  newRegion: null,
  personId: null,
  monthsThere: [],
  letterRevision: 0,
  answerRevision: 0,
  form: null,
  paidOn: null,
  refunds: [],
  owedFen: 0,
}

/** Makes a step of the old region's flow. */
export const outStep = stepsOf<TransferOutState, TransferOutStatus>()

/** Which transfer it is and who asks for it; there from the opening on. */
export function requestOf({ state }: TransferOutFile): { transferNumber: string; partner: string } {
  return {
    transferNumber: must(state.transferNumber, 'number of a transfer'),
    partner: must(state.newRegion, 'new region of a transfer'),
  }
}

/** Gives the next answer to the new region; it carries everything that was said before. Returns its revision. */
export async function sendAnswer(
  work: Work,
  file: TransferOutFile,
  answer: Pick<Answer, 'state'> & Partial<Pick<Answer, 'reason' | 'form' | 'paidOn'>>,
): Promise<number> {
  const { transferNumber, partner } = requestOf(file)
  const { form, paidOn, answerRevision } = file.state
  const body: Answer = { transferNumber, revision: answerRevision + 1, reason: null, form, paidOn, ...answer }
  await sendMessage(work, { to: partner, kind: messageKinds.answer, version: 1, about: transferNumber, body })
  await work.reach('pension-transfer.answer-sent')
  return body.revision
}
