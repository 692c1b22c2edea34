import { sql } from 'kysely'
import { OperatingFailure, Refusal, type Work } from '../ground/door.ts'

/** What became of one of many parts: its value, or the code of the refusal (or passing failure) that stood against it. */
export type PartResult<T> = { done: T } | { code: string }

/**
 * Runs one of many parts of a work so that a refusal undoes that part alone, whatever it had written, and the others stand.
 * Broken invariants and faults of the platform end the whole work.
 */
export async function attemptApart<T>(work: Work, action: () => Promise<T>): Promise<PartResult<T>> {
  await sql`savepoint apart`.execute(work.db)
  try {
    const done = await action()
    await sql`release savepoint apart`.execute(work.db)
    return { done }
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof OperatingFailure)) throw error
    await sql`rollback to savepoint apart`.execute(work.db)
    return { code: error.code }
  }
}
