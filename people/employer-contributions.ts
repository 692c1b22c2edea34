import { sql } from 'kysely'
import { z } from 'zod'
import {
  type Id,
  type PlainDate,
  parseInput,
  Refusal,
  schemaDate,
  schemaFen,
  schemaId,
  type Work,
} from '../ground/door.ts'
import { guarded } from './constraints.ts'
import { firstDayOf, type Month, readMonth, schemaMonth } from './month.ts'
import { inParts, type RowsRecorded, refuseRepeated } from './record-rows.ts'
import { type Insurance, insurances, peopleTables } from './tables.ts'

/**
 * What an employer owed and paid for a month of one insurance, in fen, and for how many people. `paidOn` is the day on which the last of the
 * money came; null while nothing was paid.
 */
export type EmployerMonth = {
  employerId: Id
  insurance: Insurance
  month: Month
  headcount: number
  dueFen: number
  paidFen: number
  paidOn: PlainDate | null
}

/** See `EmployerMonth`. */
export const schemaEmployerMonth = z
  .strictObject({
    employerId: schemaId,
    insurance: z.enum(insurances),
    month: schemaMonth,
    headcount: z.int().min(0).max(10_000_000),
    dueFen: schemaFen,
    paidFen: schemaFen,
    paidOn: schemaDate.nullable(),
  })
  .refine(({ paidFen, paidOn }) => (paidFen === 0) === (paidOn === null), {
    path: ['paidOn'],
    error: 'a day where something was paid, and null where nothing was',
  })

/**
 * Records months as the collecting authority reports them, all or nothing. A month reported again takes the place of what stood there, which
 * is kept. `BadInput` with every problem of every row; refused: `employer_unknown`, `outside_own_agency`.
 */
export async function recordEmployerContributions(work: Work, input: readonly EmployerMonth[]): Promise<RowsRecorded> {
  const rows = parseInput(z.array(schemaEmployerMonth), input, 'rows')
  refuseRepeated(rows, (row) => `${row.employerId} ${row.insurance} ${row.month}`)
  await requireEmployers(work, [...new Set(rows.map((row) => row.employerId))])
  let written = 0
  for (const part of inParts(rows)) written += await writeMonths(work, part)
  return { written, unchanged: rows.length - written }
}

/** Refuses with `employer_unknown` unless every one of these is registered. */
export async function requireEmployers(work: Work, employerIds: readonly Id[]): Promise<void> {
  const { count } = await peopleTables(work)
    .selectFrom('people.employer')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(sql<boolean>`id = ANY(${employerIds}::uuid[])`)
    .executeTakeFirstOrThrow()
  if (count !== employerIds.length) throw new Refusal('employer_unknown')
}

async function writeMonths(work: Work, rows: readonly EmployerMonth[]): Promise<number> {
  const json = JSON.stringify(rows.map((row) => ({ ...row, month: firstDayOf(row.month) })))
  const { numAffectedRows } = await guarded(
    sql`
      INSERT INTO people.employer_contribution AS kept
        (employer_id, insurance, month, agency, headcount, due_fen, paid_fen, paid_on, recorded_at)
      SELECT employer.id, row.insurance, row.month, employer.agency, row.headcount, row."dueFen", row."paidFen", row."paidOn", ${work.now}
      FROM jsonb_to_recordset(${json}::jsonb) AS row(
        "employerId" uuid, insurance text, month date, headcount integer, "dueFen" bigint, "paidFen" bigint, "paidOn" date)
      JOIN people.employer ON employer.id = row."employerId"
      ON CONFLICT (employer_id, insurance, month) DO UPDATE SET
        headcount = excluded.headcount, due_fen = excluded.due_fen, paid_fen = excluded.paid_fen, paid_on = excluded.paid_on,
        recorded_at = excluded.recorded_at
      WHERE (kept.headcount, kept.due_fen, kept.paid_fen, kept.paid_on)
        IS DISTINCT FROM (excluded.headcount, excluded.due_fen, excluded.paid_fen, excluded.paid_on)`.execute(work.db),
  )
  return Number(numAffectedRows ?? 0n)
}

/** An employer's months of one insurance from one month to another, both inclusive, in order. */
export async function employerContributions(
  work: Work,
  employerId: Id,
  query: { insurance: Insurance; from: Month; to: Month },
): Promise<EmployerMonth[]> {
  const rows = await peopleTables(work)
    .selectFrom('people.employer_contribution')
    .selectAll()
    .where('employer_id', '=', employerId)
    .where('insurance', '=', query.insurance)
    .where('month', '>=', firstDayOf(query.from))
    .where('month', '<=', firstDayOf(query.to))
    .orderBy('month')
    .execute()
  return rows.map((row) => ({
    employerId: row.employer_id,
    insurance: row.insurance,
    month: readMonth(row.month),
    headcount: row.headcount,
    dueFen: row.due_fen,
    paidFen: row.paid_fen,
    paidOn: row.paid_on,
  }))
}
