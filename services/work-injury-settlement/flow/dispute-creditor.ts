import { z } from 'zod'
import { sendMessage } from '../../../exchange/door.ts'
import { must, schemaFen, type Work } from '../../../ground/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { type disputeAnswerMessage, disputeStateMessage, messageKinds } from '../messages-between.ts'
import { findSettlement, noteProgress, owedFen } from '../settlements.ts'
import { type DisputeFile, disputedItem, step } from './dispute-state.ts'

const opinion = z.string().trim().min(2).max(1_000)

/** What the treatment region, which is owed, does in a dispute. */
export function creditorSteps(tools: ServiceTools) {
  const { cases, rulebook } = tools

  const receive = step({
    title: { zh: '收到争议', en: 'A dispute came' },
    opens: true,
    by: ['system'],
    body: disputedItem,
    record: disputedItem,
    to: 'to_answer',
    async take({ work, body }) {
      const row = await findSettlement(work, 'host', body.settlementNumber)
      const term = await rulebook.valueOf(work, 'disputeAnswerWorkingDays', {
        on: work.today,
        insuredRegion: row?.agency ?? work.node.region,
      })
      return {
        record: body,
        subject: { agency: row?.agency ?? work.node.region },
        deadlines: [{ start: 'answer', unit: 'working_day' as const, amount: Number(term.value) }],
      }
    },
    fold: (state, { body }) => ({ ...state, item: body }),
  })

  const hear = step({
    title: { zh: '参保地的主张', en: "The insured place's word" },
    from: ['to_answer', 'refused', 'conceded'],
    by: ['system'],
    body: disputeStateMessage,
    record: disputeStateMessage,
    to: { open: 'to_answer', ended: 'ended' },
    async take({ work, file, body }) {
      const isOpen = body.state === 'open'
      await noteProgress(work, 'host', body.settlementNumber, { disputed_in: isOpen ? body.disputeNumber : null })
      const isMet = !isOpen && file.status === 'to_answer'
      return {
        outcome: isOpen ? 'open' : 'ended',
        record: body,
        ...(isMet && { deadlines: [{ meet: 'answer' }] }),
      }
    },
    fold: (state, { body }) => ({ ...state, claim: body, answer: null }),
  })

  const accept = step({
    title: { zh: '认可并更正', en: 'Accept and correct' },
    from: ['to_answer'],
    by: ['audit'],
    body: z.strictObject({ opinion }),
    record: z.strictObject({ opinion: z.string(), lessFen: schemaFen }),
    to: 'conceded',
    async take({ work, file, body }) {
      const { settlementNumber, expectedFen } = must(file.state.claim, 'the claim of a dispute')
      const row = must(await findSettlement(work, 'host', settlementNumber), `settlement ${settlementNumber}`)
      const lessFen = Math.max(0, owedFen(row) - expectedFen)
      // Nothing would be left: that is an undoing.
      const reason = `${file.number}: ${body.opinion}`.slice(0, 300)
      if (lessFen > 0 && expectedFen === 0) await takeOnStay(work, row.case_id, file, 'undo', { reason })
      else if (lessFen > 0) await takeOnStay(work, row.case_id, file, 'correct', { lessFen, reason })
      await work.reach('dispute.corrected')
      await answer(work, file, 'accepted', body.opinion)
      return { record: { ...body, lessFen }, deadlines: [{ meet: 'answer' }] }
    },
  })

  const reject = step({
    title: { zh: '不予认可', en: 'Reject' },
    from: ['to_answer'],
    by: ['audit'],
    body: z.strictObject({ opinion }),
    record: z.strictObject({ opinion: z.string() }),
    to: 'refused',
    async take({ work, file, body }) {
      await answer(work, file, 'rejected', body.opinion)
      return { record: body, deadlines: [{ meet: 'answer' }] }
    },
  })

  async function takeOnStay(work: Work, caseId: string, file: DisputeFile, name: string, body: object): Promise<void> {
    const stay = await cases().get(work, caseId)
    await cases().take(work, {
      caseId,
      step: name,
      expectedSeq: stay.file.seq,
      idempotencyKey: `dispute:${file.number}`,
      body,
    })
  }

  return { receive, hear, accept, reject }
}

async function answer(
  work: Work,
  { state }: DisputeFile,
  outcome: z.infer<typeof disputeAnswerMessage>['outcome'],
  opinionText: string,
): Promise<void> {
  const { disputeNumber, revision } = must(state.claim, 'the claim of a dispute')
  await sendMessage(work, {
    to: must(state.item, 'a disputed item').partner,
    kind: messageKinds.disputeAnswer,
    version: 1,
    about: disputeNumber,
    body: { disputeNumber, revision, outcome, opinion: opinionText },
  })
  await work.reach('dispute.answered')
}
