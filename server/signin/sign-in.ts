import { type Clock, type Id, inTransaction, type Node, Refusal, systemActor, type Work } from '../../ground/door.ts'
import {
  assignmentsOf,
  findUserByLogin,
  recordFailedSignIn,
  recordSuccessfulSignIn,
  type SignIn,
} from '../../people/door.ts'
import { noteSignIn } from './events.ts'
import { isPassword } from './passwords.ts'
import { openSession, type Session } from './sessions.ts'

const limits = { failuresMax: 5, lockMinutes: 15 }

/** A session just begun, with the token that only the browser keeps. */
export type BegunSession = { token: string; session: Session }

/**
 * Signs in by password. Refuses `credentials_wrong` (for an unknown login as for a wrong password) and, after five failures, `account_locked`
 * for a quarter of an hour.
 */
export async function signIn(
  node: Node,
  machineClock: Clock,
  credentials: { login: string; password: string },
): Promise<BegunSession> {
  const user = await inTransaction(node, systemActor, (work) => findUserByLogin(work, credentials.login))
  refuseLocked(user, node.clock.now())
  const matches = await isPassword(credentials.password, user?.passwordHash ?? null)
  if (!user || !matches) {
    // Committed by itself, so that the failure counts although the sign-in is refused.
    if (user) await inTransaction(node, systemActor, (work) => noteFailure(work, user.userId))
    throw new Refusal('credentials_wrong')
  }
  return inTransaction(node, systemActor, async (work) => {
    await recordSuccessfulSignIn(work, user.userId)
    await noteSignIn(work, { userId: user.userId, what: 'password_used' })
    return beginSession(work, machineClock, user)
  })
}

/** Signs in without a password: the demo world only. Refuses `credentials_wrong` for an unknown login. */
export function signInToDemo(node: Node, machineClock: Clock, login: string): Promise<BegunSession> {
  return inTransaction(node, systemActor, async (work) => {
    const user = await findUserByLogin(work, login)
    if (!user) throw new Refusal('credentials_wrong')
    return beginSession(work, machineClock, user)
  })
}

async function noteFailure(work: Work, userId: Id): Promise<void> {
  await recordFailedSignIn(work, userId, limits)
  await noteSignIn(work, { userId, what: 'password_refused' })
}

function refuseLocked(user: SignIn | undefined, now: string): void {
  if (user?.lockedUntil && now < user.lockedUntil)
    throw new Refusal('account_locked', { params: { minutes: limits.lockMinutes } })
}

/** Begins as the user's own person where there is one, else in their first assignment. `work` must be the system's. */
export async function beginSession(
  work: Work,
  machineClock: Clock,
  user: { userId: Id; personId: Id | null },
): Promise<BegunSession> {
  const [assignment] = user.personId ? [] : await assignmentsOf(work, user.userId, work.today)
  return openSession(work, {
    userId: user.userId,
    assignmentId: assignment?.assignmentId ?? null,
    now: machineClock.now(),
    random: work.node.random,
  })
}
