import type { PlainDate } from '../ground/door.ts'
import { type Deadline, type DeadlineRule, deadline } from '../law/door.ts'
import type { CaseEvent } from './event.ts'

/** How long a decision can be objected to: the last days in time, each with the law it stands on. */
export type ObjectionTerms = { reconsideration: ObjectionTerm; litigation: ObjectionTerm }

/** One term. `assumed`: counted beyond the published calendar, provisional. */
export type ObjectionTerm = Deadline & { source: string }

type Term = { unit: DeadlineRule['unit']; amount: number; source: string }

// National law, the same in every region (domain.md: 60 days and six months, S).
const reconsideration: Term = { unit: 'calendar_day', amount: 60, source: '行政复议法（2023）第二十条' }
const litigation: Term = { unit: 'month', amount: 6, source: '行政诉讼法（2017）第四十六条' }
const litigationAfter: Term = { unit: 'calendar_day', amount: 15, source: '行政诉讼法（2017）第四十五条' }

/** The terms of a decision told on `decidedOn`. */
export function objectionTerms(decidedOn: PlainDate): ObjectionTerms {
  return { reconsideration: countTerm(reconsideration, decidedOn), litigation: countTerm(litigation, decidedOn) }
}

/** How long a court can be asked after a reconsideration decided on `decidedOn` upheld the decision. */
export function litigationAfterReconsideration(decidedOn: PlainDate): ObjectionTerm {
  return countTerm(litigationAfter, decidedOn)
}

/** The day itself is not counted, and a last day that is not worked moves to the next working day (行政诉讼法 101, 民事诉讼法 85). */
function countTerm({ unit, amount, source }: Term, from: PlainDate): ObjectionTerm {
  return { ...deadline({ direction: 'after', unit, amount, from, rollsToWorkingDay: true }), source }
}

/** The newest event that can be objected to: it carries a decision, or did not accept the application. */
export function findObjectable(history: readonly CaseEvent[]): CaseEvent | undefined {
  return history.findLast(({ decision, receipt }) => decision !== null || receipt?.kind === 'not_accepted')
}
