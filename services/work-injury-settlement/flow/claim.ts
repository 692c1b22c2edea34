import { completionSteps, defineFlow, objectionSteps, ratingStep, superiorStep } from '../../../cases/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { claimHandlingSteps } from './claim-handling.ts'
import { claimOpeningSteps } from './claim-opening.ts'
import { type ClaimState, type ClaimStatus, claimState } from './claim-state.ts'

/** Manual reimbursement at home (手工报销, A1.18): meal allowance, travel of a referral, and stays that could not be settled directly. */
export function claimFlow(tools: ServiceTools) {
  return defineFlow<ClaimState>({
    id: 'claim',
    service: 'work-injury-settlement',
    version: 1,
    title: { zh: '工伤医疗手工报销', en: 'Manual reimbursement' },
    numberPrefix: 'BX',
    state: claimState,
    initial: { occasion: null, amounts: null, receipts: [], billInScopeFen: 0, account: null, paidOn: null },
    statuses: {
      opened: { title: { zh: '待提交票据', en: 'Waiting for receipts' }, waitsFor: 'applicant' },
      submitted: { title: { zh: '待受理', en: 'To be accepted' }, task: { role: 'accept' } },
      awaiting_completion: { title: { zh: '待补正', en: 'To be completed' }, waitsFor: 'applicant' },
      awaiting_superior: { title: { zh: '待上级核准', en: 'To be approved above' }, task: { role: 'approve' } },
      accepted: { title: { zh: '待复核', en: 'To be reviewed' }, task: { role: 'review' } },
      reviewed: { title: { zh: '待审批', en: 'To be approved' }, task: { role: 'approve' } },
      approved: { title: { zh: '待支付', en: 'To be paid' }, task: { role: 'pay' } },
      paid: { title: { zh: '已支付', en: 'Paid' }, final: true },
      refused: { title: { zh: '不予报销', en: 'Refused' }, final: true },
      not_accepted: { title: { zh: '不予受理', en: 'Not accepted' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
      cancelled: { title: { zh: '已撤案', en: 'Cancelled' }, final: true },
    },
    steps: {
      ...claimOpeningSteps(tools),
      ...completionSteps<ClaimState, ClaimStatus>({
        from: ['submitted'],
        waiting: 'awaiting_completion',
        by: 'accept',
      }),
      ...claimHandlingSteps(tools),
      ...superiorStep<ClaimState, ClaimStatus>({
        waiting: 'awaiting_superior',
        approved: 'accepted',
        returned: 'submitted',
        by: 'approve',
        notSameUserAs: ['accept'],
      }),
      ...objectionSteps<ClaimState, ClaimStatus>({
        from: ['refused', 'not_accepted'],
        pending: 'under_objection',
        decidedBy: 'approve',
      }),
      ...ratingStep<ClaimState, ClaimStatus>({ from: ['paid', 'refused', 'not_accepted'] }),
    },
    summary: ({ state }) => ({
      institutionName: state.occasion?.institutionName ?? null,
      totalFen: state.amounts?.totalFen ?? null,
      mealFen: state.amounts?.mealFen ?? null,
      admittedOn: state.occasion?.admittedOn ?? null,
      dischargedOn: state.occasion?.dischargedOn ?? null,
      stayNumber: state.occasion?.stayNumber ?? null,
      notDirectBecause: state.occasion?.notDirectBecause ?? null,
    }),
  })
}
