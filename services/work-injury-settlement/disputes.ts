import type { z } from 'zod'
import { must, type Work } from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'
import type { FlowSet } from './flow-set.ts'
import type { disputeAnswerMessage, disputeStateMessage } from './messages-between.ts'
import { findSettlement, owedFen } from './settlements.ts'
import { requireSpeaker } from './speakers.ts'

/** The treatment region hears of a dispute, or what became of it; an older word than the known one changes nothing. */
export async function hearDispute(
  work: Work,
  { cases }: ServiceTools,
  flows: FlowSet,
  { from, body }: { from: string; body: z.infer<typeof disputeStateMessage> },
): Promise<void> {
  const { disputeNumber, settlementNumber, revision } = body
  const row = await findSettlement(work, 'host', settlementNumber)
  if (row) requireSpeaker(from, row.insured_region)
  const { caseId } = await cases().open(work, {
    flow: 'dispute',
    step: 'receive',
    subject: {},
    agency: work.node.region,
    idempotencyKey: `dispute:${disputeNumber}`,
    body: { disputeNumber, settlementNumber, side: 'creditor', partner: from },
  })
  const file = await cases().getOf(work, flows.dispute, caseId)
  requireSpeaker(from, must(file.state.item, 'a disputed item').partner)
  if (file.status === 'ended' || (file.state.claim?.revision ?? 0) >= revision) return
  const idempotencyKey = `hear:${revision}`
  await cases().take(work, { caseId, step: 'hear', expectedSeq: file.seq, idempotencyKey, body })
}

/** The insured region hears the answer to its newest word; one to an older word changes nothing. */
export async function hearDisputeAnswer(
  work: Work,
  { cases }: ServiceTools,
  flows: FlowSet,
  { from, body }: { from: string; body: z.infer<typeof disputeAnswerMessage> },
): Promise<void> {
  const row = await findOpenDispute(work, { cases }, body.disputeNumber)
  if (!row) return
  const file = await cases().getOf(work, flows.dispute, row.caseId)
  const { partner, settlementNumber } = must(file.state.item, 'a disputed item')
  requireSpeaker(from, partner)
  if (file.status !== 'raised' || file.state.claim?.revision !== body.revision) return
  const idempotencyKey = `answer:${body.revision}`
  await cases().take(work, { caseId: row.caseId, step: 'noteAnswer', expectedSeq: file.seq, idempotencyKey, body })
  await endWhereAgreed(work, { cases }, settlementNumber)
}

/** A dispute ends where no more is owed now than the insured region held to be owed: corrected, deducted at the audit, or undone. */
export async function endWhereAgreed(
  work: Work,
  { cases }: Pick<ServiceTools, 'cases'>,
  settlementNumber: string,
): Promise<void> {
  const row = await findSettlement(work, 'home', settlementNumber)
  if (!row?.disputed_in) return
  const dispute = must(await findOpenDispute(work, { cases }, row.disputed_in), `dispute ${row.disputed_in}`)
  if (owedFen(row) > Number(dispute.summary.expectedFen)) return
  await cases().take(work, {
    caseId: dispute.caseId,
    step: 'settleDispute',
    expectedSeq: dispute.seq,
    idempotencyKey: `agreed:${row.revision}`,
    body: {},
  })
}

async function findOpenDispute(work: Work, { cases }: Pick<ServiceTools, 'cases'>, disputeNumber: string) {
  const [row] = await cases().find(work, { flow: 'dispute', open: true, text: disputeNumber, limit: 1 })
  return row
}
