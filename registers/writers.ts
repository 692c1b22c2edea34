import { sql } from 'kysely'
import { Refusal, type Work } from '../ground/door.ts'
import type { RegionCode } from '../law/door.ts'
import type { ListId } from './lists/list.ts'

/** The registers that somebody writes. */
export type Register =
  // A list that is imported from files is a register of its own name; `<list>.advance` is its next step.
  | ListId
  | `${ListId}.advance`
  | 'catalogue'
  | 'mapping'
  | 'agreement'
  | 'pilot_area'
  | 'control_rule'
  | 'service_item'
  | 'document'
  | 'listed_party'
  | 'occupation'
  | 'urgent_occupation'

/**
 * Lets only the node itself and officers whose role and agency may write this register go on; asks the database, whose row-level security
 * stands on the same function. `region` null: the register is that of the whole node. Throws `Refusal` `register_writer_needed`.
 */
export async function requireWriter(work: Work, register: Register, region: RegionCode | null): Promise<void> {
  const { rows } = await sql<{ allowed: boolean }>`
    SELECT registers.may_write(${register}, ${region}) AS allowed`.execute(work.db)
  if (rows[0]?.allowed !== true) throw new Refusal('register_writer_needed', { params: { register, region } })
}

/** Lets one writer at a time check and change a part of a register; the others wait for its commit. */
export async function lockRegister(work: Work, register: Register, part: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`registers.${register}.${part}`}, 0))`.execute(work.db)
}
