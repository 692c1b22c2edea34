import { z } from 'zod'
import { type CaseEvent, type CaseFlow, type StandingState, stepsOf } from '../../cases/door.ts'
import { actorUserId, must, Refusal } from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'

const step = stepsOf<StandingState, string>()

const vote = z.strictObject({
  vote: z.enum(['favour', 'against', 'abstain']),
  reason: z.string().trim().min(1).max(1000),
})

/** The votes of a case by what they say, and how many there are. */
export function votesOf(history: readonly CaseEvent[]) {
  const votes = history.filter(({ kind }) => kind === 'vote').map(({ body }) => vote.parse(body).vote)
  const countOf = (one: z.infer<typeof vote>['vote']) => votes.filter((each) => each === one).length
  return { favour: countOf('favour'), against: countOf('against'), abstained: countOf('abstain'), count: votes.length }
}

/**
 * M6.02: people decide one case (一事一议). Each member of the panel votes once, with a reason that the log keeps; then the chair states what the
 * votes say. Refusals `panel_voted`, `panel_votes_missing`, `panel_result_differs`.
 */
export function panelSteps({ rulebook }: ServiceTools, flow: CaseFlow<StandingState>) {
  const determineAlone = must(flow.steps.determine, 'the step by which people decide')
  const voting = step({
    title: { zh: '评议投票', en: 'Vote of a panel member' },
    from: ['referred'],
    by: ['approve', 'supervisor', 'review'],
    notSameUserAs: ['apply', 'accept', 'decide'],
    body: vote,
    record: vote,
    to: 'stay',
    async take({ work, body, history }) {
      const userId = actorUserId(work.actor)
      if (history.some(({ kind, actor }) => kind === 'vote' && actorUserId(actor) === userId)) {
        throw new Refusal('panel_voted', { clause: 'M6.02' })
      }
      return { record: body }
    },
  })
  const determine: CaseFlow<StandingState>['steps'][string] = {
    ...determineAlone,
    async take(context) {
      const { work, file, effectiveOn, history, body } = context
      const { favour, against, abstained, count } = votesOf(history)
      const { decision } = await rulebook.decide(work, {
        policy: 'talent-panel',
        on: effectiveOn,
        insuredRegion: file.agency,
        facts: { favour, against, abstained },
      })
      if (decision.reason === 'votes_missing') {
        throw new Refusal('panel_votes_missing', { clause: decision.because, params: { count } })
      }
      const { outcome } = z.object({ outcome: z.string() }).parse(body)
      if (outcome !== decision.outcome) {
        throw new Refusal('panel_result_differs', { clause: decision.because, params: { favour, against } })
      }
      const result = await determineAlone.take(context)
      return { ...result, decision: { ...result.decision, votes: { favour, against, abstained } } }
    },
  }
  return { vote: voting, determine }
}
