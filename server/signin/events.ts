import type { Id, Instant, Work } from '../../ground/door.ts'
import type { ServerTables, SignInEventKind } from '../tables.ts'

/** One line of what happened to somebody's ways to sign in; `passkey` is the name of the one that it was about. */
export type SignInEvent = { seq: number; what: SignInEventKind; passkey: string | null; at: Instant }

/** Notes what happened to a user's ways to sign in. `work` must be the system's. */
export async function noteSignIn(
  work: Work,
  event: { userId: Id; what: SignInEventKind; passkeyId?: Id },
): Promise<void> {
  await work.db
    .withTables<ServerTables>()
    .insertInto('server.sign_in_event')
    .values({ user_id: event.userId, what: event.what, passkey_id: event.passkeyId ?? null, at: work.now })
    .execute()
}

/** What happened last to a user's ways to sign in, newest first. */
export async function signInEventsOf(work: Work, userId: Id, limit: number): Promise<SignInEvent[]> {
  return work.db
    .withTables<ServerTables>()
    .selectFrom('server.sign_in_event as event')
    .leftJoin('server.passkey as passkey', 'passkey.id', 'event.passkey_id')
    .select(['event.seq', 'event.what', 'passkey.name as passkey', 'event.at'])
    .where('event.user_id', '=', userId)
    .orderBy('event.seq', 'desc')
    .limit(limit)
    .execute()
}
