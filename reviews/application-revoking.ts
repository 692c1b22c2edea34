import { z } from 'zod'
import { must } from '../ground/door.ts'
import { givenTitle, noticeTo, opinion, step } from './application-state.ts'
import type { Review, ReviewTools } from './review.ts'
import { hasStandingTitle, issueTitle, withdrawTitle } from './title-paper.ts'

/** A title that was got by fraud, or against medical or professional ethics: first the holder is heard, then another officer decides. */
export function revokingSteps(tools: ReviewTools, review: Review) {
  const doubt = step({
    title: { zh: '拟撤销职称', en: 'Propose to withdraw the title' },
    from: ['granted'],
    by: ['review', 'supervisor'],
    body: z.strictObject({ reasons: opinion }),
    record: z.strictObject({ reasons: opinion }),
    to: 'doubted',
    take: async ({ file, body }) => ({
      record: body,
      notices: noticeTo(file, 'notice.review_doubted', { reasons: body.reasons }),
    }),
  })

  const answerDoubt = step({
    title: { zh: '陈述申辩', en: 'Answer the proposal' },
    from: ['doubted'],
    by: ['person'],
    body: z.strictObject({ statement: opinion }),
    record: z.strictObject({ statement: opinion }),
    to: 'stay',
    take: async ({ body }) => ({ record: body }),
  })

  const settleDoubt = step({
    title: { zh: '撤销或保留', en: 'Withdraw or keep the title' },
    from: ['doubted'],
    by: ['approve'],
    notSameUserAs: ['doubt'],
    body: z.strictObject({ outcome: z.enum(['revoked', 'kept']), reasons: opinion }),
    record: z.strictObject({ outcome: z.enum(['revoked', 'kept']), reasons: opinion, title: givenTitle }),
    to: { revoked: 'revoked', kept: 'granted' },
    async take({ work, file, body }) {
      const title = must(file.state.title, 'the title of a case')
      const stands = await hasStandingTitle(work, file)
      if (body.outcome === 'revoked' && stands) await withdrawTitle(work, file, body.reasons)
      // A withdrawal that was set aside and is not repeated: the holder has a certificate again.
      if (body.outcome === 'kept' && !stands) {
        await issueTitle(work, tools, review, file, { title, occasion: `kept:${file.seq}` })
      }
      return {
        outcome: body.outcome,
        record: { ...body, title },
        ...(body.outcome === 'revoked' && { decision: { ...body, number: title.number } }),
        notices: noticeTo(file, `notice.review_title_${body.outcome}`, { number: title.number }),
      }
    },
  })

  return { doubt, answerDoubt, settleDoubt }
}
