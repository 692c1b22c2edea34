import {
  addMilliseconds,
  type Id,
  type Instant,
  millisecondsBetween,
  type Random,
  sm3,
  type Work,
} from '../../ground/door.ts'
import type { ServerTables } from '../tables.ts'

/** A signed-in browser on one node. Times are the machine's, not the demo world's: moving that clock signs nobody out. */
export type Session = {
  tokenSm3: string
  csrfToken: string
  userId: Id
  /** The assignment the user acts through; null: their own person. */
  assignmentId: Id | null
  /** The person they act for, where they act as a person for somebody else. */
  onBehalfOf: Id | null
}

const minute = 60_000
/** Staff leave a counter unattended; a resident's phone is their own. */
const idleMilliseconds = { assignment: 30 * minute, person: 12 * 60 * minute }
const longestMilliseconds = 12 * 60 * minute
const touchEveryMilliseconds = minute

/** Starts a session and returns its token, 32 random bytes that are stored only as an SM3 digest. `work` must be the system's. */
export async function openSession(
  work: Work,
  start: { userId: Id; assignmentId: Id | null; now: Instant; random: Random },
): Promise<{ token: string; session: Session }> {
  const token = Buffer.from(start.random.bytes(32)).toString('base64url')
  const csrfToken = Buffer.from(start.random.bytes(32)).toString('base64url')
  const session = { tokenSm3: sm3(token), csrfToken, userId: start.userId, assignmentId: start.assignmentId }
  await tables(work)
    .insertInto('server.session')
    .values({
      token_sm3: session.tokenSm3,
      csrf_token: csrfToken,
      user_id: start.userId,
      assignment_id: start.assignmentId,
      on_behalf_of: null,
      started_at: start.now,
      last_seen_at: start.now,
      ended_at: null,
    })
    .execute()
  return { token, session: { ...session, onBehalfOf: null } }
}

/**
 * The living session of a token, if there is one; notes that it was used (at most once a minute), unless `isUse` is false: what a page asks while
 * nobody is at it keeps nobody signed in. `work` must be the system's.
 */
export async function findSession(
  work: Work,
  token: string,
  now: Instant,
  { isUse }: { isUse: boolean },
): Promise<Session | undefined> {
  const row = await findLiving(work, sm3(token), now)
  if (!row) return undefined
  if (isUse && millisecondsBetween(row.last_seen_at, now) >= touchEveryMilliseconds) {
    await tables(work)
      .updateTable('server.session')
      .set({ last_seen_at: now })
      .where('token_sm3', '=', row.token_sm3)
      .execute()
  }
  return sessionOf(row)
}

/** The session as it is by now, looked at without being used; undefined once it has ended. `work` must be the system's. */
export async function lookAtSession(work: Work, { tokenSm3 }: Session, now: Instant): Promise<Session | undefined> {
  const row = await findLiving(work, tokenSm3, now)
  return row && sessionOf(row)
}

async function findLiving(work: Work, tokenSm3: string, now: Instant) {
  const row = await tables(work)
    .selectFrom('server.session')
    .selectAll()
    .where('token_sm3', '=', tokenSm3)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const idle = idleMilliseconds[row.assignment_id ? 'assignment' : 'person']
  const expiresAt = [addMilliseconds(row.last_seen_at, idle), addMilliseconds(row.started_at, longestMilliseconds)]
  return expiresAt.some((instant) => instant <= now) ? undefined : row
}

function sessionOf(row: NonNullable<Awaited<ReturnType<typeof findLiving>>>): Session {
  return {
    tokenSm3: row.token_sm3,
    csrfToken: row.csrf_token,
    userId: row.user_id,
    assignmentId: row.assignment_id,
    onBehalfOf: row.on_behalf_of,
  }
}

/** Changes what a session acts as. `work` must be the system's; whether the user may is the caller's question. */
export async function changeActing(
  work: Work,
  session: Session,
  acting: { assignmentId: Id | null; onBehalfOf: Id | null },
): Promise<void> {
  await tables(work)
    .updateTable('server.session')
    .set({ assignment_id: acting.assignmentId, on_behalf_of: acting.onBehalfOf })
    .where('token_sm3', '=', session.tokenSm3)
    .execute()
}

/** Ends a session for ever. `work` must be the system's. */
export async function endSession(work: Work, session: Session, now: Instant): Promise<void> {
  await tables(work)
    .updateTable('server.session')
    .set({ ended_at: now })
    .where('token_sm3', '=', session.tokenSm3)
    .execute()
}

/** Ends every other session of the user on this node. `work` must be the system's. */
export async function endOtherSessions(work: Work, session: Session, now: Instant): Promise<void> {
  await tables(work)
    .updateTable('server.session')
    .set({ ended_at: now })
    .where('user_id', '=', session.userId)
    .where('token_sm3', '!=', session.tokenSm3)
    .where('ended_at', 'is', null)
    .execute()
}

function tables(work: Work) {
  return work.db.withTables<ServerTables>()
}
