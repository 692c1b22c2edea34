import { type Instant, millisecondsBetween } from '../../ground/door.ts'

/** A stretch of time. */
export type Span = { startsAt: Instant; endsAt: Instant }

/** How long stretches last, in milliseconds; what two of them cover counts once. */
export function coveredMs(spans: readonly Span[]): number {
  return joined(spans).reduce((sum, { startsAt, endsAt }) => sum + millisecondsBetween(startsAt, endsAt), 0)
}

/** For how much of the taught time somebody was there, in milliseconds. Hours entered twice and records that overlap count once. */
export function attendedMs(taught: readonly Span[], present: readonly Span[]): number {
  const there = joined(present)
  return joined(taught).reduce((sum, hours) => {
    const within = there.flatMap(({ startsAt, endsAt }): Span[] => {
      const from = startsAt > hours.startsAt ? startsAt : hours.startsAt
      const to = endsAt < hours.endsAt ? endsAt : hours.endsAt
      return from < to ? [{ startsAt: from, endsAt: to }] : []
    })
    return sum + coveredMs(within)
  }, 0)
}

/** The same time in stretches that do not overlap, the earliest first. */
function joined(spans: readonly Span[]): Span[] {
  const apart: Span[] = []
  for (const { startsAt, endsAt } of spans.toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1))) {
    const last = apart.at(-1)
    if (!last || last.endsAt < startsAt) apart.push({ startsAt, endsAt })
    else if (last.endsAt < endsAt) last.endsAt = endsAt
  }
  return apart
}
