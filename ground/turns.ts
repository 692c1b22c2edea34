import { sql } from 'kysely'
import type { Work } from './work.ts'

/**
 * Lets transactions that name the same thing go one after the other: waits until those before have ended, and is held until this one ends. What is
 * read after it is what they left behind.
 */
export async function takeTurns(work: Work, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(work.db)
}
