import type { UpdateResult } from 'kysely'
import { DatabaseError } from 'pg'
import { Refusal } from '../ground/door.ts'

/**
 * Waits for a write that the database itself guards and says a violated constraint in the house's words. The rule stands once, in the
 * migration; the transaction is over either way. A row that row-level security does not let the actor write is `outside_own_agency`.
 */
export async function guarded<T>(
  write: Promise<T>,
  refusals: Record<string, (violation: DatabaseError) => Refusal> = {},
): Promise<T> {
  try {
    return await write
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    const refusal = refusals[error.constraint ?? '']
    if (refusal) throw refusal(error)
    if (error.code === insufficientPrivilege && error.message.includes('row-level security')) {
      throw new Refusal('outside_own_agency')
    }
    throw error
  }
}

/** Waits for the update of one row that the actor sees; where row-level security lets them see but not change it, `outside_own_agency`. */
export async function guardedUpdate(
  update: Promise<UpdateResult>,
  refusals: Record<string, (violation: DatabaseError) => Refusal> = {},
): Promise<void> {
  const { numUpdatedRows } = await guarded(update, refusals)
  if (numUpdatedRows !== 1n) throw new Refusal('outside_own_agency')
}

const insufficientPrivilege = '42501'
