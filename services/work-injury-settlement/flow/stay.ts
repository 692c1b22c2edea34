import { defineFlow } from '../../../cases/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { admissionSteps } from './stay-admission.ts'
import { auditSteps } from './stay-audit.ts'
import { billSteps } from './stay-bill.ts'
import { recoverySteps } from './stay-recovery.ts'
import { settlementSteps } from './stay-settlement.ts'
import { initialStay, type StayState, stayState } from './stay-state.ts'
import { undoingSteps } from './stay-undoing.ts'

/** A stay at an institution, from admission to clearing (A1.04-A1.18); kept by the treatment region's node. */
export function stayFlow(tools: ServiceTools) {
  return defineFlow<StayState>({
    id: 'stay',
    service: 'work-injury-settlement',
    version: 1,
    title: { zh: '工伤住院直接结算', en: 'Work-injury stay with direct settlement' },
    numberPrefix: 'ZY',
    state: stayState,
    initial: initialStay,
    deadlines: {
      appeal: { zh: '申诉期限', en: 'Time to appeal' },
    },
    statuses: {
      pending_eligibility: { title: { zh: '待参保地确认', en: 'Waiting for the insured place' }, waitsFor: 'partner' },
      redirected: { title: { zh: '不能直接结算', en: 'Not settled directly' }, waitsFor: 'institution' },
      in_hospital: { title: { zh: '在院', en: 'In hospital' }, waitsFor: 'institution' },
      previewed: { title: { zh: '预结算', en: 'Previewed' }, waitsFor: 'institution' },
      settled: { title: { zh: '已结算', en: 'Settled' }, waitsFor: 'reconciliation' },
      reconciled: { title: { zh: '已对账', en: 'Reconciled' }, task: { role: 'audit' } },
      deduction_proposed: {
        title: { zh: '拟扣款', en: 'Deduction proposed' },
        waitsFor: 'institution',
        automatic: { step: 'confirmDeduction', afterDeadline: 'appeal' },
      },
      appealed: { title: { zh: '申诉中', en: 'Under appeal' }, task: { role: 'approve' } },
      audited: { title: { zh: '已审核', en: 'Audited' }, waitsFor: 'payment' },
      paid: { title: { zh: '已拨付', en: 'Paid' }, waitsFor: 'clearing' },
      // Nobody waits for anything any more; what is undone later opens it again.
      cleared: { title: { zh: '已清算', en: 'Cleared' }, final: true },
      undone: { title: { zh: '已撤销', en: 'Undone' }, waitsFor: 'institution' },
      left_without_settlement: { title: { zh: '未直接结算', en: 'Left without direct settlement' }, final: true },
    },
    steps: {
      ...admissionSteps(),
      ...billSteps(tools.rulebook),
      ...settlementSteps(),
      ...undoingSteps(tools),
      ...auditSteps(tools),
      ...recoverySteps(),
    },
    summary: ({ state }) => ({
      costType: state.admission?.costType ?? null,
      insuredRegion: state.admission?.insuredRegion ?? null,
      admittedOn: state.admission?.admittedOn ?? null,
      fundFen: state.settlement?.fundFen ?? state.preview?.fundFen ?? null,
      personFen: state.settlement?.personFen ?? state.preview?.personFen ?? null,
      settlementNumber: state.settlement?.number ?? null,
    }),
  })
}
