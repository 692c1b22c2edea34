import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Club, openClub } from './club.testing.ts'
import { deadlinesOf, noticesOf } from './door.ts'

/** The point at which the next transaction is to crash. */
let crashAt: string | undefined
let club: Club
beforeAll(async () => {
  club = await openClub({
    faults: (point) => {
      if (point !== crashAt) return
      crashAt = undefined
      throw new Error(`crashed at ${point}`)
    },
  })
})
afterAll(() => club.node.close())

it.each([
  'case.review.before-take',
  'club.review.told',
  'case.review.after-take',
  'case.review.after-event',
  'case.review.after-notices',
  'work.before-commit',
  'work.after-commit',
])('a step that crashes at %s is whole or not there, and the same request finishes it', async (point) => {
  const { caseId } = await club.apply()
  await club.take(club.acceptor, caseId, 'accept', { accepted: true })
  const review = () =>
    club.as(club.reviewer, (work) =>
      club.cases.take(work, {
        caseId,
        step: 'review',
        body: { granted: true },
        expectedSeq: 2,
        idempotencyKey: `review-${point}`,
      }),
    )
  const traces = () =>
    club.as(club.reviewer, async (work) => {
      const notices = await noticesOf(work, { personId: club.applicant.personId })
      return {
        events: (await club.cases.history(work, caseId)).length,
        deadline: (await deadlinesOf(work, caseId))[0]?.state,
        notices: notices.filter((notice) => notice.caseId === caseId).length,
      }
    })
  crashAt = point
  await expect(review()).rejects.toThrow(`crashed at ${point}`)
  const whole = { events: 3, deadline: 'met', notices: 1 }
  const absent = { events: 2, deadline: 'running', notices: 0 }
  expect(await traces()).toEqual(point === 'work.after-commit' ? whole : absent)
  expect(await review()).toMatchObject({ seq: 3, status: 'member' })
  expect(await traces()).toEqual(whole)
})
