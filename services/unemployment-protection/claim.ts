import { monthlyPaymentSteps, standingOfMonths } from '../../benefits/door.ts'
import {
  type CaseFlow,
  completionSteps,
  defineFlow,
  objectionSteps,
  ratingStep,
  withdrawalStep,
} from '../../cases/door.ts'
import type { ServiceTools } from '../contract.ts'
import { decidingSteps } from './claim-deciding.ts'
import { claimFlowId } from './claim-facts.ts'
import { monthSteps } from './claim-months.ts'
import { recalculatingSteps } from './claim-recalculating.ts'
import { type ClaimState, type ClaimStatus, claimState, initialClaim, nextMonthOn } from './claim-state.ts'
import { monthlyClaim } from './monthly.ts'

/** A claim for unemployment benefit: from the registration as unemployed through its months to its end. */
export function claimFlow(tools: ServiceTools): CaseFlow<ClaimState> {
  const monthly = monthlyClaim(tools)
  return defineFlow<ClaimState>({
    id: claimFlowId,
    service: 'unemployment-protection',
    version: 1,
    title: { zh: '申领失业保险金', en: 'Claim for unemployment benefit' },
    numberPrefix: 'SY',
    state: claimState,
    initial: initialClaim,
    deadlines: { decide: { zh: '审核时限', en: 'Time to decide' } },
    statuses: {
      submitted: { title: { zh: '待受理', en: 'To be accepted' }, task: { role: 'accept' } },
      awaiting_completion: { title: { zh: '待补正', en: 'To be completed' }, waitsFor: 'applicant' },
      accepted: { title: { zh: '待复核', en: 'To be reviewed' }, task: { role: 'review', deadline: 'decide' } },
      reviewed: { title: { zh: '待审批', en: 'To be approved' }, task: { role: 'approve', deadline: 'decide' } },
      receiving: {
        title: { zh: '领取中', en: 'Receiving' },
        waitsFor: 'system',
        automatic: { step: 'payMonth', on: nextMonthOn },
      },
      ended: { title: { zh: '已停发', en: 'Ended' }, final: true },
      refused: { title: { zh: '不予发放', en: 'Refused' }, final: true },
      not_accepted: { title: { zh: '不予受理', en: 'Not accepted' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
    },
    steps: {
      ...completionSteps<ClaimState, ClaimStatus>({
        from: ['submitted'],
        waiting: 'awaiting_completion',
        by: 'accept',
        completedBy: ['person'],
      }),
      ...decidingSteps(tools, monthly),
      ...monthSteps(monthly),
      ...monthlyPaymentSteps(monthly),
      ...recalculatingSteps(tools, monthly),
      ...objectionSteps<ClaimState, ClaimStatus>({
        from: ['receiving', 'ended', 'refused', 'not_accepted'],
        pending: 'under_objection',
        decidedBy: 'approve',
        notSameUserAs: ['approve', 'review'],
        by: ['person'],
        setAsideTo: 'accepted',
      }),
      ...withdrawalStep<ClaimState, ClaimStatus>({
        from: ['submitted', 'awaiting_completion', 'accepted'],
        to: 'withdrawn',
        by: ['person'],
        isTooLate: ({ months }) => months.length > 0,
      }),
      ...ratingStep<ClaimState, ClaimStatus>({ from: ['ended', 'refused', 'not_accepted'] }),
    },
    summary: ({ state }) => ({
      registeredOn: state.registeredOn,
      outcome: state.found?.outcome ?? null,
      months: state.found?.months ?? state.expected?.months ?? null,
      monthFen: state.found?.monthFen ?? state.expected?.monthFen ?? null,
      monthsPaid: state.months.length,
      amountFen: standingOfMonths(state.months),
      owedFen: state.owedFen,
    }),
  })
}
