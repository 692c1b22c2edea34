import { sql } from 'kysely'
import { z } from 'zod'
import { addMilliseconds, type Id, type Instant, parseInput, Refusal, schemaId, type Work } from '../ground/door.ts'
import { guarded } from './constraints.ts'
import { peopleTables } from './tables.ts'

/** An account that signs in; `personId` where it is a resident's own. */
export type User = { userId: Id; login: string; displayName: string; personId: Id | null }

/** What signing in needs. `passwordHash` is null for an account that has no password (it cannot sign in by one). */
export type SignIn = User & { passwordHash: string | null; failedCount: number; lockedUntil: Instant | null }

/** What an account takes. A login is lower case and of 2 to 64 letters, digits, dots, hyphens and underscores. */
export const schemaNewUser = z.object({
  login: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9._-]{1,63}$/, {
      error: 'a login of 2 to 64 letters, digits, dots, hyphens and underscores',
    }),
  displayName: z.string().trim().min(1).max(100),
  personId: schemaId.optional(),
})
export type NewUser = z.input<typeof schemaNewUser>

/** Makes an account. Only the node or a permission administrator may. Refused: `login_taken`, `person_has_account`. */
export async function createUser(work: Work, input: NewUser): Promise<Id> {
  const user = parseInput(schemaNewUser, input)
  const userId = work.newId()
  await guarded(
    peopleTables(work)
      .insertInto('people.user_account')
      .values({
        id: userId,
        login: user.login,
        display_name: user.displayName,
        person_id: user.personId ?? null,
        created_at: work.now,
      })
      .execute(),
    {
      user_login_once: () => new Refusal('login_taken', { params: { login: user.login } }),
      user_one_per_person: () => new Refusal('person_has_account'),
    },
  )
  return userId
}

/** The account, to those who may see it; refused with `user_unknown`. */
export async function getUser(work: Work, userId: Id): Promise<User> {
  const row = await peopleTables(work)
    .selectFrom('people.user_account')
    .select(['id as userId', 'login', 'display_name as displayName', 'person_id as personId'])
    .where('id', '=', userId)
    .executeTakeFirst()
  if (!row) throw new Refusal('user_unknown')
  return row
}

/** The account of a login with what signing in needs. For the node alone: any other actor sees no password hash. */
export async function findUserByLogin(work: Work, login: string): Promise<SignIn | undefined> {
  const row = await peopleTables(work)
    .selectFrom('people.user_account as account')
    .leftJoin('people.credential as credential', 'credential.user_id', 'account.id')
    .select(['account.id', 'login', 'display_name', 'person_id', 'password_hash', 'failed_count', 'locked_until'])
    .where('login', '=', login.trim().toLowerCase())
    .executeTakeFirst()
  return (
    row && {
      userId: row.id,
      login: row.login,
      displayName: row.display_name,
      personId: row.person_id,
      passwordHash: row.password_hash,
      failedCount: row.failed_count ?? 0,
      lockedUntil: row.locked_until,
    }
  )
}

/** Sets an account's password by its hash (made by the server) and forgets earlier failures. For the node alone. */
export async function setPasswordHash(work: Work, userId: Id, passwordHash: string): Promise<void> {
  const credential = { password_hash: passwordHash, failed_count: 0, locked_until: null, set_at: work.now }
  await guarded(
    peopleTables(work)
      .insertInto('people.credential')
      .values({ user_id: userId, ...credential })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(credential))
      .execute(),
    { credential_user_id_fkey: () => new Refusal('user_unknown') },
  )
}

/**
 * Counts a failed password. From `failuresMax` on, the account is locked for `lockMinutes` after each further one; until when is returned.
 * For the node alone, in a transaction that commits although the sign-in failed.
 */
export async function recordFailedSignIn(
  work: Work,
  userId: Id,
  limits: { failuresMax: number; lockMinutes: number },
): Promise<Instant | null> {
  const lockedUntil = addMilliseconds(work.now, limits.lockMinutes * 60_000)
  const row = await peopleTables(work)
    .updateTable('people.credential')
    .set({
      failed_count: sql<number>`failed_count + 1`,
      locked_until: sql<Instant | null>`CASE WHEN failed_count + 1 >= ${limits.failuresMax} THEN ${lockedUntil}::timestamptz END`,
    })
    .where('user_id', '=', userId)
    .returning('locked_until')
    .executeTakeFirst()
  return row?.locked_until ?? null
}

/** Forgets failures after a right password. For the node alone. */
export async function recordSuccessfulSignIn(work: Work, userId: Id): Promise<void> {
  await peopleTables(work)
    .updateTable('people.credential')
    .set({ failed_count: 0, locked_until: null })
    .where('user_id', '=', userId)
    .execute()
}
