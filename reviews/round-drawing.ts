import { z } from 'zod'
import { type Id, must, Refusal, randomOrder, schemaId, seededRandom, type Work } from '../ground/door.ts'
import { opinion } from './application-state.ts'
import { entriesOf } from './entries.ts'
import { type Conflict, type Expert, expertsOf, findConflicts } from './experts.ts'
import type { Review } from './review.ts'
import { groupDraw, type RoundFile, type RoundTerms, replacement, roundStep } from './round-state.ts'
import { endSeat, seatExpert, seatedEver, seatsOf } from './seats.ts'

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
      const draws: z.infer<typeof groupDraw>[] = []
      const seated: Expert[] = []
      for (const group of review.groups.filter((each) => file.state.entries[each] !== undefined)) {
        const { able, conflicts } = await poolOf(work, review, file, group)
        const terms = must(file.state.terms[group], `terms of ${group}`)
        const drawn = drawGroup(able, conflicts, { group, seed: newSeed(work), terms })
        draws.push(drawn)
        for (const expertId of drawn.seated) seated.push(await seat(work, file, { group, expertId, able }))
      }
      return { record: { draws }, notices: noticesTo(seated, file) }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const replaceReviewer = roundStep({
    title: { zh: '专家回避或更换', en: 'Replace a reviewer' },
    from: ['scoring'],
    by: ['review'],
    body: withExpert,
    record: withExpert.extend(replacement.shape),
    to: 'stay',
    async take({ work, file, body }) {
      const { group, expertId, reason } = body
      const drawn = file.state.draws.findLast((each) => each.group === group)
      const held = (await seatsOf(work, { roundId: file.id })).find(
        (each) => each.group === group && each.expertId === expertId,
      )
      if (!drawn || !held) throw new Refusal('review_not_seated')
      const { able, conflicts } = await poolOf(work, review, file, group)
      const had = await seatedEver(work, { roundId: file.id, group })
      const fresh = able.filter((each) => !had.some(({ personId }) => personId === each.personId))
      const inOrder = nextInOrder(
        drawn.order.filter((id) => !had.some((each) => each.expertId === id)),
        fresh,
        conflicts,
      )
      const drawnAgain = inOrder.nextId
        ? null
        : drawGroup(fresh, conflicts, { group, seed: newSeed(work), terms: { reviewers: 1 } })
      const nextId = must(inOrder.nextId ?? drawnAgain?.seated[0], 'the next expert')
      await endSeat(work, { seatId: held.seatId, reason })
      const next = await seat(work, file, { group, expertId: nextId, able })
      return {
        record: { ...body, nextId, passedOver: inOrder.passedOver, drawnAgain },
        notices: noticesTo([next], file),
      }
    },
    fold: (state, { body: { group, expertId, nextId, drawnAgain } }) => {
      const last = state.draws.findLastIndex((each) => each.group === group)
      const draws = state.draws.map((drawn, index) => {
        if (drawn.group !== group) return drawn
        const staying = drawn.seated.filter((id) => id !== expertId)
        return { ...drawn, seated: index === last && !drawnAgain ? [...staying, nextId] : staying }
      })
      return { ...state, draws: drawnAgain ? [...draws, drawnAgain] : draws }
    },
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
  const ids = experts.map(({ expertId }) => expertId)
  const excluded = ids.flatMap((expertId) => {
    const because = conflicts.get(expertId)
    return because ? [{ expertId, because }] : []
  })
  const order = randomOrder(
    seededRandom(seed),
    ids.filter((expertId) => !conflicts.has(expertId)),
  )
  if (order.length < reviewers) {
    throw new Refusal('review_experts_too_few', { params: { group, needed: reviewers, found: order.length } })
  }
  return { group, seed, excluded, order, seated: order.slice(0, reviewers) }
}

/** The first of those who wait in their order and may sit now; passed over is who left since the draw, or against whom something stands by now. */
export function nextInOrder(
  waiting: readonly Id[],
  able: readonly Expert[],
  conflicts: ReadonlyMap<string, Conflict>,
): { nextId: Id | undefined; passedOver: z.infer<typeof groupDraw>['excluded'] } {
  const passedOver: z.infer<typeof groupDraw>['excluded'] = []
  for (const expertId of waiting) {
    const because = able.some((each) => each.expertId === expertId) ? conflicts.get(expertId) : 'left'
    if (!because) return { nextId: expertId, passedOver }
    passedOver.push({ expertId, because })
  }
  return { nextId: undefined, passedOver }
}

/** Reviewers who sit although something stands against them by now: declared, or come about, after the draw. */
export async function conflictedSeats(work: Work, review: Review, file: RoundFile) {
  const found: Array<{ group: string; expertId: Id; because: Conflict }> = []
  const seats = await seatsOf(work, { roundId: file.id })
  for (const group of new Set(seats.map((each) => each.group))) {
    const { conflicts } = await poolOf(work, review, file, group)
    for (const { expertId } of seats.filter((each) => each.group === group)) {
      const because = conflicts.get(expertId)
      if (because) found.push({ group, expertId, because })
    }
  }
  return found
}

/** Who may be drawn for a group today, in order of id; and what stands against whom of all experts, those who left since they were seated too. */
async function poolOf(work: Work, review: Review, { id, agency }: RoundFile, group: string) {
  const experts = await expertsOf(work, { service: review.service, agency })
  const able = experts.filter(
    ({ from, endedOn, groups }) => endedOn === null && from <= work.today && groups.includes(group),
  )
  const entries = await entriesOf(work, id)
  const conflicts = await findConflicts(work, experts, {
    applicants: entries.filter((entry) => entry.group === group).map(({ personId }) => personId),
    everybody: entries.map(({ personId }) => personId),
    on: work.today,
  })
  return { able, conflicts }
}

async function seat(
  work: Work,
  { id: roundId, agency }: RoundFile,
  { group, expertId, able }: { group: string; expertId: Id; able: readonly Expert[] },
): Promise<Expert> {
  const expert = must(
    able.find((each) => each.expertId === expertId),
    'a drawn expert',
  )
  await seatExpert(work, { roundId, group, expertId, personId: expert.personId, agency })
  return expert
}

function noticesTo(experts: readonly Expert[], { state: { name } }: RoundFile) {
  const persons = new Set(experts.map(({ personId }) => personId))
  return [...persons].map((personId) => ({ personId, code: 'notice.review_seated', params: { name } }))
}

function newSeed({ node }: Work): string {
  return Buffer.from(node.random.bytes(16)).toString('hex')
}
