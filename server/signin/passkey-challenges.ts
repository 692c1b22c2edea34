import {
  addMilliseconds,
  type Clock,
  type Id,
  inTransaction,
  type Node,
  Refusal,
  sm3,
  systemActor,
} from '../../ground/door.ts'
import type { ServerTables } from '../tables.ts'

/** How long somebody has to find their key and touch it. */
export const challengeMilliseconds = 3 * 60_000

/** What an authenticator is asked to sign: by `userId` who adds a passkey, or (null) by whoever signs in. */
export async function makeChallenge(
  node: Node,
  machineClock: Clock,
  userId: Id | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = Uint8Array.from(node.random.bytes(32))
  await inTransaction(node, systemActor, ({ db }) =>
    db
      .withTables<ServerTables>()
      .insertInto('server.passkey_challenge')
      .values({
        challenge_sm3: sm3(Buffer.from(challenge).toString('base64url')),
        user_id: userId,
        expires_at: addMilliseconds(machineClock.now(), challengeMilliseconds),
        used_at: null,
      })
      .execute(),
  )
  return challenge
}

/**
 * Takes a challenge for the one time that it is good for, committed by itself, so that it is used up although what was signed is refused.
 * Refuses `passkey_challenge_over` for one that is unknown, used, too old, or was somebody else's.
 */
export async function takeChallenge(
  node: Node,
  machineClock: Clock,
  challenge: string,
  userId: Id | null,
): Promise<void> {
  const now = machineClock.now()
  const taken = await inTransaction(node, systemActor, ({ db }) =>
    db
      .withTables<ServerTables>()
      .updateTable('server.passkey_challenge')
      .set({ used_at: now })
      .where('challenge_sm3', '=', sm3(challenge))
      .where('user_id', 'is not distinct from', userId)
      .where('expires_at', '>', now)
      .where('used_at', 'is', null)
      .returning('challenge_sm3')
      .executeTakeFirst(),
  )
  if (!taken) throw new Refusal('passkey_challenge_over')
}
