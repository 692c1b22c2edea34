import { monthlyPaymentSteps, standingOfMonths } from '../../../benefits/door.ts'
import { type CaseFlow, defineFlow, objectionSteps, ratingStep, withdrawalStep } from '../../../cases/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { monthlyPension } from '../monthly.ts'
import { decidingSteps } from './deciding.ts'
import { monthSteps } from './months.ts'
import {
  benefitKind,
  initialPension,
  nextMonthOn,
  type PensionState,
  type PensionStatus,
  pensionFlowId,
  pensionState,
} from './state.ts'

/** A resident's pension: from the application, or from being found, through its months to its end. */
export function pensionFlow(tools: ServiceTools): CaseFlow<PensionState> {
  const monthly = monthlyPension(tools)
  return defineFlow<PensionState>({
    id: pensionFlowId,
    service: 'resident-pension',
    version: 1,
    title: { zh: '城乡居民养老保险待遇', en: 'Resident pension' },
    numberPrefix: 'JY',
    state: pensionState,
    initial: initialPension,
    takesIn: [
      { matter: benefitKind, step: 'takeIn' },
      { matter: `${benefitKind}_proof`, step: 'takeInProof' },
    ],
    deadlines: { decide: { zh: '审核时限', en: 'Time to decide' } },
    statuses: {
      submitted: { title: { zh: '待受理', en: 'To be accepted' }, task: { role: 'accept' } },
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
      ...decidingSteps(tools, monthly),
      ...monthSteps(tools, monthly),
      ...monthlyPaymentSteps(monthly),
      ...objectionSteps<PensionState, PensionStatus>({
        from: ['receiving', 'ended', 'refused', 'not_accepted'],
        pending: 'under_objection',
        decidedBy: 'approve',
        notSameUserAs: ['approve', 'review'],
        by: ['person'],
        setAsideTo: 'accepted',
      }),
      ...withdrawalStep<PensionState, PensionStatus>({
        from: ['submitted', 'accepted'],
        to: 'withdrawn',
        by: ['person'],
        isTooLate: ({ months }) => months.length > 0,
      }),
      ...ratingStep<PensionState, PensionStatus>({ from: ['ended', 'refused', 'not_accepted'] }),
    },
    summary: ({ state: { broughtBy, found, months, owedFen } }) => ({
      broughtBy,
      outcome: found?.outcome ?? null,
      accountMonthFen: found?.accountMonthFen ?? null,
      monthsPaid: months.filter(({ orders }) => orders.length > 0).length,
      heldFor: months.at(-1)?.heldFor ?? null,
      amountFen: standingOfMonths(months),
      owedFen,
    }),
  })
}
