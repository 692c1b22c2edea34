import { sql } from 'kysely'
import { z } from 'zod'
import { type Id, parseInput, Refusal, schemaDate, schemaFen, schemaRegion, type Work } from '../ground/door.ts'
import { logWrite } from './access-log.ts'
import { guarded } from './constraints.ts'
import { firstDayOf, type Month, schemaMonth } from './month.ts'
import { getPersonRow } from './person-row.ts'
import { type Insurance, peopleTables } from './tables.ts'

/** A paid month as it moves from one region to another with a person's insurance relation: base in fen, and the day it was paid there. */
export const schemaMovedMonth = z.strictObject({ month: schemaMonth, baseFen: schemaFen, paidOn: schemaDate })

/** See `schemaMovedMonth`. */
export type MovedMonth = z.infer<typeof schemaMovedMonth>

/** Whose months move, of which insurance, and the region on the other side. */
export type MonthsMoving = { personId: Id; insurance: Insurance; region: string }

/**
 * Enters paid months that another region has handed over; they count here from now on, and name that region. The same months again change
 * nothing. Refused: `person_unknown`, and `month_counted_already` where one of them counts here already, through whomever it was paid.
 */
export async function receiveMonths(work: Work, moving: MonthsMoving, input: readonly MovedMonth[]): Promise<void> {
  const months = parseInput(z.array(schemaMovedMonth), input, 'months')
  const region = parseInput(schemaRegion, moving.region, 'region')
  const { agency } = await getPersonRow(work, moving.personId)
  await refuseCounted(work, { ...moving, region }, months)
  const rows = JSON.stringify(months.map(({ month, ...row }) => ({ ...row, month: firstDayOf(month) })))
  await guarded(
    sql`
      INSERT INTO people.person_contribution AS kept
        (person_id, insurance, month, employer_id, agency, base_fen, paid_on, recorded_at, received_from)
      SELECT ${moving.personId}, ${moving.insurance}, row.month, NULL, ${agency}, row."baseFen", row."paidOn", ${work.now}, ${region}
      FROM jsonb_to_recordset(${rows}::jsonb) AS row(month date, "baseFen" bigint, "paidOn" date)
      ON CONFLICT (person_id, insurance, month, employer_id) DO UPDATE SET
        base_fen = excluded.base_fen, paid_on = excluded.paid_on, recorded_at = excluded.recorded_at,
        received_from = excluded.received_from, handed_to = NULL
      WHERE (kept.base_fen, kept.paid_on, kept.received_from, kept.handed_to)
        IS DISTINCT FROM (excluded.base_fen, excluded.paid_on, excluded.received_from, NULL)`.execute(work.db),
  )
  await logWrite(work, moving.personId, 'receive_months')
}

async function refuseCounted(work: Work, moving: MonthsMoving, months: readonly MovedMonth[]): Promise<void> {
  const counted = await peopleTables(work)
    .selectFrom('people.person_contribution')
    .select('month')
    .where('person_id', '=', moving.personId)
    .where('insurance', '=', moving.insurance)
    .where(sql<boolean>`month = ANY(${months.map(({ month }) => firstDayOf(month))}::date[])`)
    .where('paid_on', 'is not', null)
    .where('handed_to', 'is', null)
    .where(sql<boolean>`received_from IS DISTINCT FROM ${moving.region}`)
    .orderBy('month')
    .executeTakeFirst()
  if (counted) throw new Refusal('month_counted_already', { params: { month: counted.month.slice(0, 7) } })
}

/**
 * Hands a person's paid months on to another region: they count here no more, and stay readable as what was paid. Months that count here
 * through several employers go as one. Returns how many months that were, each once; the same again is none.
 */
export function handOverMonths(work: Work, moving: MonthsMoving, months: readonly Month[]): Promise<number> {
  return setHandedTo(work, moving, months, { from: null, to: moving.region })
}

/** Takes months back that a region gives back, or never took: they count here again. Returns how many months that were, each once; the same again is none. */
export function takeMonthsBack(work: Work, moving: MonthsMoving, months: readonly Month[]): Promise<number> {
  return setHandedTo(work, moving, months, { from: moving.region, to: null })
}

async function setHandedTo(
  work: Work,
  { personId, insurance, region }: MonthsMoving,
  months: readonly Month[],
  { from, to }: { from: string | null; to: string | null },
): Promise<number> {
  parseInput(schemaRegion, region, 'region')
  await getPersonRow(work, personId)
  const rows = await guarded(
    peopleTables(work)
      .updateTable('people.person_contribution')
      .set({ handed_to: to, recorded_at: work.now })
      .where('person_id', '=', personId)
      .where('insurance', '=', insurance)
      .where(sql<boolean>`month = ANY(${months.map(firstDayOf)}::date[])`)
      .where('paid_on', 'is not', null)
      .where(sql<boolean>`handed_to IS NOT DISTINCT FROM ${from}`)
      .returning('month')
      .execute(),
  )
  await logWrite(work, personId, 'hand_over_months')
  return new Set(rows.map(({ month }) => month)).size
}
