import type { CaseRow, Cases } from '../../cases/door.ts'
import { businessDate, type PlainDate, type Work } from '../../ground/door.ts'
import { workingDaysBetween } from '../../law/door.ts'
import { type Matter, matterFlowId, matters } from './matters.ts'

/** How many working days matters took, and by how many that is fewer than before (B3.08, B3-t5). Tenths of a day; null without any that is done. */
export type Shortening = {
  matter: Matter
  accepted: number
  done: number
  averageTenths: number | null
  baselineDays: number
  shortenedTenths: number | null
}

/** One matter as figures see it. */
export type Accepted = {
  matter: Matter
  counter: string
  openedOn: PlainDate
  closedOn: PlainDate | null
  isDone: boolean
}

/** The average of the matters that are done, against the baseline in working days; a half tenth is rounded up. */
export function shorteningOf(matter: Matter, cases: readonly Accepted[], baselineDays: number): Shortening {
  const own = cases.filter((each) => each.matter === matter)
  const days = own.flatMap(({ openedOn, closedOn, isDone }) =>
    isDone && closedOn !== null ? [workingDaysBetween(openedOn, closedOn).days] : [],
  )
  const averageTenths =
    days.length === 0 ? null : Math.round((days.reduce((sum, each) => sum + each, 0) * 10) / days.length)
  return {
    ...{ matter, accepted: own.length, done: days.length, averageTenths, baselineDays },
    shortenedTenths: averageTenths === null ? null : baselineDays * 10 - averageTenths,
  }
}

/** How many each counter accepted, by matter; the busiest first. */
export function byCounter(
  cases: readonly Accepted[],
): Array<{ counter: string; accepted: number; byMatter: Record<string, number> }> {
  const counters = new Map<string, Record<string, number>>()
  for (const { counter, matter } of cases) {
    const counts = counters.get(counter) ?? {}
    counts[matter] = (counts[matter] ?? 0) + 1
    counters.set(counter, counts)
  }
  return [...counters]
    .map(([counter, byMatter]) => ({
      ...{ counter, byMatter },
      accepted: Object.values(byMatter).reduce((sum, count) => sum + count, 0),
    }))
    .toSorted((one, other) => other.accepted - one.accepted || (one.counter < other.counter ? -1 : 1))
}

const pageRows = 500

/** The matters accepted from one day to another that the reader sees, both days inclusive. */
export async function acceptedBetween(work: Work, cases: Cases, from: PlainDate, to: PlainDate): Promise<Accepted[]> {
  const accepted: Accepted[] = []
  for (let after: string | undefined; ; ) {
    const rows = await cases.find(work, { flow: matterFlowId, limit: pageRows, ...(after !== undefined && { after }) })
    for (const row of rows) {
      const read = acceptedOf(row)
      if (read && read.openedOn >= from && read.openedOn <= to) accepted.push(read)
    }
    after = rows.at(-1)?.caseId
    if (rows.length < pageRows) return accepted
  }
}

function acceptedOf({ summary, openedAt, closedAt, status }: CaseRow): Accepted | undefined {
  const matter = matters.find((known) => known === summary.matter)
  if (matter === undefined) return undefined
  return {
    ...{ matter, counter: String(summary.counter), openedOn: businessDate(openedAt) },
    closedOn: closedAt === null ? null : businessDate(closedAt),
    isDone: status === 'done',
  }
}
