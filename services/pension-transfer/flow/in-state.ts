import { z } from 'zod'
import { type CaseFile, stepsOf } from '../../../cases/door.ts'
import { sendMessage } from '../../../exchange/door.ts'
import {
  asActor,
  type Id,
  must,
  schemaDate,
  schemaId,
  schemaRegion,
  systemActor,
  type Work,
} from '../../../ground/door.ts'
import { contributionsOf, getPerson, type RecordedMonth, revealIdNumber } from '../../../people/door.ts'
import { informationForm, type Letter, messageKinds } from '../messages-between.ts'

/** The flow of the new region. */
export const transferInFlowId = 'pension-transfer-in'

/** What is asked: from where, and whether months paid twice may count once, here, with the old region's personal part paid back. */
export const transferAnswers = z.strictObject({ fromRegion: schemaRegion, overlapAgreed: z.boolean() })

/** See `transferAnswers`. */
export type TransferAnswers = z.infer<typeof transferAnswers>

const revision = z.int().min(0)

/** Parses the state of a transfer in the new region. */
export const transferInState = z.strictObject({
  personId: schemaId.nullable(),
  answers: transferAnswers.nullable(),
  /** Of the newest letter sent, and of the newest answer heard. */
  letterRevision: revision,
  answerRevision: revision,
  /** Why the old region declined: a reason of its rule. */
  declinedFor: z.string().nullable(),
  form: informationForm.nullable(),
  paidOn: schemaDate.nullable(),
  monthsEntered: z.boolean(),
})

/** See `transferInState`. */
export type TransferInState = z.infer<typeof transferInState>

/** The statuses of a transfer in the new region. */
export type TransferInStatus =
  | 'submitted'
  | 'refused'
  | 'under_objection'
  | 'asked'
  | 'form_received'
  | 'received'
  | 'completed'
  | 'declined'
  | 'recalling'
  | 'returning'
  | 'sent_back'
  | 'withdrawn'

/** A case of the new region. */
export type TransferInFile = CaseFile<TransferInState>

/** Before anything was said. */
export const initialTransferIn: TransferInState = {
  personId: null,
  answers: null,
  letterRevision: 0,
  answerRevision: 0,
  declinedFor: null,
  form: null,
  paidOn: null,
  monthsEntered: false,
}

/** Makes a step of the new region's flow. */
export const inStep = stepsOf<TransferInState, TransferInStatus>()

/** Whose relation moves, and from where; there from the application on. */
export function transferOf({ state }: TransferInFile): { personId: Id; fromRegion: string; answers: TransferAnswers } {
  const answers = must(state.answers, 'answers of a transfer')
  return { personId: must(state.personId, 'person of a transfer'), fromRegion: answers.fromRegion, answers }
}

/** The months of a person's employees' pension that were paid and count here, received ones too; a month once for each who paid it. */
export async function paidMonths(work: Work, personId: Id): Promise<RecordedMonth[]> {
  const query = { insurance: 'pension' } as const
  const rows = await contributionsOf(work, personId, query, 'transfer of the pension relation')
  return rows.filter(({ paidOn }) => paidOn !== null)
}

/** Writes the next letter to the old region; the whole identity number goes with it, and is in no log of the case. Returns its revision. */
export async function sendLetter(
  work: Work,
  file: TransferInFile,
  letter: Pick<Letter, 'state' | 'returnedFen' | 'reason'>,
): Promise<number> {
  const { personId, fromRegion } = transferOf(file)
  const revisionNow = file.state.letterRevision + 1
  const { idNumber, name, monthsHere } = await asActor(work, systemActor, async (system) => ({
    idNumber: await revealIdNumber(system, personId, 'letter about the pension relation'),
    name: (await getPerson(system, personId, 'letter about the pension relation')).name,
    monthsHere: [...new Set((await paidMonths(system, personId)).map(({ month }) => month))],
  }))
  const body: Letter = {
    transferNumber: file.number,
    revision: revisionNow,
    person: { idNumber, name },
    monthsHere,
    ...letter,
  }
  await sendMessage(work, { to: fromRegion, kind: messageKinds.letter, version: 1, about: file.number, body })
  await work.reach('pension-transfer.letter-sent')
  return revisionNow
}
