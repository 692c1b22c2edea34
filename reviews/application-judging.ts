import { z } from 'zod'
import { must, Refusal, schemaDate, schemaId } from '../ground/door.ts'
import { givenTitle, noticeTo, opinion, type ReviewedFile, roundResult, step, votes } from './application-state.ts'
import { publicise } from './publicity.ts'
import type { Review, ReviewTools } from './review.ts'
import { termsOfRound } from './round-state.ts'
import { issueTitle } from './title-paper.ts'

const panel = z.strictObject({ outcome: z.enum(['granted', 'not_granted']), reasons: opinion, votes })

/** What a round does to an application (as the node), its publicity, and what follows from it. */
export function judgingSteps(tools: ReviewTools, review: Review) {
  const enter = step({
    title: { zh: '进入评审', en: 'Enter the round' },
    from: ['admitted'],
    by: ['system'],
    body: z.strictObject({ entryId: schemaId }),
    record: z.strictObject({ entryId: schemaId }),
    to: 'in_review',
    take: async ({ body }) => ({ record: body }),
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const lapse = step({
    title: { zh: '逾期未补正', en: 'Not completed in time' },
    from: ['awaiting_completion'],
    by: ['system'],
    body: z.strictObject({}),
    record: z.strictObject({}),
    to: 'lapsed',
    take: async ({ file }) => ({ record: {}, notices: noticeTo(file, 'notice.review_lapsed') }),
  })

  const tell = step({
    title: { zh: '评审结果', en: 'Result of the round' },
    from: ['in_review'],
    by: ['system'],
    body: z.strictObject({ result: roundResult, publicityDays: z.int().min(1) }),
    record: z.strictObject({ result: roundResult, publicUntilOn: schemaDate.nullable() }),
    to: { passed: 'publicised', not_passed: 'not_granted' },
    async take({ work, file, body: { result, publicityDays } }) {
      if (!result.passed) {
        return {
          outcome: 'not_passed',
          record: { result, publicUntilOn: null },
          decision: { outcome: 'not_granted', ...result },
          notices: noticeTo(file, 'notice.review_not_granted'),
        }
      }
      const untilOn = await publicise(work, review, file, publicityDays)
      return {
        outcome: 'passed',
        record: { result, publicUntilOn: untilOn },
        notices: noticeTo(file, 'notice.review_publicised', { untilOn }),
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const challenge = step({
    title: { zh: '公示异议', en: 'Said against it during publicity' },
    // Also while another is looked into, or one that is made up would keep the others from being said.
    from: ['publicised', 'challenged'],
    by: ['system'],
    body: z.strictObject({ grounds: opinion }),
    record: z.strictObject({ grounds: opinion }),
    to: 'challenged',
    take: async ({ file, body }) => ({ record: body, notices: noticeTo(file, 'notice.review_challenged') }),
    fold: (state, { body }) => ({ ...state, challenges: [...state.challenges, body] }),
  })

  const settleChallenge = step({
    title: { zh: '异议核查结论', en: 'Settle what was said against it' },
    from: ['challenged'],
    by: ['supervisor'],
    notSameUserAs: ['accept', 'check'],
    body: z.strictObject({ outcome: z.enum(['unfounded', 'founded']), reasons: opinion }),
    record: z.strictObject({ outcome: z.enum(['unfounded', 'founded']), reasons: opinion }),
    to: { unfounded: 'publicised', founded: 'not_granted' },
    async take({ file, body }) {
      const { outcome, reasons } = body
      return {
        outcome,
        record: body,
        ...(outcome === 'founded' && { decision: { outcome: 'not_granted', reasons } }),
        notices: noticeTo(file, `notice.review_challenge_${outcome}`),
      }
    },
  })

  const conclude = step({
    title: { zh: '公示期满，授予', en: 'Granted after its publicity' },
    from: ['publicised'],
    by: ['system'],
    body: z.strictObject({}),
    record: z.strictObject({ title: givenTitle }),
    to: 'granted',
    async take({ work, file, effectiveOn }) {
      const untilOn = must(file.state.publicUntilOn, 'end of a publicity')
      if (effectiveOn <= untilOn) throw new Refusal('review_publicity_runs', { params: { untilOn } })
      const title = titleOf(review, file, effectiveOn)
      await issueTitle(work, tools, review, file, { title, occasion: 'granted' })
      return {
        record: { title },
        decision: { outcome: 'granted', ...title },
        notices: noticeTo(file, 'notice.review_granted', { number: title.number }),
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  /** An objection to the experts' result succeeded: a panel of people decides, with votes and reasons, and the public sees it before it holds. */
  const decideAgain = step({
    title: { zh: '重新评议', en: 'Decide again by a panel' },
    from: ['in_review'],
    by: ['approve'],
    notSameUserAs: ['decideObjection', 'check'],
    body: panel,
    record: panel.extend({ publicUntilOn: schemaDate.nullable() }),
    to: { granted: 'publicised', not_granted: 'not_granted' },
    async take({ work, file, body, history }) {
      if (!history.some(({ kind }) => kind === 'decideObjection')) throw new Refusal('review_still_runs')
      const isGranted = body.votes.favour > body.votes.against
      if ((body.outcome === 'granted') !== isGranted) throw new Refusal('review_votes_differ')
      if (!isGranted) {
        return {
          outcome: 'not_granted',
          record: { ...body, publicUntilOn: null },
          decision: body,
          notices: noticeTo(file, 'notice.review_not_granted'),
        }
      }
      const { publicityDays } = await termsOfRound(work, tools, file.state)
      const untilOn = await publicise(work, review, file, publicityDays)
      return {
        outcome: 'granted',
        record: { ...body, publicUntilOn: untilOn },
        notices: noticeTo(file, 'notice.review_publicised', { untilOn }),
      }
    },
    fold: (state, { body: { publicUntilOn } }) => ({ ...state, publicUntilOn }),
  })

  return { enter, lapse, tell, challenge, settleChallenge, conclude, decideAgain }
}

/** The title that a case gives: its number is that of the case, which names the province and carries a check digit. */
export function titleOf({ told }: Review, { number, state: { found, facts } }: ReviewedFile, from: string) {
  const { group, results } = must(found, 'what the rule found')
  const known: Record<string, unknown> = { ...facts, ...results }
  return givenTitle.parse({
    number,
    from,
    group: must(group, 'a group'),
    told: Object.fromEntries(told.map((name) => [name, known[name]])),
  })
}
