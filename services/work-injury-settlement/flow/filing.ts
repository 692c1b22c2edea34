import {
  completionSteps,
  defineFlow,
  objectionSteps,
  ratingStep,
  superiorStep,
  withdrawalStep,
} from '../../../cases/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { applicationSteps } from './filing-application.ts'
import { changeSteps } from './filing-changes.ts'
import { dayAfter, type FilingState, type FilingStatus, filingState } from './filing-state.ts'

/** Filing of treatment elsewhere (A1.09-A1.13, A3.02-A3.12), from the application to its end. */
export function filingFlow(tools: ServiceTools) {
  return defineFlow<FilingState>({
    id: 'filing',
    service: 'work-injury-settlement',
    version: 1,
    title: { zh: '工伤异地就医备案', en: 'Filing of work-injury treatment elsewhere' },
    numberPrefix: 'BA',
    state: filingState,
    initial: {
      personId: null,
      form: null,
      applicant: 'self',
      authorityRecorded: false,
      validity: null,
      revision: 0,
      requestedChange: null,
      endReason: null,
    },
    deadlines: { review: { zh: '审核时限', en: 'Time to decide' } },
    statuses: {
      submitted: { title: { zh: '待审核', en: 'To be accepted' }, task: { role: 'accept', deadline: 'review' } },
      awaiting_completion: { title: { zh: '待补正', en: 'To be completed' }, waitsFor: 'applicant' },
      awaiting_superior: {
        title: { zh: '待上级核准', en: 'To be approved above' },
        task: { role: 'approve', deadline: 'review' },
      },
      accepted: {
        title: { zh: '已受理，待复核', en: 'Accepted, to be reviewed' },
        task: { role: 'review', deadline: 'review' },
      },
      not_accepted: { title: { zh: '不予受理', en: 'Not accepted' }, final: true },
      effective: {
        title: { zh: '已生效', en: 'Effective' },
        inForce: true,
        automatic: {
          step: 'expire',
          on: (state) => (state.validity?.validTo ? dayAfter(state.validity.validTo) : null),
        },
      },
      change_requested: { title: { zh: '变更待复核', en: 'Change to be reviewed' }, task: { role: 'review' } },
      extension_requested: { title: { zh: '延期待复核', en: 'Extension to be reviewed' }, task: { role: 'review' } },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
      refused: { title: { zh: '不予通过', en: 'Refused' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
      cancelled: { title: { zh: '已取消', en: 'Cancelled' }, final: true },
      expired: { title: { zh: '已失效', en: 'Expired' }, final: true },
      ended: { title: { zh: '已终止', en: 'Ended' }, final: true },
    },
    steps: {
      ...applicationSteps(tools),
      ...completionSteps<FilingState, FilingStatus>({
        from: ['submitted'],
        waiting: 'awaiting_completion',
        by: 'accept',
        deadline: 'review',
      }),
      ...withdrawalStep<FilingState, FilingStatus>({ from: ['submitted', 'awaiting_completion'], to: 'withdrawn' }),
      ...changeSteps(tools.rulebook),
      ...superiorStep<FilingState, FilingStatus>({
        waiting: 'awaiting_superior',
        approved: 'accepted',
        returned: 'submitted',
        by: 'approve',
        notSameUserAs: ['accept'],
      }),
      ...objectionSteps<FilingState, FilingStatus>({
        from: ['refused', 'not_accepted'],
        pending: 'under_objection',
        decidedBy: 'approve',
        notSameUserAs: ['accept', 'review'],
      }),
      ...ratingStep<FilingState, FilingStatus>({
        from: ['effective', 'refused', 'not_accepted', 'cancelled', 'expired', 'ended'],
      }),
    },
    summary: ({ state }) => ({
      filingClass: state.form?.filingClass ?? null,
      treatmentRegion: state.form?.treatmentRegion ?? null,
      validFrom: state.validity?.validFrom ?? null,
      validTo: state.validity?.validTo ?? null,
    }),
  })
}
