import { defineFlow } from '../../../cases/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { creditorSteps } from './dispute-creditor.ts'
import { debtorSteps } from './dispute-debtor.ts'
import { type DisputeState, disputeState } from './dispute-state.ts'

/**
 * The dispute of an item (争议): the insured region holds less to be owed than is stated. While it is open the settlement stays out of clearing on
 * both sides; it ends by agreement, by a correction, or by being withdrawn, never by silence.
 */
export function disputeFlow(tools: ServiceTools) {
  return defineFlow<DisputeState>({
    id: 'dispute',
    service: 'work-injury-settlement',
    version: 1,
    title: { zh: '结算争议', en: 'Dispute of a settlement' },
    numberPrefix: 'ZC',
    state: disputeState,
    initial: { item: null, claim: null, answer: null },
    deadlines: { answer: { zh: '答复期限', en: 'Time to answer' } },
    statuses: {
      raised: { title: { zh: '待就医地答复', en: 'Waiting for the treatment place' }, waitsFor: 'partner' },
      rejected: { title: { zh: '就医地未认可', en: 'Rejected by the treatment place' }, task: { role: 'audit' } },
      accepted: { title: { zh: '已认可，待更正', en: 'Accepted; the correction is awaited' }, waitsFor: 'partner' },
      to_answer: { title: { zh: '待答复', en: 'To be answered' }, task: { role: 'audit', deadline: 'answer' } },
      refused: { title: { zh: '未认可，待参保地', en: 'Rejected; the insured place is awaited' }, waitsFor: 'partner' },
      conceded: { title: { zh: '已认可并更正', en: 'Accepted and corrected' }, waitsFor: 'partner' },
      ended: { title: { zh: '已了结', en: 'Ended' }, final: true },
    },
    steps: { ...debtorSteps(), ...creditorSteps(tools) },
    summary: ({ state: { item, claim } }) => ({
      disputeNumber: item?.disputeNumber ?? null,
      settlementNumber: item?.settlementNumber ?? null,
      partner: item?.partner ?? null,
      side: item?.side ?? null,
      statedFen: claim?.statedFen ?? null,
      expectedFen: claim?.expectedFen ?? null,
    }),
  })
}
