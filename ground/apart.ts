import { sql } from 'kysely'
import { OperatingFailure, Refusal } from './errors.ts'
import type { Work } from './work.ts'

/** What became of one of many parts: its value, or the code of the refusal (or passing failure) that stood against it. */
export type PartResult<T> = { done: T } | { code: string }

/**
 * Runs one of many parts of a work, by the work that it is given, so that a refusal undoes that part alone, whatever it had written and wanted to be done
 * after the commit, and the others stand. Broken invariants and faults of the platform end the whole work.
 */
export async function attemptApart<T>(work: Work, action: (part: Work) => Promise<T>): Promise<PartResult<T>> {
  const followUps: Array<() => void> = []
  await sql`savepoint apart`.execute(work.db)
  try {
    const done = await action({ ...work, afterCommit: (followUp) => followUps.push(followUp) })
    await sql`release savepoint apart`.execute(work.db)
    for (const followUp of followUps) work.afterCommit(followUp)
    return { done }
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof OperatingFailure)) throw error
    await sql`rollback to savepoint apart`.execute(work.db)
    return { code: error.code }
  }
}
