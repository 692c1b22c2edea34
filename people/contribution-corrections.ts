import { z } from 'zod'
import type { Id, Instant, Work } from '../ground/door.ts'
import { logRead } from './access-log.ts'
import type { EmployerMonth } from './employer-contributions.ts'
import { type Month, readMonth } from './month.ts'
import type { PersonMonth } from './person-contributions.ts'
import { type Insurance, peopleTables } from './tables.ts'

/** What a month said until another report of it came, at `correctedAt`. */
export type Correction<Said> = { insurance: Insurance; month: Month; before: Said; correctedAt: Instant }

const employerSaid = z
  .object({
    headcount: z.int(),
    due_fen: z.int(),
    paid_fen: z.int(),
    paid_on: z.string().nullable(),
  })
  .transform((row) => ({ headcount: row.headcount, dueFen: row.due_fen, paidFen: row.paid_fen, paidOn: row.paid_on }))

const personSaid = z
  .object({ base_fen: z.int(), paid_on: z.string().nullable() })
  .transform((row) => ({ baseFen: row.base_fen, paidOn: row.paid_on }))

/** What was corrected in an employer's months, the latest correction first. */
export async function employerCorrections(
  work: Work,
  employerId: Id,
): Promise<Correction<Pick<EmployerMonth, 'headcount' | 'dueFen' | 'paidFen' | 'paidOn'>>[]> {
  const rows = await corrections(work).where('employer_id', '=', employerId).where('person_id', 'is', null).execute()
  return rows.map((row) => ({ ...correctionOf(row), before: employerSaid.parse(row.before) }))
}

/** What was corrected in a person's months, the latest correction first. */
export async function personCorrections(
  work: Work,
  personId: Id,
  purpose: string,
): Promise<Correction<Pick<PersonMonth, 'baseFen' | 'paidOn'>>[]> {
  const rows = await corrections(work).where('person_id', '=', personId).execute()
  await logRead(work, [personId], 'read_contributions', purpose)
  return rows.map((row) => ({ ...correctionOf(row), before: personSaid.parse(row.before) }))
}

function corrections(work: Work) {
  return peopleTables(work).selectFrom('people.contribution_correction').selectAll().orderBy('seq', 'desc')
}

type CorrectionRow = Awaited<ReturnType<ReturnType<typeof corrections>['execute']>>[number]

function correctionOf(row: CorrectionRow) {
  return { insurance: row.insurance, month: readMonth(row.month), correctedAt: row.corrected_at }
}
