import { addMilliseconds, type Instant } from '../ground/door.ts'
import { isInForce } from './directory.ts'
import type { EnvelopeVersion } from './envelope.ts'
import { introducedKey } from './introduction.ts'
import type { KeyRing, SignatureCheck } from './key-ring.ts'
import { readWire, type Wire, type WireProblem } from './wire.ts'

/** Why bytes that came in are refused for good. */
export type RefusalReason =
  | WireProblem
  | 'misaddressed'
  | 'unknown_sender'
  | 'wrong_signer'
  | 'wrong_signature'
  | 'key_revoked'
  | 'key_not_in_force'
  | 'id_reused'
  | 'replayed'

/**
 * A message whose signature holds, or why it does not; `claimedFrom` is then only what the bytes say. `directory_behind` is not for good: it names
 * a directory that this node has not heard yet.
 */
export type OpenedMessage =
  | { ok: true; wire: Wire }
  | { ok: false; reason: RefusalReason | 'directory_behind'; claimedFrom: string | null }

/** What opening needs to know of the node: who it is, what it reads, whom it knows, and when it is. */
export type Opener = {
  region: string
  hub: string
  /** The fingerprint of the hub's key as configured, where the key itself is not. */
  hubFingerprint: string | undefined
  reads: readonly EnvelopeVersion[]
  ring: KeyRing
  check: SignatureCheck
  now: Instant
}

/** How long after the end of a key a message that was signed under it may still come: a partner may have been away. */
const lateMilliseconds = 90 * 86_400_000

/** Reads wire bytes addressed to this node and checks who signed them. */
export function openMessage(bytes: Uint8Array, opener: Opener): OpenedMessage {
  const read = readWire(bytes)
  if ('problem' in read) return { ok: false, reason: read.problem, claimedFrom: read.claimedFrom }
  const { wire } = read
  const reason = opener.reads.includes(wire.version) ? problemOf(wire, opener) : 'malformed'
  return reason ? { ok: false, reason, claimedFrom: wire.envelope.from } : { ok: true, wire }
}

function problemOf(wire: Wire, opener: Opener): RefusalReason | 'directory_behind' | undefined {
  const { envelope, signer, signedAt } = wire
  const { ring, now } = opener
  if (envelope.to !== opener.region) return 'misaddressed'
  const known = ring.findKey(envelope.from, signer)
  const publicKey = known?.publicKey ?? introducedKey(wire, opener)
  if (publicKey === undefined) {
    if (wire.directoryVersion > ring.directoryVersion) return 'directory_behind'
    return ring.knows(envelope.from) ? 'wrong_signer' : 'unknown_sender'
  }
  if (!opener.check(publicKey, wire.signedText, wire.signature)) return 'wrong_signature'
  if (!known) return undefined
  if (known.revokedAt !== null) return 'key_revoked'
  const isTooLate = known.to !== null && addMilliseconds(known.to, lateMilliseconds) <= now
  return isTooLate || !isInForce(known, signedAt) ? 'key_not_in_force' : undefined
}
