import type { PlainDate } from '../ground/door.ts'
import { type Deadline, type DeadlineRule, deadline } from '../law/door.ts'

/** How long a decision can be objected to: last days in time, each with the law it stands on. */
export type ObjectionTerms = { reconsideration: ObjectionTerm; litigation: ObjectionTerm }

/** One term. `assumed`: counted beyond the published calendar, provisional. */
export type ObjectionTerm = Deadline & { source: string }

type Term = { unit: DeadlineRule['unit']; amount: number; source: string }

/** National law, the same in every region: 60 days and six months from the day the decision is known (domain.md, S). */
const terms = {
  reconsideration: { unit: 'calendar_day', amount: 60, source: '行政复议法 (2023) article 20' },
  litigation: { unit: 'month', amount: 6, source: '行政诉讼法 (2017) article 46' },
} as const satisfies Record<keyof ObjectionTerms, Term>

/** The terms of a decision told on `decidedOn`, which is not counted; a last day that is not worked moves on (行政复议法 88, 行政诉讼法 101). */
export function objectionTerms(decidedOn: PlainDate): ObjectionTerms {
  return { reconsideration: countTerm(terms.reconsideration), litigation: countTerm(terms.litigation) }

  function countTerm({ unit, amount, source }: Term): ObjectionTerm {
    return { ...deadline({ direction: 'after', unit, amount, from: decidedOn, rollsToWorkingDay: true }), source }
  }
}
