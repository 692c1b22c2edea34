/** What every reviewer gave an entry. */
export type ScoredEntry = { code: string; points: number[] }

/** What became of an entry: it has a place; it was not good enough; its place is another's; or people must say who of equals has the last place. */
export type Standing = 'passed' | 'tied' | 'not_passed' | 'below_minimum'

/** One line of a group's list, the best first. `sum` is the points of all reviewers together, so that nothing is rounded. */
export type RankedEntry = { code: string; points: number[]; sum: number; standing: Standing }

/** A group's list. `placesLeft` is how many of those `tied` can pass. */
export type Ranking = { places: number; placesLeft: number; lines: RankedEntry[] }

/**
 * Ranks a group by the sum of its reviewers' points. It has as many places as the ratio gives of all entries, rounded down so that the ratio is
 * never passed, but at least one: a group of one is not lost by its size. Whoever is below the minimum on average has no place, even where one
 * is left; where equals stand at the last place, they are all `tied`.
 */
export function rankGroup(
  entries: readonly ScoredEntry[],
  { passRatePpm, pointsMin }: { passRatePpm: number; pointsMin: number },
): Ranking {
  if (entries.length === 0) return { places: 0, placesLeft: 0, lines: [] }
  const places = Math.max(1, Math.floor((entries.length * passRatePpm) / 1_000_000))
  const summed = entries
    .map(({ code, points }) => ({ code, points, sum: points.reduce((sum, each) => sum + each, 0) }))
    .toSorted((one, other) => other.sum - one.sum || (one.code < other.code ? -1 : 1))
  const isEnough = ({ points, sum }: (typeof summed)[number]) => sum >= pointsMin * points.length
  const able = summed.filter(isEnough)
  const lastSum = able[places - 1]?.sum ?? Number.NEGATIVE_INFINITY
  const above = able.filter(({ sum }) => sum > lastSum).length
  const atLast = able.filter(({ sum }) => sum === lastSum).length
  const isTied = above + atLast > places
  const standingOf = (entry: (typeof summed)[number]): Standing => {
    if (!isEnough(entry)) return 'below_minimum'
    if (entry.sum < lastSum) return 'not_passed'
    return entry.sum === lastSum && isTied ? 'tied' : 'passed'
  }
  return {
    places,
    placesLeft: isTied ? places - above : 0,
    lines: summed.map((entry) => ({ ...entry, standing: standingOf(entry) })),
  }
}
