import type { Instant, Work } from '../../ground/door.ts'
import type { Industry } from '../../people/door.ts'

/** What the market regulator says of an employer. */
export type SharedRecord = {
  credit_code: string
  name: string
  region: string
  industry: Industry
  state: 'active' | 'cancelled'
}

type SharedTables = { 'svc_employer_registration.shared_record': SharedRecord & { shared_at: Instant } }

/** The shared record of a unified credit code; undefined where there is none. */
export function findSharedRecord(work: Work, creditCode: string): Promise<SharedRecord | undefined> {
  return tables(work)
    .selectFrom('svc_employer_registration.shared_record')
    .selectAll()
    .where('credit_code', '=', creditCode)
    .executeTakeFirst()
}

/** Takes what the market regulator shares; a record that is known stays as it came first. */
export async function keepSharedRecord(work: Work, record: SharedRecord): Promise<void> {
  await tables(work)
    .insertInto('svc_employer_registration.shared_record')
    .values({ ...record, shared_at: work.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function tables(work: Work) {
  return work.db.withTables<SharedTables>()
}
