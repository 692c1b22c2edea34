import { sql } from 'kysely'
import type { CaseRow, Cases } from '../../../cases/door.ts'
import { addDays, asActor, type Id, type PlainDate, systemActor, type Work } from '../../../ground/door.ts'
import type { ClaimOccasion, ClaimStatus } from './claim-state.ts'

/** The statuses in which a meal allowance is granted, or on its way to be paid. */
const decided: readonly ClaimStatus[] = ['reviewed', 'approved', 'paid']

/** What the days of a stay are asked for: a claim, and the stay it is about. */
type ClaimedStay = { caseId: Id } & Pick<ClaimOccasion, 'personId' | 'admittedOn' | 'dischargedOn'>

/**
 * For how many days of a stay the person's other claims have been granted a meal allowance already, whoever opened them and wherever: a day is
 * paid once. The day of discharge is not a day of the stay.
 */
export async function daysClaimedBefore(work: Work, cases: Cases, stay: ClaimedStay): Promise<number> {
  const { caseId, personId, admittedOn, dischargedOn } = stay
  if (dischargedOn === null) return 0
  const claims = await asActor(work, systemActor, (system) =>
    cases.find(system, { flow: 'claim', personId, limit: 1_000 }),
  )
  const claimed = claims
    .filter((claim) => claim.caseId !== caseId && decided.some((status) => status === claim.status))
    .flatMap(daysOf)
  return new Set(claimed.filter((day) => admittedOn <= day && day < dischargedOn)).size
}

/** Two claims of one person are decided one after the other, so that the second sees what the first was granted. */
export async function lockClaimsOf(work: Work, personId: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`claims:${personId}`}, 0))`.execute(work.db)
}

/** The days of a claim with a meal allowance; none without. */
function daysOf({ summary }: CaseRow): PlainDate[] {
  const { mealFen, admittedOn, dischargedOn } = summary
  if (!mealFen || typeof admittedOn !== 'string' || typeof dischargedOn !== 'string') return []
  const days: PlainDate[] = []
  for (let day = admittedOn; day < dischargedOn; day = addDays(day, 1)) days.push(day)
  return days
}
