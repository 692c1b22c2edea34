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
import { logRead, logWrite } from './access-log.ts'
import { guarded } from './constraints.ts'
import { requireEmployers } from './employer-contributions.ts'
import { firstDayOf, type Month, monthsFromTo, readMonth, schemaMonth } from './month.ts'
import { inParts, type RowsRecorded, refuseRepeated } from './record-rows.ts'
import { type Insurance, insurances, peopleTables } from './tables.ts'

/**
 * A month for which a person was reported to one insurance: through an employer, or alone (`employerId` null, flexible work), on a base in
 * fen; `paidOn` null while it is not paid.
 */
export type PersonMonth = {
  personId: Id
  insurance: Insurance
  month: Month
  employerId: Id | null
  baseFen: number
  paidOn: PlainDate | null
}

/** See `PersonMonth`. */
export const schemaPersonMonth = z.strictObject({
  personId: schemaId,
  insurance: z.enum(insurances),
  month: schemaMonth,
  employerId: schemaId.nullable(),
  baseFen: schemaFen,
  paidOn: schemaDate.nullable(),
})

/**
 * Records months as the collecting authority reports them, all or nothing, with the agency of the employer, else the person's. A month
 * reported again takes the place of what stood there, which is kept. `BadInput` with every problem of every row; refused: `person_unknown`,
 * `employer_unknown`, `outside_own_agency`.
 */
export async function recordPersonContributions(work: Work, input: readonly PersonMonth[]): Promise<RowsRecorded> {
  const rows = parseInput(z.array(schemaPersonMonth), input, 'rows')
  refuseRepeated(rows, (row) => `${row.personId} ${row.insurance} ${row.month} ${row.employerId ?? 'alone'}`)
  const personIds = [...new Set(rows.map((row) => row.personId))]
  await requirePersons(work, personIds)
  await requireEmployers(work, [...new Set(rows.flatMap((row) => row.employerId ?? []))])
  let written = 0
  for (const part of inParts(rows)) written += await writeMonths(work, part)
  await logWrite(work, personIds, 'record_contributions')
  return { written, unchanged: rows.length - written }
}

async function requirePersons(work: Work, personIds: readonly Id[]): Promise<void> {
  const { count } = await peopleTables(work)
    .selectFrom('people.person')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(sql<boolean>`id = ANY(${personIds}::uuid[])`)
    .executeTakeFirstOrThrow()
  if (count !== personIds.length) throw new Refusal('person_unknown')
}

async function writeMonths(work: Work, rows: readonly PersonMonth[]): Promise<number> {
  const json = JSON.stringify(rows.map((row) => ({ ...row, month: firstDayOf(row.month) })))
  const { numAffectedRows } = await guarded(
    sql`
      INSERT INTO people.person_contribution AS kept (person_id, insurance, month, employer_id, agency, base_fen, paid_on, recorded_at)
      SELECT person.id, row.insurance, row.month, employer.id, coalesce(employer.agency, person.agency), row."baseFen", row."paidOn", ${work.now}
      FROM jsonb_to_recordset(${json}::jsonb) AS row(
        "personId" uuid, insurance text, month date, "employerId" uuid, "baseFen" bigint, "paidOn" date)
      JOIN people.person ON person.id = row."personId"
      LEFT JOIN people.employer ON employer.id = row."employerId"
      ON CONFLICT (person_id, insurance, month, employer_id) DO UPDATE SET
        base_fen = excluded.base_fen, paid_on = excluded.paid_on, recorded_at = excluded.recorded_at
      WHERE (kept.base_fen, kept.paid_on) IS DISTINCT FROM (excluded.base_fen, excluded.paid_on)`.execute(work.db),
  )
  return Number(numAffectedRows ?? 0n)
}

/** A month as it is recorded: `receivedFrom` is the region that handed it over with the insurance relation, null where it was paid here. */
export type RecordedMonth = PersonMonth & { receivedFrom: string | null }

/**
 * A person's months of one insurance, from one month to another, both inclusive and open where left out, in order; without those that were
 * handed on to another region, which count there.
 */
export async function contributionsOf(
  work: Work,
  personId: Id,
  query: { insurance: Insurance; from?: Month; to?: Month },
  purpose: string,
): Promise<RecordedMonth[]> {
  let search = peopleTables(work)
    .selectFrom('people.person_contribution')
    .selectAll()
    .where('person_id', '=', personId)
    .where('insurance', '=', query.insurance)
    .where('handed_to', 'is', null)
  if (query.from !== undefined) search = search.where('month', '>=', firstDayOf(query.from))
  if (query.to !== undefined) search = search.where('month', '<=', firstDayOf(query.to))
  const rows = await search.orderBy('month').orderBy('employer_id').execute()
  await logRead(work, [personId], 'read_contributions', purpose)
  return rows.map((row) => ({
    personId: row.person_id,
    insurance: row.insurance,
    month: readMonth(row.month),
    employerId: row.employer_id,
    baseFen: row.base_fen,
    paidOn: row.paid_on,
    receivedFrom: row.received_from,
  }))
}

/** For how many months a person paid, each month once: in all, and in the unbroken run up to the last of them. */
export type ContributedMonths = { months: number; running: number; first: Month | null; last: Month | null }

/** The months of one insurance for which a person's contribution had come before a day, and that were not handed on to another region. */
export async function contributedMonths(
  work: Work,
  personId: Id,
  query: { insurance: Insurance; before: PlainDate },
  purpose: string,
): Promise<ContributedMonths> {
  const rows = await peopleTables(work)
    .selectFrom('people.person_contribution')
    .select('month')
    .distinct()
    .where('person_id', '=', personId)
    .where('insurance', '=', query.insurance)
    .where('paid_on', '<', query.before)
    .where('handed_to', 'is', null)
    .orderBy('month', 'desc')
    .execute()
  await logRead(work, [personId], 'read_contributions', purpose)
  const months = rows.map((row) => readMonth(row.month))
  return {
    months: months.length,
    running: runLength(months),
    first: months.at(-1) ?? null,
    last: months[0] ?? null,
  }
}

/** How many months, from the first given one back, follow each other without a gap. */
function runLength(monthsBackwards: readonly Month[]): number {
  const gap = monthsBackwards.findIndex((month, nth) => monthsFromTo(month, monthsBackwards[0] ?? month) !== nth)
  return gap === -1 ? monthsBackwards.length : gap
}
