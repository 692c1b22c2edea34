import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import {
  type Clock,
  type Id,
  type Instant,
  inTransaction,
  type Node,
  Refusal,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { findUserByLogin, getUser } from '../../people/door.ts'
import type { ServerTables } from '../tables.ts'
import { noteSignIn } from './events.ts'
import { challengeMilliseconds, makeChallenge, takeChallenge } from './passkey-challenges.ts'
import { endOtherSessions, type Session } from './sessions.ts'
import { type BegunSession, beginSession } from './sign-in.ts'

/** Where the passkeys of a node are good: its database, and the address under which people open its pages. */
export type PasskeyPlace = {
  node: Node
  machineClock: Clock
  /** `https://…`, whose host is the id that passkeys are bound to; undefined where the node is set up without passkeys. */
  origin: string | undefined
}

/** A passkey as its owner sees it. `synced` comes to the owner's new devices by itself. */
export type Passkey = { passkeyId: Id; name: string; synced: boolean; addedAt: Instant; lastUsedAt: Instant | null }

const passkeysMax = 10

/** A user's passkeys, oldest first. */
export async function passkeysOf(work: Work, userId: Id): Promise<Passkey[]> {
  return tables(work)
    .selectFrom('server.passkey')
    .select(['id as passkeyId', 'name', 'synced', 'added_at as addedAt', 'last_used_at as lastUsedAt'])
    .where('user_id', '=', userId)
    .where('removed_at', 'is', null)
    .orderBy('added_at')
    .execute()
}

/** What the browser is asked to make a passkey by. Refuses `passkeys_not_set_up` and `passkeys_too_many`. */
export async function passkeyToAdd(place: PasskeyPlace, userId: Id): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { node, machineClock } = place
  const rpID = hostOf(place)
  const { user, known } = await inTransaction(node, systemActor, async (work) => ({
    user: await getUser(work, userId),
    known: await credentialsOf(work, userId),
  }))
  if (known.length >= passkeysMax) throw new Refusal('passkeys_too_many', { params: { count: passkeysMax } })
  return generateRegistrationOptions({
    rpName: '通办 Tongban',
    rpID,
    // One host may serve many regions, and a person may have a passkey in each: the region tells them apart where the device lists them.
    userName: `${user.login}@${node.region}`,
    userDisplayName: user.displayName,
    userID: Uint8Array.from(Buffer.from(userId)),
    challenge: await makeChallenge(node, machineClock, userId),
    timeout: challengeMilliseconds,
    attestationType: 'none',
    excludeCredentials: known,
    // Kept by the device with its owner's name, and used with a finger, a face or a PIN: enough by itself, without a login or a password.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/**
 * Adds the passkey that the browser made. Refuses `passkey_challenge_over`, `passkey_wrong` (not made for this address, or not as asked) and
 * `passkey_known`.
 */
export async function addPasskey(
  place: PasskeyPlace,
  userId: Id,
  { name, response }: { name: string; response: RegistrationResponseJSON },
): Promise<Id> {
  const { node, machineClock } = place
  const rpID = hostOf(place)
  const challenge = challengeIn(response.response.clientDataJSON)
  await takeChallenge(node, machineClock, challenge, userId)
  const { verified, registrationInfo } = await orWrong(
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: originOf(place),
      expectedRPID: rpID,
      requireUserVerification: true,
    }),
  )
  if (!verified) throw new Refusal('passkey_wrong')
  const { credential, credentialDeviceType } = registrationInfo
  return inTransaction(node, systemActor, async (work) => {
    const passkeyId = work.newId()
    const row = await tables(work)
      .insertInto('server.passkey')
      .values({
        id: passkeyId,
        credential_id: credential.id,
        user_id: userId,
        name,
        public_key: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: credential.transports ?? [],
        synced: credentialDeviceType === 'multiDevice',
        added_at: work.now,
        last_used_at: null,
        removed_at: null,
      })
      .onConflict((conflict) => conflict.constraint('passkey_once').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) throw new Refusal('passkey_known')
    await noteSignIn(work, { userId, what: 'passkey_added', passkeyId })
    return passkeyId
  })
}

/**
 * Takes a passkey away and ends the user's other sessions, which may have begun with it. Refuses `passkey_unknown`, and
 * `last_way_to_sign_in` for the last one of a user without a password.
 */
export async function removePasskey(place: PasskeyPlace, session: Session, passkeyId: Id): Promise<void> {
  const { node, machineClock } = place
  const { userId } = session
  await inTransaction(node, systemActor, async (work) => {
    // Two that are taken away at once meet here.
    const own = await tables(work)
      .selectFrom('server.passkey')
      .select('id')
      .where('user_id', '=', userId)
      .where('removed_at', 'is', null)
      .orderBy('id')
      .forUpdate()
      .execute()
    if (!own.some(({ id }) => id === passkeyId)) throw new Refusal('passkey_unknown')
    if (own.length === 1 && !(await hasPassword(work, userId))) throw new Refusal('last_way_to_sign_in')
    await tables(work).updateTable('server.passkey').set({ removed_at: work.now }).where('id', '=', passkeyId).execute()
    await endOtherSessions(work, session, machineClock.now())
    await noteSignIn(work, { userId, what: 'passkey_removed', passkeyId })
  })
}

/** True for a user who may sign in by password. `work` must be the system's. */
export async function hasPassword(work: Work, userId: Id): Promise<boolean> {
  const { login } = await getUser(work, userId)
  const found = await findUserByLogin(work, login)
  return typeof found?.passwordHash === 'string'
}

/** What the browser is asked to sign in by: any passkey of this host that its owner chooses. Refuses `passkeys_not_set_up`. */
export async function passkeyAskedFor(place: PasskeyPlace): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: hostOf(place),
    challenge: await makeChallenge(place.node, place.machineClock, null),
    timeout: challengeMilliseconds,
    userVerification: 'required',
  })
}

/**
 * Signs in by passkey. Refuses `passkey_challenge_over`, `passkey_unknown` (not of this node, or taken away), `passkey_wrong` (signed for another
 * address or by another key) and `passkey_copied` (its counter did not go up: somebody else has used the same key).
 */
export async function signInByPasskey(
  place: PasskeyPlace,
  response: AuthenticationResponseJSON,
): Promise<BegunSession> {
  const { node, machineClock } = place
  const challenge = challengeIn(response.response.clientDataJSON)
  await takeChallenge(node, machineClock, challenge, null)
  const passkey = await inTransaction(node, systemActor, (work) => findCredential(work, response.id))
  if (!passkey) throw new Refusal('passkey_unknown')
  const refused = async (code: string) => {
    // Committed by itself, so that its owner learns of it although the sign-in is refused.
    await inTransaction(node, systemActor, (work) =>
      noteSignIn(work, { userId: passkey.user_id, what: 'passkey_refused', passkeyId: passkey.id }),
    )
    return new Refusal(code)
  }
  const verified = await verifySignature(place, challenge, response, passkey).catch(async (error: unknown) => {
    throw error instanceof Refusal ? await refused(error.code) : error
  })
  const begun = await inTransaction(node, systemActor, async (work) => {
    if (!(await countUp(work, passkey.id, verified.newCounter))) return undefined
    await noteSignIn(work, { userId: passkey.user_id, what: 'passkey_used', passkeyId: passkey.id })
    return beginSession(work, machineClock, await getUser(work, passkey.user_id))
  })
  return begun ?? Promise.reject(await refused('passkey_copied'))
}

type Credential = { id: Id; user_id: Id; credential_id: string; public_key: Uint8Array }

async function verifySignature(
  place: PasskeyPlace,
  challenge: string,
  response: AuthenticationResponseJSON,
  passkey: Credential,
) {
  const { verified, authenticationInfo } = await orWrong(
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: originOf(place),
      expectedRPID: hostOf(place),
      requireUserVerification: true,
      // The counter is compared where it is written (`countUp`), so that of two that come at once one is refused.
      credential: { id: passkey.credential_id, publicKey: Uint8Array.from(passkey.public_key), counter: 0 },
    }),
  )
  // The handle is the user's id, which the authenticator keeps beside the key.
  const handle = response.response.userHandle
  const isOwn = handle === undefined || Buffer.from(handle, 'base64url').toString() === passkey.user_id
  if (!verified || !isOwn) throw new Refusal('passkey_wrong')
  return authenticationInfo
}

/** Writes the counter and the time of use; false where the counter did not go up (0 says that the authenticator does not count). */
async function countUp(work: Work, passkeyId: Id, counter: number): Promise<boolean> {
  const row = await tables(work)
    .updateTable('server.passkey')
    .set({ counter, last_used_at: work.now })
    .where('id', '=', passkeyId)
    .where('removed_at', 'is', null)
    .where((where) =>
      where.or([where('counter', '<', counter), where.and([where('counter', '=', 0), where.val(counter === 0)])]),
    )
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

function findCredential(work: Work, credentialId: string): Promise<Credential | undefined> {
  return tables(work)
    .selectFrom('server.passkey')
    .select(['id', 'user_id', 'credential_id', 'public_key'])
    .where('credential_id', '=', credentialId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
}

function credentialsOf(work: Work, userId: Id) {
  return tables(work)
    .selectFrom('server.passkey')
    .select(['credential_id as id', 'transports'])
    .where('user_id', '=', userId)
    .where('removed_at', 'is', null)
    .execute()
}

/** The library throws where what was signed is not what was asked; which part it was helps only somebody who tries. */
async function orWrong<Verified>(verifying: Promise<Verified>): Promise<Verified> {
  try {
    return await verifying
  } catch (error) {
    throw Object.assign(new Refusal('passkey_wrong'), { cause: error })
  }
}

/** The challenge that the browser says it was given. */
function challengeIn(clientDataJson: string): string {
  try {
    const read: unknown = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString())
    if (typeof read === 'object' && read !== null && 'challenge' in read) return String(read.challenge)
  } catch {
    // Not what a browser sends.
  }
  throw new Refusal('passkey_wrong')
}

function originOf({ origin }: PasskeyPlace): string {
  if (origin === undefined) throw new Refusal('passkeys_not_set_up')
  return origin
}

function hostOf(place: PasskeyPlace): string {
  return new URL(originOf(place)).hostname
}

function tables(work: Work) {
  return work.db.withTables<ServerTables>()
}
