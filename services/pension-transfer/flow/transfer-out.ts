import { type CaseFlow, defineFlow } from '../../../cases/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { letterSteps } from './out-letters.ts'
import { payingSteps } from './out-paying.ts'
import { preparingSteps } from './out-preparing.ts'
import { initialTransferOut, type TransferOutState, transferOutFlowId, transferOutState } from './out-state.ts'

/** A transfer as the old region keeps it: from the letter to the payment (PT.8), and back where the new region returns it. */
export function transferOutFlow(tools: ServiceTools): CaseFlow<TransferOutState> {
  return defineFlow<TransferOutState>({
    id: transferOutFlowId,
    service: 'pension-transfer',
    version: 1,
    title: { zh: '养老保险关系转出', en: 'Transfer of the pension relation to another region' },
    numberPrefix: 'ZU',
    state: transferOutState,
    initial: initialTransferOut,
    deadlines: { handle: { zh: '办理时限', en: 'Time to handle' } },
    statuses: {
      opened: { title: { zh: '已收函', en: 'Letter received' }, waitsFor: 'system' },
      to_prepare: {
        title: { zh: '待填写信息表', en: 'Form to be filled in' },
        task: { role: 'accept', deadline: 'handle' },
      },
      to_approve: { title: { zh: '待审批', en: 'To be approved' }, task: { role: 'approve', deadline: 'handle' } },
      to_pay: { title: { zh: '待支付', en: 'To be paid' }, task: { role: 'pay', deadline: 'handle' } },
      paid: { title: { zh: '已转出', en: 'Transferred' }, final: true },
      declined: { title: { zh: '不能转出', en: 'Declined' }, final: true },
      cancelled: { title: { zh: '对方已撤回', en: 'Taken back by the new region' }, final: true },
      restored: { title: { zh: '资金已退回并恢复', en: 'Returned and restored' }, final: true },
    },
    steps: { ...letterSteps(tools), ...preparingSteps(tools), ...payingSteps() },
    summary: ({ state: { transferNumber, newRegion, form } }) => ({
      transferNumber,
      newRegion,
      months: form?.months.length ?? null,
      amountFen: form?.amountFen ?? null,
      owedFen: 0,
    }),
  })
}
