import { z } from 'zod'
import { sendMessage } from '../../../exchange/door.ts'
import { BadInput, must, Refusal, type Work } from '../../../ground/door.ts'
import { disputeAnswerMessage, disputeStateMessage, messageKinds } from '../messages-between.ts'
import { findSettlement, lockSettlement, noteProgress, owedFen } from '../settlements.ts'
import { type DisputeFile, disputedItem, disputeForm, step } from './dispute-state.ts'

type Claim = z.infer<typeof disputeStateMessage>

const raised = z.strictObject({ item: disputedItem, claim: disputeStateMessage })

/** What the insured region, which owes, does in a dispute. */
export function debtorSteps() {
  const raise = step({
    title: { zh: '提出争议', en: 'Dispute an item' },
    opens: true,
    by: ['audit'],
    body: disputeForm,
    record: raised,
    to: 'raised',
    async take({ work, file, body }) {
      const { settlementNumber, expectedFen, reason } = body
      // It may be cleared at this moment.
      await lockSettlement(work, 'home', settlementNumber)
      const row = await findSettlement(work, 'home', settlementNumber)
      if (!row) throw new Refusal('settlement_unknown', { params: { settlementNumber } })
      const statedFen = owedFen(row)
      if (row.disputed_in !== null) throw new Refusal('dispute_open', { params: { disputeNumber: row.disputed_in } })
      // What is paid is taken back by a correction, which is owed back in the next quarter.
      if (row.cleared_fen !== 0) throw new Refusal('dispute_after_clearing', { params: { settlementNumber } })
      if (expectedFen >= statedFen) {
        throw new BadInput([{ path: 'expectedFen', expected: `0 .. ${statedFen - 1}`, found: String(expectedFen) }])
      }
      const item = {
        disputeNumber: file.number,
        settlementNumber,
        side: 'debtor' as const,
        partner: row.treatment_region,
      }
      const terms = { disputeNumber: file.number, settlementNumber, expectedFen, statedFen, reason }
      const claim: Claim = { ...terms, revision: 1, state: 'open' }
      await noteProgress(work, 'home', settlementNumber, { disputed_in: file.number })
      await tellDispute(work, item.partner, claim)
      return { record: { item, claim }, subject: { agency: row.agency } }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const noteAnswer = step({
    title: { zh: '就医地答复', en: "The treatment place's answer" },
    from: ['raised'],
    by: ['system'],
    body: disputeAnswerMessage,
    record: disputeAnswerMessage,
    to: { accepted: 'accepted', rejected: 'rejected' },
    take: async ({ body }) => ({ outcome: body.outcome, record: body }),
    fold: (state, { body }) => ({ ...state, answer: body }),
  })

  const insist = step({
    title: { zh: '坚持争议', en: 'Insist' },
    from: ['rejected'],
    by: ['audit'],
    body: disputeForm.pick({ reason: true }),
    record: disputeStateMessage,
    to: 'raised',
    async take({ work, file, body }) {
      return { record: await tellNext(work, file, { state: 'open', reason: body.reason }) }
    },
    fold: (state, { body }) => ({ ...state, claim: body, answer: null }),
  })

  const withdraw = step({
    title: { zh: '撤回争议', en: 'Withdraw the dispute' },
    from: ['raised', 'rejected'],
    by: ['audit'],
    body: disputeForm.pick({ reason: true }),
    record: disputeStateMessage,
    to: 'ended',
    take: ({ work, file, body }) => endDispute(work, file, { state: 'withdrawn', reason: body.reason }),
    fold: (state, { body }) => ({ ...state, claim: body }),
  })

  const settleDispute = step({
    title: { zh: '双方一致', en: 'Both agree' },
    from: ['raised', 'rejected', 'accepted'],
    by: ['system'],
    body: z.strictObject({}),
    record: disputeStateMessage,
    to: 'ended',
    take: ({ work, file }) => endDispute(work, file, { state: 'resolved' }),
    fold: (state, { body }) => ({ ...state, claim: body }),
  })

  return { raise, noteAnswer, insist, withdraw, settleDispute }
}

async function endDispute(work: Work, file: DisputeFile, change: Partial<Claim>): Promise<{ record: Claim }> {
  await noteProgress(work, 'home', must(file.state.item, 'a disputed item').settlementNumber, { disputed_in: null })
  return { record: await tellNext(work, file, change) }
}

/** The debtor's next word. */
async function tellNext(work: Work, file: DisputeFile, change: Partial<Claim>): Promise<Claim> {
  const before = must(file.state.claim, 'the claim of a dispute')
  const claim = { ...before, ...change, revision: before.revision + 1 }
  await tellDispute(work, must(file.state.item, 'a disputed item').partner, claim)
  return claim
}

async function tellDispute(work: Work, to: string, body: Claim): Promise<void> {
  await sendMessage(work, { to, kind: messageKinds.disputeState, version: 1, about: body.disputeNumber, body })
  await work.reach('dispute.told')
}
