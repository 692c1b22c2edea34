import { type CaseFlow, unlessCrossed } from '../../cases/door.ts'
import { defineHandler, type MessageHandler } from '../../exchange/door.ts'
import { Refusal, type Work } from '../../ground/door.ts'
import { findPersonByIdNumber } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { type TransferInState, transferInFlowId, transferOf } from './flow/in-state.ts'
import { requestOf, type TransferOutState, transferOutFlowId } from './flow/out-state.ts'
import { type Answer, answerMessage, type Letter, letterMessage, messageKinds } from './messages-between.ts'

/** The flows of both sides; every node plays the part that a message asks for. */
export type TransferFlows = { transferIn: CaseFlow<TransferInState>; transferOut: CaseFlow<TransferOutState> }

/** What a node does with a letter and with an answer. */
export function messageHandlers(tools: ServiceTools, flows: TransferFlows): MessageHandler[] {
  return [
    defineHandler({
      kind: messageKinds.letter,
      version: 1,
      schema: letterMessage,
      handle: (work, { from, body }) => unlessCrossed(hearLetter(work, tools, flows, from, body)),
    }),
    defineHandler({
      kind: messageKinds.answer,
      version: 1,
      schema: answerMessage,
      handle: (work, { from, body }) => unlessCrossed(hearAnswer(work, tools, flows, from, body)),
    }),
  ]
}

async function hearLetter(
  work: Work,
  { cases }: ServiceTools,
  { transferOut }: TransferFlows,
  from: string,
  { person, transferNumber, ...letter }: Letter,
): Promise<void> {
  const { caseId } = await cases().open(work, {
    flow: transferOutFlowId,
    subject: {},
    agency: work.node.region,
    idempotencyKey: `transfer:${from}:${transferNumber}`,
    body: { transferNumber, newRegion: from },
  })
  const file = await cases().getOf(work, transferOut, caseId)
  requireSpeaker(from, requestOf(file).partner)
  if (file.state.letterRevision >= letter.revision) return
  const found = await findPersonByIdNumber(work, person.idNumber, `养老保险关系转移 ${transferNumber}`)
  // Somebody else's name under a number is not the person.
  const known = found?.name === person.name ? found : undefined
  await cases().take(work, {
    caseId,
    step: 'hear',
    expectedSeq: file.seq,
    idempotencyKey: `letter:${letter.revision}`,
    body: { ...letter, personId: known?.personId ?? null, agency: known?.agency ?? work.node.region },
  })
}

async function hearAnswer(
  work: Work,
  { cases }: ServiceTools,
  { transferIn }: TransferFlows,
  from: string,
  answer: Answer,
): Promise<void> {
  const { transferNumber: number } = answer
  const rows = await cases().find(work, { flow: transferInFlowId, text: number, limit: 2 })
  const row = rows.find((each) => each.number === number)
  if (!row) throw new Refusal('transfer_unknown', { params: { number } })
  const file = await cases().getOf(work, transferIn, row.caseId)
  requireSpeaker(from, transferOf(file).fromRegion)
  if (file.state.answerRevision >= answer.revision || file.status === 'withdrawn') return
  await cases().take(work, {
    caseId: row.caseId,
    step: 'hearAnswer',
    expectedSeq: file.seq,
    idempotencyKey: `answer:${answer.revision}`,
    body: answer,
  })
}

/** A signature tells who says something, not that it is theirs to say. */
function requireSpeaker(from: string, party: string): void {
  if (from !== party) throw new Refusal('not_theirs_to_say', { params: { from, party } })
}
