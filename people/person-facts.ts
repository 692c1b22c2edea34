import { sql } from 'kysely'
import { type Id, type PlainDate, Refusal, type Work } from '../ground/door.ts'
import { logRead } from './access-log.ts'
import { type Certificate, certificateOf } from './certificates.ts'
import { idsInPages } from './id-pages.ts'
import { type Insurance, peopleTables, type Sex } from './tables.ts'

/** What the registers know of a person on a day, as rules ask it. */
export type PersonFacts = {
  personId: Id
  agency: string
  sex: Sex
  birthOn: PlainDate
  retiredOn: PlainDate | null
  diedOn: PlainDate | null
  /** Months of the insurance whose contribution had come before the day, each once. */
  monthsPaid: number
  /** Whom they work for on the day (the employment that began last), and what they do there. */
  employerId: Id | null
  occupation: string | null
  /** Kinds of benefits that they receive in the month of the day. */
  benefits: string[]
  /** Certificates issued in the days asked about, revoked ones left out; the oldest first. */
  certificates: Certificate[]
}

/** Which facts: of one insurance, on a day; with the certificates issued from one day to another, both inclusive. */
export type PersonFactsQuery = {
  insurance: Insurance
  on: PlainDate
  certificates?: { from: PlainDate; to: PlainDate }
}

/** What is known of one person. Refused: `person_unknown`. */
export async function getPersonFacts(
  work: Work,
  personId: Id,
  query: PersonFactsQuery,
  purpose: string,
): Promise<PersonFacts> {
  const [facts] = await factsOf(work, [personId], query, purpose)
  if (!facts) throw new Refusal('person_unknown')
  return facts
}

/**
 * The same for everybody whom the actor sees, or everybody of an agency, in pages in order of id; where `certificates` is asked, for the
 * holders of such certificates only. Everybody read is in the access log. `after` is the id where an earlier reading stopped.
 */
export async function* personFacts(
  work: Work,
  query: PersonFactsQuery & { agency?: string; after?: Id },
  purpose: string,
): AsyncGenerator<PersonFacts[]> {
  let persons = peopleTables(work).selectFrom('people.person').select('id')
  if (query.agency !== undefined) persons = persons.where('agency', '=', query.agency)
  if (query.certificates)
    persons = persons.where('id', 'in', certificatesIssued(work, query.certificates).select('person_id'))
  const readPage = (after: Id, limit: number) => persons.where('id', '>', after).orderBy('id').limit(limit).execute()
  for await (const ids of idsInPages(readPage, query.after)) yield await factsOf(work, ids, query, purpose)
}

async function factsOf(
  work: Work,
  personIds: readonly Id[],
  query: PersonFactsQuery,
  purpose: string,
): Promise<PersonFacts[]> {
  const { insurance, on } = query
  const { rows } = await sql<Omit<PersonFacts, 'certificates'>>`
    SELECT person.id AS "personId", person.agency, sex, birth_on AS "birthOn", retired_on AS "retiredOn", died_on AS "diedOn",
      (SELECT count(DISTINCT month) FROM people.person_contribution paid
        WHERE paid.person_id = person.id AND insurance = ${insurance} AND paid_on < ${on}::date) AS "monthsPaid",
      job.employer_id AS "employerId",
      (SELECT occupation FROM people.employment_post post WHERE post.employment_id = job.id AND post.from_on <= ${on}::date
        ORDER BY post.from_on DESC, post.seq DESC LIMIT 1) AS occupation,
      ARRAY(SELECT DISTINCT kind FROM people.benefit_spell spell
        WHERE spell.person_id = person.id AND cancelled_by_case IS NULL
          AND date_trunc('month', ${on}::date) BETWEEN from_month AND coalesce(to_month, 'infinity')
        ORDER BY kind) AS benefits
    FROM people.person
    LEFT JOIN LATERAL (SELECT id, employer_id FROM people.employment
      WHERE employment.person_id = person.id AND ${on}::date BETWEEN from_on AND coalesce(to_on, 'infinity')
      ORDER BY from_on DESC, id DESC LIMIT 1) AS job ON true
    WHERE person.id = ANY(${personIds}::uuid[])
    ORDER BY person.id`.execute(work.db)
  const certificates = query.certificates ? await certificatesByPerson(work, personIds, query.certificates) : new Map()
  await logRead(
    work,
    rows.map((row) => row.personId),
    'read_person_facts',
    purpose,
  )
  return rows.map((row) => ({ ...row, certificates: certificates.get(row.personId) ?? [] }))
}

function certificatesIssued(work: Work, { from, to }: { from: PlainDate; to: PlainDate }) {
  return peopleTables(work)
    .selectFrom('people.certificate')
    .where('issued_on', '>=', from)
    .where('issued_on', '<=', to)
    .where('revoked_on', 'is', null)
}

async function certificatesByPerson(
  work: Work,
  personIds: readonly Id[],
  days: { from: PlainDate; to: PlainDate },
): Promise<Map<Id, Certificate[]>> {
  const rows = await certificatesIssued(work, days)
    .selectAll()
    .where(sql<boolean>`person_id = ANY(${personIds}::uuid[])`)
    .orderBy('issued_on')
    .orderBy('number')
    .execute()
  return Map.groupBy(rows.map(certificateOf), ({ personId }) => personId)
}
