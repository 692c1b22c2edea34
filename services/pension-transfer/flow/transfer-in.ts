import { type CaseFlow, defineFlow, objectionSteps, ratingStep, withdrawalStep } from '../../../cases/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { answerSteps } from './in-answers.ts'
import { applicationSteps } from './in-application.ts'
import { receivingSteps } from './in-receiving.ts'
import {
  initialTransferIn,
  type TransferInState,
  type TransferInStatus,
  transferInFlowId,
  transferInState,
} from './in-state.ts'

/** A transfer as the new region keeps it: from the application to the months in the register (PT.8). */
export function transferInFlow(tools: ServiceTools): CaseFlow<TransferInState> {
  return defineFlow<TransferInState>({
    id: transferInFlowId,
    service: 'pension-transfer',
    version: 1,
    title: { zh: '养老保险关系转入', en: 'Transfer of the pension relation to this region' },
    numberPrefix: 'ZR',
    state: transferInState,
    initial: initialTransferIn,
    deadlines: {
      review: { zh: '审核时限', en: 'Time to review' },
      finish: { zh: '办结时限', en: 'Time to finish' },
    },
    statuses: {
      submitted: { title: { zh: '待审核', en: 'To be reviewed' }, task: { role: 'review', deadline: 'review' } },
      refused: { title: { zh: '不予转入', en: 'Refused' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
      asked: { title: { zh: '待原参保地回复', en: 'Waiting for the old region' }, waitsFor: 'partner' },
      form_received: { title: { zh: '已收信息表，待到账', en: 'Form received, money awaited' }, waitsFor: 'partner' },
      received: { title: { zh: '已到账，待核对', en: 'Money received' }, task: { role: 'accept', deadline: 'finish' } },
      completed: { title: { zh: '已转入', en: 'Transferred' }, final: true },
      declined: { title: { zh: '原参保地未能转出', en: 'Declined by the old region' }, final: true },
      recalling: { title: { zh: '撤回中，待原参保地', en: 'Being taken back' }, waitsFor: 'partner' },
      returning: { title: { zh: '退回中，待原参保地', en: 'Being sent back' }, waitsFor: 'partner' },
      sent_back: { title: { zh: '已退回原参保地', en: 'Sent back' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
    },
    steps: {
      ...applicationSteps(tools),
      ...answerSteps(tools),
      ...receivingSteps(),
      ...objectionSteps<TransferInState, TransferInStatus>({
        from: ['refused'],
        pending: 'under_objection',
        decidedBy: 'approve',
        notSameUserAs: ['review'],
        by: ['person'],
        setAsideTo: 'submitted',
      }),
      ...withdrawalStep<TransferInState, TransferInStatus>({ from: ['submitted'], to: 'withdrawn', by: ['person'] }),
      ...ratingStep<TransferInState, TransferInStatus>({ from: ['completed', 'refused', 'declined'] }),
    },
    summary: ({ number, state: { answers, form } }) => ({
      transferNumber: number,
      fromRegion: answers?.fromRegion ?? null,
      months: form?.months.length ?? null,
      amountFen: form?.amountFen ?? null,
    }),
  })
}
