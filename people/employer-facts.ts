import { sql } from 'kysely'
import { type Id, monthOf, type PlainDate, Refusal, type Work } from '../ground/door.ts'
import { pagesById } from './id-pages.ts'
import { firstDayOf, monthsFromTo } from './month.ts'
import { type EmployerStatus, type EntityKind, type Insurance, peopleTables, type SizeClass } from './tables.ts'

/** What the registers know of an employer on a day, as rules ask it. Money in fen, rates in parts per million. */
export type EmployerFacts = {
  employerId: Id
  creditCode: string
  name: string
  region: string
  agency: string
  status: EmployerStatus
  /** Null where no profile is recorded by the day. */
  entityKind: EntityKind | null
  sizeClass: SizeClass | null
  /** Months with people insured whose whole contribution had come before the day. */
  monthsPaidInFull: number
  /** Of these, the unbroken run up to the last month before that of the day which is recorded. */
  monthsPaidInFullRunning: number
  /** What came in the calendar year, for whatever month, before the day. */
  paidInYearFen: number
  /** Insured people in December of the year, and of the year before; null where that month is not recorded. */
  headcountYearEnd: number | null
  headcountYearBefore: number | null
  /** Insured people in the last recorded month before that of the day. */
  headcountLatest: number | null
  /** Employments that ended in the year for a reason that counts as a layoff. */
  layoffs: number
  layoffRatePpm: number
}

/** Which facts: of one insurance, known before the day `on`, about the calendar year `year`. */
export type EmployerFactsQuery = { insurance: Insurance; on: PlainDate; year: number }

/**
 * The layoff rate of a year: layoffs over the people insured at the end of the year before (the formula is assumed: C1-o2). Rounded up, so that
 * "not higher than a limit" is exact for whole limits; at most 1,000,000, also where nobody was insured the year before.
 */
export function layoffRatePpm(layoffs: number, headcountYearBefore: number | null): number {
  if (layoffs === 0) return 0
  if (!headcountYearBefore) return 1_000_000
  return Math.min(1_000_000, Math.ceil((layoffs * 1_000_000) / headcountYearBefore))
}

/** What is known of one employer. Refused: `employer_unknown`, also to whoever does not see its records and would be told of none. */
export async function getEmployerFacts(work: Work, employerId: Id, query: EmployerFactsQuery): Promise<EmployerFacts> {
  const [facts] = await factsOf(work, [employerId], query)
  if (!facts) throw new Refusal('employer_unknown')
  return facts
}

/**
 * The same for every employer whose records the actor sees, or every one of an agency's, in pages in order of id; `after` is the id where an
 * earlier reading stopped.
 */
export async function* employerFacts(
  work: Work,
  query: EmployerFactsQuery & { agency?: string; after?: Id },
): AsyncGenerator<EmployerFacts[]> {
  let employers = peopleTables(work).selectFrom('people.employer').select('id')
  if (query.agency !== undefined) employers = employers.where('agency', '=', query.agency)
  const readPage = (after: Id, limit: number) => employers.where('id', '>', after).orderBy('id').limit(limit).execute()
  for await (const page of pagesById(readPage, query.after)) {
    const ids = page.map(({ id }) => id)
    yield await factsOf(work, ids, query)
  }
}

/** The run up to the last month is told by the last month that follows a gap, and the last that was not paid in full. */
type FactsRow = Omit<EmployerFacts, 'layoffRatePpm' | 'monthsPaidInFullRunning'> & {
  lastMonth: PlainDate | null
  lastAfterGap: PlainDate | null
  lastShort: PlainDate | null
}

async function factsOf(work: Work, employerIds: readonly Id[], query: EmployerFactsQuery): Promise<EmployerFacts[]> {
  const { insurance, on, year } = query
  const ids = sql`${employerIds}::uuid[]`
  const thisMonth = firstDayOf(monthOf(on))
  const { rows } = await sql<FactsRow>`
    WITH month AS (
      SELECT employer_id, month, headcount, paid_fen, paid_on, month < ${thisMonth}::date AS is_past,
        headcount > 0 AND paid_fen >= due_fen AND coalesce(paid_on < ${on}::date, true) AS in_full,
        -- The first days of two months that follow each other are at most 31 days apart.
        coalesce(month - lag(month) OVER (PARTITION BY employer_id ORDER BY month) > 31, true) AS is_after_gap
      FROM people.employer_contribution
      WHERE employer_id = ANY(${ids}) AND insurance = ${insurance}
    ), contribution AS (
      SELECT employer_id,
        count(*) FILTER (WHERE in_full) AS months_in_full,
        max(month) FILTER (WHERE is_past) AS last_month,
        max(month) FILTER (WHERE is_past AND is_after_gap) AS last_after_gap,
        max(month) FILTER (WHERE is_past AND NOT in_full) AS last_short,
        sum(paid_fen) FILTER (WHERE paid_on BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date AND paid_on < ${on}::date) AS paid_fen,
        max(headcount) FILTER (WHERE month = ${firstDayOf(`${year}-12`)}::date) AS headcount_year_end,
        max(headcount) FILTER (WHERE month = ${firstDayOf(`${year - 1}-12`)}::date) AS headcount_year_before
      FROM month GROUP BY employer_id
    ), layoff AS (
      SELECT employer_id, count(*) AS layoffs
      FROM people.employment JOIN people.end_reason ON end_reason.code = employment.end_reason AND end_reason.counts_as_layoff
      WHERE employer_id = ANY(${ids}) AND to_on BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date
      GROUP BY employer_id
    ), profile AS (
      SELECT DISTINCT ON (employer_id) employer_id, entity_kind, size_class
      FROM people.employer_profile
      WHERE employer_id = ANY(${ids}) AND from_on <= ${on}::date
      ORDER BY employer_id, from_on DESC, seq DESC
    )
    SELECT employer.id AS "employerId", credit_code AS "creditCode", name, region, employer.agency, status,
      profile.entity_kind AS "entityKind", profile.size_class AS "sizeClass",
      coalesce(months_in_full, 0)::bigint AS "monthsPaidInFull",
      last_month AS "lastMonth", last_after_gap AS "lastAfterGap", last_short AS "lastShort",
      coalesce(contribution.paid_fen, 0)::bigint AS "paidInYearFen",
      headcount_year_end AS "headcountYearEnd", headcount_year_before AS "headcountYearBefore", latest.headcount AS "headcountLatest",
      coalesce(layoffs, 0)::bigint AS layoffs
    FROM people.employer
    LEFT JOIN contribution ON contribution.employer_id = employer.id
    LEFT JOIN people.employer_contribution latest
      ON latest.employer_id = employer.id AND latest.insurance = ${insurance} AND latest.month = last_month
    LEFT JOIN layoff ON layoff.employer_id = employer.id
    LEFT JOIN profile ON profile.employer_id = employer.id
    WHERE employer.id = ANY(${ids}) AND ((SELECT ground.actor_is('system')) OR people.answers_for_employer(employer.id))
    ORDER BY employer.id`.execute(work.db)
  return rows.map(({ lastMonth, lastAfterGap, lastShort, ...row }) => ({
    ...row,
    monthsPaidInFullRunning: runUntil(lastMonth, lastAfterGap, lastShort),
    layoffRatePpm: layoffRatePpm(row.layoffs, row.headcountYearBefore),
  }))
}

/** How many months up to the last follow each other paid in full: since the gap, or since the month after the short one. */
function runUntil(lastMonth: PlainDate | null, lastAfterGap: PlainDate | null, lastShort: PlainDate | null): number {
  if (lastMonth === null || lastAfterGap === null) return 0
  const sinceGap = monthsFromTo(monthOf(lastAfterGap), monthOf(lastMonth)) + 1
  return lastShort === null ? sinceGap : Math.min(sinceGap, monthsFromTo(monthOf(lastShort), monthOf(lastMonth)))
}
