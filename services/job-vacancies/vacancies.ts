import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import {
  actorRole,
  actorUserId,
  asActor,
  BadInput,
  daysBetween,
  type Id,
  type PlainDate,
  type Problem,
  parseInput,
  parseYuan,
  Refusal,
  schemaDate,
  schemaRegion,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { isWithin, type Rulebook } from '../../law/door.ts'
import { type Employer, findEmployers, getEmployer, schemaCreditCode } from '../../people/door.ts'
import { discriminates, plain, searchText } from './wording.ts'

/** A vacancy as an employer gives it. Pay is a month's, in fen, from and to. */
export const schemaNewVacancy = z
  .strictObject({
    title: z.string().trim().min(2).max(60),
    work: z.string().trim().min(2).max(1_000),
    place: schemaRegion,
    payFromFen: z.int().positive(),
    payToFen: z.int().positive(),
    openings: z.int().min(1).max(10_000),
    expiresOn: schemaDate,
  })
  .refine(({ payFromFen, payToFen }) => payFromFen <= payToFen, {
    path: ['payToFen'],
    error: 'not less than payFromFen',
  })
export type NewVacancy = z.infer<typeof schemaNewVacancy>

/** A vacancy as it is shown. */
export type Vacancy = NewVacancy & { vacancyId: Id; employerId: Id; employerName: string; closed: string | null }

type Tables = {
  'svc_job_vacancies.vacancy': {
    id: Id
    employer_id: Id
    employer_name: string
    agency: string
    title: string
    work: string
    place: string
    pay_from_fen: number
    pay_to_fen: number
    openings: number
    expires_on: PlainDate
    search: string
    recorded_role: string
    recorded_by: Id | null
    recorded_at: string
  }
  'svc_job_vacancies.closing': { vacancy_id: Id; reason: string; closed_by: Id | null; closed_at: string }
}

function tables(work: Work): Transaction<Tables> {
  return work.db.$extendTables<Tables>()
}

/** Publishes a vacancy of an employer that the acting party may write for. Refused by the rule, with its clause. */
export async function publishVacancy(
  work: Work,
  rulebook: Rulebook,
  { employerId, vacancy }: { employerId: Id; vacancy: NewVacancy },
): Promise<Id> {
  const employer = await getEmployer(work, employerId)
  await requireAllowed(work, rulebook, employer, vacancy)
  const id = work.newId()
  await tables(work)
    .insertInto('svc_job_vacancies.vacancy')
    .values({
      ...{ id, employer_id: employerId, employer_name: employer.name, agency: employer.agency },
      ...{ title: vacancy.title, work: vacancy.work, place: vacancy.place, openings: vacancy.openings },
      ...{ pay_from_fen: vacancy.payFromFen, pay_to_fen: vacancy.payToFen, expires_on: vacancy.expiresOn },
      search: searchText(vacancy.title, employer.name),
      ...{ recorded_role: actorRole(work.actor), recorded_by: actorUserId(work.actor), recorded_at: work.now },
    })
    .execute()
  return id
}

async function requireAllowed(work: Work, rulebook: Rulebook, employer: Employer, vacancy: NewVacancy): Promise<void> {
  if (vacancy.expiresOn < work.today) {
    throw new BadInput([{ path: 'expiresOn', expected: `${work.today} or later`, found: vacancy.expiresOn }])
  }
  const facts = {
    employerActive: employer.status === 'active',
    discriminates: discriminates(`${vacancy.title} ${vacancy.work}`),
    openDays: daysBetween(work.today, vacancy.expiresOn),
  }
  const { decision } = await asActor(work, systemActor, (node) =>
    rulebook.decide(node, { policy: 'job-vacancies', on: work.today, insuredRegion: employer.agency, facts }),
  )
  if (decision.outcome !== 'granted')
    throw new Refusal(decision.reason ?? decision.outcome, { clause: decision.because })
}

/** A row of an imported file, as text: amounts in yuan. */
export const schemaVacancyRow = z.strictObject({
  creditCode: z.string(),
  title: z.string(),
  work: z.string(),
  place: z.string(),
  payFrom: z.string(),
  payTo: z.string(),
  openings: z.string(),
  expiresOn: z.string(),
})
type VacancyRow = z.infer<typeof schemaVacancyRow>

/** Imports vacancies of employers by their credit codes, all or nothing: `BadInput` tells every row that is wrong, and a refusal which one it is about. */
export async function importVacancies(work: Work, rulebook: Rulebook, rows: readonly VacancyRow[]): Promise<number> {
  const problems: Problem[] = []
  const ready: Array<{ employerId: Id; vacancy: NewVacancy }> = []
  for (const [index, row] of rows.entries()) {
    try {
      ready.push({ employerId: await employerOf(work, row.creditCode), vacancy: readRow(row) })
    } catch (error) {
      if (!(error instanceof BadInput)) throw error
      problems.push(...error.problems.map((problem) => ({ ...problem, path: `rows[${index}].${problem.path}` })))
    }
  }
  if (problems.length > 0) throw new BadInput(problems)
  for (const each of ready) await publishVacancy(work, rulebook, each)
  return ready.length
}

async function employerOf(work: Work, text: string): Promise<Id> {
  const creditCode = parseInput(schemaCreditCode, text, 'creditCode')
  const [employer] = await findEmployers(work, { text: creditCode, limit: 1 })
  if (employer) return employer.employerId
  throw new BadInput([{ path: 'creditCode', expected: 'an employer of this agency', found: creditCode }])
}

function readRow({ creditCode: _, payFrom, payTo, openings, ...row }: VacancyRow): NewVacancy {
  return parseInput(schemaNewVacancy, {
    ...row,
    payFromFen: parseYuan(payFrom),
    payToFen: parseYuan(payTo),
    openings: /^\d+$/.test(openings.trim()) ? Number(openings) : openings,
  })
}

/** What somebody looks for; `text` in Chinese, pinyin or its first letters. */
export type VacancySearch = { text?: string; place?: string; payFromFen?: number }

/** Open vacancies, newest first, at most a hundred: what is closed or has expired is not shown. For everybody. */
export async function findVacancies(work: Work, { text, place, payFromFen }: VacancySearch): Promise<Vacancy[]> {
  let search = joined(work).where('closing.reason', 'is', null).where('vacancy.expires_on', '>=', work.today)
  for (const word of (text ?? '').split(/\s+/).filter(Boolean)) {
    search = search.where(sql<boolean>`position(${plain(word)} IN vacancy.search) > 0`)
  }
  if (payFromFen !== undefined) search = search.where('vacancy.pay_to_fen', '>=', payFromFen)
  const rows = await search.orderBy('vacancy.recorded_at', 'desc').orderBy('vacancy.id', 'desc').limit(500).execute()
  return rows
    .filter((row) => place === undefined || isWithin(row.place, place))
    .slice(0, 100)
    .map(vacancyOf)
}

/** Every vacancy of an employer, or of an agency's employers, newest first. */
export async function vacanciesOf(work: Work, owner: { employerId: Id } | { agency: string }): Promise<Vacancy[]> {
  const rows = await joined(work)
    .where((where) =>
      'employerId' in owner
        ? where('vacancy.employer_id', '=', owner.employerId)
        : where('vacancy.agency', 'like', `${owner.agency.replace(/(00){1,2}$/, '')}%`),
    )
    .orderBy('vacancy.recorded_at', 'desc')
    .limit(200)
    .execute()
  return rows.map(vacancyOf)
}

/** Closes a vacancy that was filled or is withdrawn. Refused: `vacancy_not_found`, `vacancy_closed_before`; `row_of_others` for another's. */
export async function closeVacancy(work: Work, vacancyId: Id, reason: 'filled' | 'withdrawn'): Promise<void> {
  const row = await joined(work).where('vacancy.id', '=', vacancyId).executeTakeFirst()
  if (!row) throw new Refusal('vacancy_not_found')
  if (row.closed !== null) throw new Refusal('vacancy_closed_before')
  await tables(work)
    .insertInto('svc_job_vacancies.closing')
    .values({ vacancy_id: vacancyId, reason, closed_by: actorUserId(work.actor), closed_at: work.now })
    .execute()
}

function joined(work: Work) {
  return tables(work)
    .selectFrom('svc_job_vacancies.vacancy as vacancy')
    .leftJoin('svc_job_vacancies.closing as closing', 'closing.vacancy_id', 'vacancy.id')
    .selectAll('vacancy')
    .select('closing.reason as closed')
}

function vacancyOf(row: Tables['svc_job_vacancies.vacancy'] & { closed: string | null }): Vacancy {
  return {
    ...{ vacancyId: row.id, employerId: row.employer_id, employerName: row.employer_name, closed: row.closed },
    ...{ title: row.title, work: row.work, place: row.place, openings: row.openings, expiresOn: row.expires_on },
    ...{ payFromFen: row.pay_from_fen, payToFen: row.pay_to_fen },
  }
}
