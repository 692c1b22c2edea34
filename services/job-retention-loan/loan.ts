import {
  type CaseFlow,
  completionSteps,
  defineFlow,
  objectionSteps,
  ratingStep,
  withdrawalStep,
} from '../../cases/door.ts'
import type { ServiceTools } from '../contract.ts'
import { decidingSteps } from './loan-deciding.ts'
import { lendingSteps } from './loan-lending.ts'
import { recalculatingSteps } from './loan-recalculating.ts'
import { creditHeldBy, initialLoan, type LoanState, type LoanStatus, loanFlowId, loanState } from './loan-state.ts'

/** An application for the loan: confirmed by the human-resources department, offered and lent by a bank, reported until it is repaid. */
export function loanFlow(tools: ServiceTools): CaseFlow<LoanState> {
  return defineFlow<LoanState>({
    id: loanFlowId,
    service: 'job-retention-loan',
    version: 1,
    title: { zh: '稳岗扩岗专项贷款申请', en: 'Application for the job-retention loan' },
    numberPrefix: 'DK',
    state: loanState,
    initial: initialLoan,
    statuses: {
      submitted: { title: { zh: '待受理', en: 'To be accepted' }, task: { role: 'accept' } },
      awaiting_completion: { title: { zh: '待补正', en: 'To be completed' }, waitsFor: 'applicant' },
      accepted: { title: { zh: '待核定', en: 'To be confirmed' }, task: { role: 'review' } },
      confirmed: {
        title: { zh: '已核定，待银行报价', en: 'Confirmed, waiting for an offer' },
        task: { role: 'bank_officer' },
      },
      offered: { title: { zh: '待借款人答复', en: 'Waiting for the borrower' }, waitsFor: 'applicant' },
      agreed: { title: { zh: '待放款', en: 'To be lent' }, task: { role: 'bank_officer' } },
      lent: { title: { zh: '已放款', en: 'Lent' }, final: true },
      repaid: { title: { zh: '已结清', en: 'Repaid' }, final: true },
      refused: { title: { zh: '不予支持', en: 'Refused' }, final: true },
      not_accepted: { title: { zh: '不予受理', en: 'Not accepted' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
    },
    steps: {
      ...completionSteps<LoanState, LoanStatus>({
        from: ['submitted'],
        waiting: 'awaiting_completion',
        by: 'accept',
      }),
      ...decidingSteps(tools),
      ...lendingSteps(tools),
      ...recalculatingSteps(tools),
      ...objectionSteps<LoanState, LoanStatus>({
        from: ['confirmed', 'refused', 'not_accepted'],
        pending: 'under_objection',
        decidedBy: 'approve',
        notSameUserAs: ['review'],
        setAsideTo: 'accepted',
      }),
      ...withdrawalStep<LoanState, LoanStatus>({
        from: ['submitted', 'awaiting_completion', 'accepted', 'confirmed', 'offered'],
        to: 'withdrawn',
      }),
      ...ratingStep<LoanState, LoanStatus>({ from: ['lent', 'repaid', 'refused', 'not_accepted'] }),
    },
    summary: ({ state, status }) => ({
      appliedOn: state.appliedOn,
      requestedFen: state.answers?.requestedFen ?? null,
      outcome: state.found?.outcome ?? null,
      creditFen: state.found?.creditFen ?? state.expected?.creditFen ?? null,
      creditHeldFen: creditHeldBy(status, state),
      lentFen: state.loan?.lentFen ?? null,
    }),
  })
}
