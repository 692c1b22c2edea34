import {
  type CaseFlow,
  completionSteps,
  defineFlow,
  objectionSteps,
  ratingStep,
  superiorStep,
  withdrawalStep,
} from '../cases/door.ts'
import type { PlainDate } from '../ground/door.ts'
import type { Chart } from '../ledger/door.ts'
import { decidingSteps } from './application-deciding.ts'
import { openingSteps } from './application-opening.ts'
import { payingSteps } from './application-paying.ts'
import {
  type ApplicationState,
  type ApplicationStatus,
  applicationState,
  initialApplication,
  isUnpaid,
} from './application-state.ts'
import type { Benefit, BenefitTools } from './benefit.ts'
import { decideDeadline } from './decide-deadline.ts'
import { recalculatingSteps } from './recalculating.ts'

/** The flow of a benefit's applications: from the first form, or from being found, to the cash and what may come after it. */
export function applicationFlow(tools: BenefitTools, benefit: Benefit, chart: Chart): CaseFlow<ApplicationState> {
  const timed = benefit.decideWithin === undefined ? {} : { deadline: decideDeadline }
  return defineFlow<ApplicationState>({
    id: benefit.id,
    service: benefit.service,
    version: benefit.version,
    title: benefit.title,
    numberPrefix: benefit.numberPrefix,
    state: applicationState,
    initial: initialApplication,
    ...(benefit.decideWithin !== undefined && {
      deadlines: { [decideDeadline]: { zh: '认定时限', en: 'Time to decide' } },
    }),
    statuses: {
      submitted: { title: { zh: '待受理', en: 'To be accepted' }, task: { role: 'accept', ...timed } },
      awaiting_completion: { title: { zh: '待补正', en: 'To be completed' }, waitsFor: 'applicant' },
      awaiting_superior: { title: { zh: '待上级核准', en: 'To be approved above' }, task: { role: 'approve' } },
      accepted: { title: { zh: '待复核', en: 'To be reviewed' }, task: { role: 'review', ...timed } },
      referred: { title: { zh: '待人工认定', en: 'To be decided by people' }, task: { role: 'approve', ...timed } },
      reviewed: { title: { zh: '待审批', en: 'To be approved' }, task: { role: 'approve' } },
      approved: {
        title: { zh: '待支付', en: 'To be paid' },
        task: { role: 'pay' },
        automatic: { step: 'settle', on: settledOn },
      },
      returned: { title: { zh: '退票待更正', en: 'Returned: account to be mended' }, task: { role: 'accept' } },
      paid: { title: { zh: '已支付', en: 'Paid' }, final: true },
      refused: { title: { zh: '不予支付', en: 'Refused' }, final: true },
      not_accepted: { title: { zh: '不予受理', en: 'Not accepted' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
    },
    steps: {
      ...openingSteps(tools, benefit, chart),
      // Pages offer steps in this order: what is usual comes first.
      ...decidingSteps(tools, benefit, chart),
      ...completionSteps<ApplicationState, ApplicationStatus>({
        from: ['submitted'],
        waiting: 'awaiting_completion',
        by: 'accept',
        ...timed,
      }),
      ...superiorStep<ApplicationState, ApplicationStatus>({
        waiting: 'awaiting_superior',
        approved: 'accepted',
        returned: 'submitted',
        by: 'approve',
        notSameUserAs: ['accept'],
      }),
      ...payingSteps(benefit, chart),
      ...recalculatingSteps(tools, benefit, chart),
      ...objectionSteps<ApplicationState, ApplicationStatus>({
        from: ['refused', 'not_accepted', 'approved', 'paid'],
        pending: 'under_objection',
        decidedBy: 'approve',
        notSameUserAs: ['approve', 'determine', 'review'],
        setAsideTo: 'accepted',
      }),
      ...withdrawalStep<ApplicationState, ApplicationStatus>({
        from: ['submitted', 'awaiting_completion', 'accepted'],
        to: 'withdrawn',
        // What was paid would stand with nobody to answer for it, and the occasion would be free for another application.
        isTooLate: ({ orders }) => orders.length > 0,
      }),
      ...ratingStep<ApplicationState, ApplicationStatus>({ from: ['paid', 'refused', 'not_accepted'] }),
    },
    summary: ({ state }) => ({
      occasion: state.occasion,
      appliedOn: state.appliedOn,
      outcome: state.found?.outcome ?? null,
      amountFen: state.found?.amountFen ?? state.expected?.amountFen ?? null,
      owedFen: state.owedFen > 0 ? state.owedFen : null,
      broughtBy: state.broughtBy,
    }),
  })
}

/** Since when an approved case need not wait for the bank: all is paid, or what came back while it stood elsewhere waits for a mended account. */
function settledOn({ orders, paidOn, appliedOn }: ApplicationState): PlainDate | null {
  if (orders.some(({ state }) => state === 'returned')) return appliedOn
  return isUnpaid(orders) ? null : paidOn
}
