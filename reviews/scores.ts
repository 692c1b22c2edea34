import { z } from 'zod'
import { BadInput, type Id, type PlainDate, Refusal, takeTurns, type Work } from '../ground/door.ts'
import { type Entry, entriesOf } from './entries.ts'
import type { Review, ReviewTools } from './review.ts'
import { getOwnSeat, seatsOf } from './seats.ts'
import { asNode, reviewsTables } from './tables.ts'

/** What a reviewer gave an entry last. */
export type Score = { entryId: Id; seatId: Id; scores: Record<string, number>; points: number; comment: string }

const scoresSchema = z.record(z.string(), z.int().min(0).max(100))

/** What giving a score takes: every indicator of the review, 0 to 100, and words for the file. */
export const schemaNewScore = z.strictObject({ scores: scoresSchema, comment: z.string().trim().min(1).max(1000) })

/**
 * A reviewer scores an entry of their group, by the weights of the day on which the round closed. Given again, the later one counts. Refusals `review_not_seated`, `review_scores_opened`;
 * `BadInput` where the indicators are others.
 */
export async function giveScore(
  work: Work,
  { rulebook }: ReviewTools,
  review: Review,
  {
    entry,
    round: { agency, closesOn },
    scores,
    comment,
  }: z.infer<typeof schemaNewScore> & { entry: Entry; round: { agency: string; closesOn: PlainDate } },
): Promise<{ points: number }> {
  const { seatId, personId } = await getOwnSeat(work, entry)
  const asked = [...review.indicators].toSorted().join(', ')
  const given = Object.keys(scores).toSorted().join(', ')
  if (asked !== given) throw new BadInput([{ path: 'scores', expected: asked, found: given }])
  await takeTurns(work, `review:${entry.roundId}`)
  return asNode(work, async (node) => {
    if (await isOpened(node, entry.roundId)) throw new Refusal('review_scores_opened')
    const known = Object.fromEntries(review.pointsFacts.map((name) => [name, entry.material[name]]))
    const { decision } = await rulebook.decide(node, {
      policy: review.rules.points,
      // Everybody in a round is weighed alike, whatever changes while it is scored.
      on: closesOn,
      insuredRegion: agency,
      facts: { ...known, ...scores },
    })
    if (decision.outcome !== 'granted') throw new Refusal(decision.reason ?? 'refused', { clause: decision.because })
    const points = z.int().parse(decision.results.points?.value)
    const revision = await nextRevision(node, entry.entryId, seatId)
    await reviewsTables(node)
      .insertInto('reviews.score')
      .values({
        entry_id: entry.entryId,
        seat_id: seatId,
        revision,
        person_id: personId,
        scores: JSON.stringify(scores),
        points,
        comment,
        given_at: node.now,
      })
      .execute()
    return { points }
  })
}

async function nextRevision(work: Work, entryId: Id, seatId: Id): Promise<number> {
  const { last } = await reviewsTables(work)
    .selectFrom('reviews.score')
    .select(({ fn }) => fn.max('revision').as('last'))
    .where('entry_id', '=', entryId)
    .where('seat_id', '=', seatId)
    .executeTakeFirstOrThrow()
  return Number(last ?? 0) + 1
}

/** The last score of each seat for these entries, as far as whoever asks may see them: a reviewer their own, the node all. */
export async function latestScores(work: Work, entryIds: readonly Id[]): Promise<Score[]> {
  if (entryIds.length === 0) return []
  const rows = await reviewsTables(work)
    .selectFrom('reviews.score')
    .selectAll()
    .distinctOn(['entry_id', 'seat_id'])
    .where('entry_id', 'in', [...entryIds])
    .orderBy('entry_id')
    .orderBy('seat_id')
    .orderBy('revision', 'desc')
    .execute()
  return rows.map(({ entry_id, seat_id, scores, points, comment }) => ({
    entryId: entry_id,
    seatId: seat_id,
    scores: scoresSchema.parse(scores),
    points,
    comment,
  }))
}

/** How many scores each group still waits for; a group that waits for none is left out. Tells no score. */
export async function missingScores(work: Work, roundId: Id): Promise<Record<string, number>> {
  const { groups } = await sheetsOf(work, roundId)
  const missing = groups.map(({ group, sheets, seats }): [string, number] => [
    group,
    sheets.reduce((sum, { points }) => sum + seats - points.length, 0),
  ])
  return Object.fromEntries(missing.filter(([, count]) => count > 0))
}

/** Opens all scores of a round at once; none is given from here on. Refusal `review_scores_missing`. */
export async function openScores(work: Work, roundId: Id) {
  await takeTurns(work, `review:${roundId}`)
  const missing = await missingScores(work, roundId)
  const count = Object.values(missing).reduce((sum, each) => sum + each, 0)
  if (count > 0) throw new Refusal('review_scores_missing', { params: { count } })
  return asNode(work, async (node) => {
    await reviewsTables(node).insertInto('reviews.seal').values({ round_id: roundId, opened_at: node.now }).execute()
    return sheetsOf(node, roundId)
  })
}

async function isOpened(work: Work, roundId: Id): Promise<boolean> {
  const row = await reviewsTables(work)
    .selectFrom('reviews.seal')
    .select('round_id')
    .where('round_id', '=', roundId)
    .executeTakeFirst()
  return row !== undefined
}

/** The entries of a round by group, each with the points that seats in force gave it. */
async function sheetsOf(work: Work, roundId: Id) {
  return asNode(work, async (node) => {
    const [entries, seats] = [await entriesOf(node, roundId), await seatsOf(node, { roundId })]
    const inForce = new Set(seats.map(({ seatId }) => seatId))
    const scores = (
      await latestScores(
        node,
        entries.map(({ entryId }) => entryId),
      )
    ).filter(({ seatId }) => inForce.has(seatId))
    const groups = [...new Set(entries.map(({ group }) => group))].map((group) => ({
      group,
      seats: seats.filter((seat) => seat.group === group).length,
      sheets: entries
        .filter((entry) => entry.group === group)
        .map(({ entryId, code }) => ({
          code,
          points: scores.filter((score) => score.entryId === entryId).map(({ points }) => points),
        })),
    }))
    return { groups }
  })
}
