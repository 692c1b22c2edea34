import { z } from 'zod'
import { type CaseFile, stepsOf } from '../cases/door.ts'
import { must, schemaDate, schemaId, type Work } from '../ground/door.ts'
import { type ReviewedState, votes } from './application-state.ts'
import type { Review, ReviewTools } from './review.ts'
import { asNode } from './tables.ts'

/**
 * The terms of a group, as the policy `round` says them: how many reviewers, the ratio of those who pass, the fewest points (0 to 10,000 on
 * average), and the working days of the publicity and of the check of an application.
 */
export const roundTerms = z.object({
  reviewers: z.int().min(1).max(99),
  passRatePpm: z.int().min(0).max(1_000_000),
  pointsMin: z.int().min(0).max(10_000),
  publicityDays: z.int().min(1),
  checkDays: z.int().min(1),
})

/** See `roundTerms`. */
export type RoundTerms = z.infer<typeof roundTerms>

const leftOut = z.strictObject({
  expertId: schemaId,
  because: z.enum(['applies', 'same_employer', 'declared', 'left']),
})

/**
 * A draw of reviewers for a group: from `seed` and the ids of the experts in their order anybody can make it again. A group has another draw
 * where its order did not reach for everybody who had to be replaced.
 */
export const groupDraw = z.strictObject({
  group: z.string(),
  seed: z.string(),
  excluded: z.array(leftOut),
  /** All who could be drawn, in the order drawn; the first ones sit. */
  order: z.array(schemaId),
  /** Who sits. */
  seated: z.array(schemaId),
})

/** Who takes a seat that becomes free, who was passed over before them and why, and the draw that they come from where the order was at its end. */
export const replacement = z.strictObject({
  nextId: schemaId,
  passedOver: z.array(leftOut),
  drawnAgain: groupDraw.nullable(),
})

/** A group's list. */
export const groupRanking = z.strictObject({
  group: z.string(),
  places: z.int(),
  placesLeft: z.int(),
  lines: z.array(
    z.strictObject({
      code: z.string(),
      points: z.array(z.int()),
      sum: z.int(),
      standing: z.enum(['passed', 'tied', 'not_passed', 'below_minimum']),
    }),
  ),
})

/** Whom people chose among equals, and why. */
export const tieChoice = z.strictObject({
  group: z.string(),
  passing: z.array(z.string()).min(1),
  reasons: z.string().trim().min(1).max(1000),
  votes,
})

/** Parses the state of a round. */
export const roundState = z.strictObject({
  name: z.string(),
  closesOn: schemaDate,
  checkDays: z.int(),
  terms: z.record(z.string(), roundTerms),
  /** How many entries each group has, once closed. */
  entries: z.record(z.string(), z.int()),
  draws: z.array(groupDraw),
  rankings: z.array(groupRanking),
  ties: z.array(tieChoice),
})

/** The state of a round. */
export type RoundState = z.infer<typeof roundState>

/** The statuses of a round. */
export type RoundStatus = 'open' | 'closed' | 'scoring' | 'tied' | 'ranked' | 'publicised' | 'empty'

/** A case of a round. */
export type RoundFile = CaseFile<RoundState>

/** Before it is announced. */
export const initialRound: RoundState = {
  name: '',
  closesOn: '1900-01-01',
  checkDays: 1,
  terms: {},
  entries: {},
  draws: [],
  rankings: [],
  ties: [],
}

/** Makes a step of a round's flow. */
export const roundStep = stepsOf<RoundState, RoundStatus>()

/** The terms of a group on a day, by the policy `round`. */
export async function termsOf(
  work: Work,
  { rulebook }: ReviewTools,
  { rules }: Review,
  { group, agency, on }: { group: string; agency: string; on: string },
): Promise<RoundTerms> {
  const { decision } = await rulebook.decide(work, {
    policy: rules.round,
    on,
    insuredRegion: agency,
    facts: { group },
  })
  return roundTerms.parse(
    Object.fromEntries(Object.entries(decision.results).map(([name, { value }]) => [name, value])),
  )
}

/** The terms under which an application is judged: those of its group in its round. */
export async function termsOfRound(work: Work, { cases }: ReviewTools, state: ReviewedState): Promise<RoundTerms> {
  const { file } = await asNode(work, (node) => cases().get(node, must(state.roundId, 'the round of an application')))
  const group = must(state.found?.group, 'the group of an application')
  return must(roundState.parse(file.state).terms[group], `terms of ${group}`)
}
