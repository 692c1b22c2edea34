import type { Selectable } from 'kysely'
import { z } from 'zod'
import { type Id, parseInput, Refusal, schemaRegion, type Work } from '../ground/door.ts'
import { guarded, guardedUpdate } from './constraints.ts'
import { schemaCreditCode } from './credit-code.ts'
import { containing } from './search-text.ts'
import { type EmployerStatus, type Industry, industries, type PeopleTables, peopleTables } from './tables.ts'

/** An employer. `agency` is the region code of the responsible agency. */
export type Employer = {
  employerId: Id
  creditCode: string
  name: string
  region: string
  agency: string
  industry: Industry
  status: EmployerStatus
}

/** What registering an employer takes. */
export const schemaNewEmployer = z.object({
  creditCode: schemaCreditCode,
  name: z.string().trim().min(1).max(200),
  region: schemaRegion,
  agency: schemaRegion,
  industry: z.enum(industries),
})
export type NewEmployer = z.input<typeof schemaNewEmployer>

/**
 * Registers an employer, or finds the one record of this credit code: `existing` tells which. `BadInput` for a wrong code;
 * `credit_code_of_another_name` where the record carries another name.
 */
export async function registerEmployer(work: Work, input: NewEmployer): Promise<{ employerId: Id; existing: boolean }> {
  const employer = parseInput(schemaNewEmployer, input)
  const employerId = work.newId()
  const { numInsertedOrUpdatedRows } = await guarded(
    peopleTables(work)
      .insertInto('people.employer')
      .values({
        id: employerId,
        credit_code: employer.creditCode,
        name: employer.name,
        region: employer.region,
        agency: employer.agency,
        industry: employer.industry,
        registered_at: work.now,
      })
      .onConflict((conflict) => conflict.column('credit_code').doNothing())
      .executeTakeFirstOrThrow(),
  )
  if (numInsertedOrUpdatedRows === 1n) return { employerId, existing: false }
  const known = await peopleTables(work)
    .selectFrom('people.employer')
    .select(['id', 'name'])
    .where('credit_code', '=', employer.creditCode)
    .executeTakeFirstOrThrow()
  if (known.name !== employer.name) throw new Refusal('credit_code_of_another_name', { params: { name: known.name } })
  return { employerId: known.id, existing: true }
}

/** The employer; refused with `employer_unknown`. */
export async function getEmployer(work: Work, employerId: Id): Promise<Employer> {
  const row = await peopleTables(work)
    .selectFrom('people.employer')
    .selectAll()
    .where('id', '=', employerId)
    .executeTakeFirst()
  if (!row) throw new Refusal('employer_unknown')
  return employerOf(row)
}

/** Employers by a part of the name or a whole credit code, in order of name; `limit` at most. */
export async function findEmployers(work: Work, query: { text: string; limit: number }): Promise<Employer[]> {
  const rows = await peopleTables(work)
    .selectFrom('people.employer')
    .selectAll()
    .where((where) =>
      where.or([
        where('name', 'like', containing(query.text)),
        where('credit_code', '=', query.text.trim().toUpperCase()),
      ]),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(query.limit)
    .execute()
  return rows.map(employerOf)
}

/** Records that an employer went bankrupt, was deregistered, or is active again. Refused: `employer_unknown`, `outside_own_agency`. */
export async function setEmployerStatus(work: Work, employerId: Id, status: EmployerStatus): Promise<void> {
  await getEmployer(work, employerId)
  await guardedUpdate(
    peopleTables(work)
      .updateTable('people.employer')
      .set({ status })
      .where('id', '=', employerId)
      .executeTakeFirstOrThrow(),
  )
}

function employerOf(row: Selectable<PeopleTables['people.employer']>): Employer {
  return {
    employerId: row.id,
    creditCode: row.credit_code,
    name: row.name,
    region: row.region,
    agency: row.agency,
    industry: row.industry,
    status: row.status,
  }
}
