import { type CaseFlow, completionSteps, defineFlow, objectionSteps, withdrawalStep } from '../cases/door.ts'
import { addDays } from '../ground/door.ts'
import { enteringSteps } from './application-entering.ts'
import { judgingSteps } from './application-judging.ts'
import { revokingSteps } from './application-revoking.ts'
import { initialReviewed, type ReviewedState, type ReviewedStatus, reviewedState } from './application-state.ts'
import type { Review, ReviewTools } from './review.ts'

/** An application: accepted, checked by the rule, judged in its round, shown to the public, granted; and what can be said against each. */
export function applicationFlow(tools: ReviewTools, review: Review): CaseFlow<ReviewedState> {
  const { id, service, version, title, numberPrefix } = review
  return defineFlow<ReviewedState>({
    id,
    service,
    version,
    title,
    numberPrefix,
    state: reviewedState,
    initial: initialReviewed,
    deadlines: { check: { zh: '资格审查期限', en: 'Time for the check' } },
    statuses: {
      submitted: { title: { zh: '待受理', en: 'To be accepted' }, task: { role: 'accept', deadline: 'check' } },
      awaiting_completion: { title: { zh: '待补正', en: 'To be completed' }, waitsFor: 'applicant' },
      accepted: { title: { zh: '待资格审查', en: 'To be checked' }, task: { role: 'review', deadline: 'check' } },
      admitted: { title: { zh: '资格审查通过，待评审', en: 'Checked, waiting for its round' }, waitsFor: 'round' },
      in_review: { title: { zh: '评审中', en: 'Under review' }, waitsFor: 'round' },
      publicised: {
        title: { zh: '公示中', en: 'Before the public' },
        waitsFor: 'public',
        automatic: {
          step: 'conclude',
          on: ({ publicUntilOn }) => publicUntilOn && addDays(publicUntilOn, 1),
        },
      },
      challenged: { title: { zh: '公示异议核查中', en: 'Challenged in public' }, task: { role: 'supervisor' } },
      granted: { title: { zh: '已授予', en: 'Granted' }, final: true },
      doubted: { title: { zh: '拟撤销', en: 'Withdrawal proposed' }, task: { role: 'approve' } },
      not_accepted: { title: { zh: '不予受理', en: 'Not accepted' }, final: true },
      refused: { title: { zh: '不符合申报条件', en: 'May not apply' }, final: true },
      not_granted: { title: { zh: '未通过', en: 'Not granted' }, final: true },
      lapsed: { title: { zh: '逾期未补正', en: 'Not completed in time' }, final: true },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
      revoked: { title: { zh: '已撤销', en: 'Title withdrawn' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Under reconsideration' }, task: { role: 'approve' } },
    },
    steps: {
      ...completionSteps<ReviewedState, ReviewedStatus>({
        from: ['submitted'],
        waiting: 'awaiting_completion',
        by: 'accept',
        deadline: 'check',
      }),
      ...enteringSteps(tools, review),
      ...judgingSteps(tools, review),
      ...revokingSteps(tools, review),
      ...objectionSteps<ReviewedState, ReviewedStatus>({
        from: ['not_accepted', 'refused', 'not_granted', 'revoked'],
        pending: 'under_objection',
        decidedBy: 'approve',
        notSameUserAs: ['check', 'settleDoubt', 'decideAgain'],
        by: ['person'],
      }),
      ...withdrawalStep<ReviewedState, ReviewedStatus>({
        from: ['submitted', 'awaiting_completion', 'accepted', 'admitted'],
        to: 'withdrawn',
        by: ['person'],
      }),
    },
    summary: ({ number, state: { roundId, expected, found, result, title: given } }) => ({
      roundId,
      group: found?.group ?? expected?.group ?? null,
      outcome: found?.outcome ?? expected?.outcome ?? null,
      passed: result?.passed ?? null,
      titleNumber: given ? number : null,
    }),
  })
}
