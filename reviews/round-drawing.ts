import { z } from 'zod'
import { must, Refusal, randomOrder, schemaId, seededRandom, type Work } from '../ground/door.ts'
import { opinion } from './application-state.ts'
import { entriesOf } from './entries.ts'
import { type Conflict, type Expert, expertsOf, findConflicts } from './experts.ts'
import type { Review } from './review.ts'
import { groupDraw, type RoundFile, type RoundTerms, roundStep } from './round-state.ts'
import { endSeat, seatExpert, seatsOf } from './seats.ts'

const withExpert = z.strictObject({ group: z.string(), expertId: schemaId, reason: opinion })

/** The committee of each group: drawn from a seed that is kept, so that anybody can draw again and compare; who leaves is followed by the next. */
export function drawingSteps(review: Review) {
  const draw = roundStep({
    title: { zh: '抽取评审专家', en: 'Draw the committees' },
    from: ['closed'],
    by: ['review'],
    body: z.strictObject({}),
    record: z.strictObject({ draws: z.array(groupDraw) }),
    to: 'scoring',
    async take({ work, file }) {
      const experts = (await expertsOf(work, { service: review.service, agency: file.agency })).filter(
        ({ from, endedOn }) => endedOn === null && from <= work.today,
      )
      const entries = await entriesOf(work, file.id)
      const everybody = entries.map(({ personId }) => personId)
      const draws: z.infer<typeof groupDraw>[] = []
      for (const group of review.groups.filter((each) => file.state.entries[each] !== undefined)) {
        const able = experts.filter(({ groups }) => groups.includes(group))
        const applicants = entries.filter((entry) => entry.group === group).map(({ personId }) => personId)
        const conflicts = await findConflicts(work, able, { applicants, everybody, on: work.today })
        const seed = Buffer.from(work.node.random.bytes(16)).toString('hex')
        const drawn = drawGroup(able, conflicts, {
          group,
          seed,
          terms: must(file.state.terms[group], `terms of ${group}`),
        })
        draws.push(drawn)
        await seatAll(work, file, drawn, experts)
      }
      const seated = new Set(draws.flatMap((drawn) => drawn.seated))
      return {
        record: { draws },
        notices: experts
          .filter(({ expertId }) => seated.has(expertId))
          .map(({ personId }) => ({ personId, code: 'notice.review_seated', params: { name: file.state.name } })),
      }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const replaceReviewer = roundStep({
    title: { zh: '专家回避或更换', en: 'Replace a reviewer' },
    from: ['scoring'],
    by: ['review'],
    body: withExpert,
    record: withExpert.extend({ nextId: schemaId }),
    to: 'stay',
    async take({ work, file, body }) {
      const { group, expertId, reason } = body
      const drawn = file.state.draws.find((each) => each.group === group)
      const seat = (await seatsOf(work, { roundId: file.id })).find(
        (each) => each.group === group && each.expertId === expertId,
      )
      if (!drawn || !seat) throw new Refusal('review_not_seated')
      const nextId = drawn.order[drawn.seated.length]
      if (nextId === undefined) {
        throw new Refusal('review_experts_too_few', {
          params: { group, needed: drawn.seated.length + 1, found: drawn.order.length },
        })
      }
      await endSeat(work, { seatId: seat.seatId, reason })
      const experts = await expertsOf(work, { service: review.service, agency: file.agency })
      await seatAll(work, file, { group, seated: [nextId] }, experts)
      const { personId } = must(
        experts.find((each) => each.expertId === nextId),
        'the next expert',
      )
      return {
        record: { ...body, nextId },
        notices: [{ personId, code: 'notice.review_seated', params: { name: file.state.name } }],
      }
    },
    fold: (state, { body: { group, nextId } }) => ({
      ...state,
      draws: state.draws.map((drawn) =>
        drawn.group === group ? { ...drawn, seated: [...drawn.seated, nextId] } : drawn,
      ),
    }),
  })

  return { draw, replaceReviewer }
}

/**
 * Draws a group's committee: whoever a conflict stands against is left out, the others are shuffled by the seed, the first ones sit. The same
 * experts, conflicts and seed give the same committee. Refusal `review_experts_too_few`.
 */
export function drawGroup(
  experts: readonly Expert[],
  conflicts: ReadonlyMap<string, Conflict>,
  { group, seed, terms: { reviewers } }: { group: string; seed: string; terms: Pick<RoundTerms, 'reviewers'> },
): z.infer<typeof groupDraw> {
  const excluded = [...conflicts].map(([expertId, because]) => ({ expertId, because }))
  const able = experts.map(({ expertId }) => expertId).filter((expertId) => !conflicts.has(expertId))
  const order = randomOrder(seededRandom(seed), able)
  if (order.length < reviewers) {
    throw new Refusal('review_experts_too_few', { params: { group, needed: reviewers, found: order.length } })
  }
  return { group, seed, excluded, order, seated: order.slice(0, reviewers) }
}

async function seatAll(
  work: Work,
  { id: roundId, agency }: RoundFile,
  { group, seated }: { group: string; seated: readonly string[] },
  experts: readonly Expert[],
): Promise<void> {
  for (const expertId of seated) {
    const { personId } = must(
      experts.find((each) => each.expertId === expertId),
      'a drawn expert',
    )
    await seatExpert(work, { roundId, group, expertId, personId, agency })
  }
}
