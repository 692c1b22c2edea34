import { z } from 'zod'
import type { Instant, MessageParams } from '../ground/door.ts'
import { canonicalJson } from './canonical.ts'
import {
  type Directory,
  findDirectoryKey,
  findDirectoryRegion,
  isDirectorySignedBy,
  isInForce,
  type SignedDirectory,
  schemaSignedDirectory,
} from './directory.ts'
import type { Envelope } from './envelope.ts'
import { isSignedBy } from './key.ts'
import { receiptKind, schemaReceipt } from './receipts.ts'
import { readWire, type Wire } from './wire.ts'

/** One thing that an evidence file does not hold up to. The sentence is `evidence.<code>`. */
export type EvidenceFinding = { code: string; params: MessageParams }

/** A message whose signature holds: who said it to whom, when it was signed, and when the other side says that it took it (null: no receipt). */
export type ProvenMessage = {
  envelope: Envelope
  signedAt: Instant
  signer: string
  takenAt: Instant | null
}

/** What an evidence file proves. `isReadable` false: it is none. */
export type EvidenceVerification = {
  isReadable: boolean
  /** Whether everything in it holds; whose the hub's key is stands aside. */
  holds: boolean
  /** Whether the directory goes back to the hub's key that was given. */
  isHubKnown: boolean
  /** The fingerprint of the hub's key that signed the newest directory. */
  hubSigner: string | null
  directoryVersion: number | null
  messages: ProvenMessage[]
  findings: EvidenceFinding[]
}

const schemaFile = z.strictObject({
  directories: z.array(schemaSignedDirectory),
  evidence: z.literal(1),
  messages: z.array(z.unknown()).min(1),
})

/**
 * Checks an evidence file from its bytes alone: no database, no network. `hubFingerprint` is the hub's key as the one who checks knows it from
 * elsewhere; without it the file can only be held against itself.
 */
export function verifyEvidence(
  bytes: Uint8Array,
  { hub, hubFingerprint }: { hub: string; hubFingerprint?: string | undefined },
): EvidenceVerification {
  const file = readFile(bytes)
  if (!file) return { ...nothing, findings: [finding('unreadable')] }
  const findings: EvidenceFinding[] = []
  if (!Buffer.from(canonicalJson(file)).equals(bytes)) findings.push(finding('not_canonical'))
  const trust = checkDirectories(file.directories, hub, hubFingerprint)
  findings.push(...trust.findings)
  const { directory } = trust
  const wires = file.messages.flatMap((message) => {
    const checked = checkMessage(message, directory)
    if ('wire' in checked) return checked.wire
    findings.push(checked.finding)
    return []
  })
  const messages = wires.filter(({ envelope }) => envelope.kind !== receiptKind).map((wire) => prove(wire, wires))
  findings.push(...messages.flatMap((message) => lostKey(message, directory)))
  return {
    isReadable: true,
    holds: findings.length === 0,
    isHubKnown: trust.isHubKnown,
    hubSigner: file.directories.at(-1)?.signer ?? null,
    directoryVersion: directory?.version ?? null,
    messages,
    findings,
  }
}

const nothing = {
  ...{ isReadable: false, holds: false, isHubKnown: false, hubSigner: null, directoryVersion: null },
  messages: [],
}

function finding(code: string, params: MessageParams = {}): EvidenceFinding {
  return { code, params }
}

function readFile(bytes: Uint8Array): z.infer<typeof schemaFile> | undefined {
  try {
    return schemaFile.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)))
  } catch {
    return undefined
  }
}

type Trust = { directory: Directory | undefined; isHubKnown: boolean; findings: EvidenceFinding[] }

/** Each directory must be signed with a key of the hub that the newest one lists, and the newest go back to the key that is trusted. */
function checkDirectories(
  directories: readonly SignedDirectory[],
  hub: string,
  hubFingerprint: string | undefined,
): Trust {
  const directory = directories.at(-1)?.directory
  if (!directory) return { directory, isHubKnown: false, findings: [finding('no_directory')] }
  const findings: EvidenceFinding[] = []
  const trusted = new Set([hubFingerprint ?? directories[0]?.signer])
  let versionBefore = 0
  for (const signed of directories) {
    const { version, issuedAt } = signed.directory
    const key = findDirectoryKey(directory, hub, signed.signer)
    if (version <= versionBefore) findings.push(finding('directory_order', { version }))
    versionBefore = version
    if (!key || !isInForce(key, issuedAt) || !isDirectorySignedBy(signed, key.publicKey)) {
      findings.push(finding('directory_wrong', { version }))
    } else if (trusted.has(signed.signer)) {
      for (const { fingerprint } of findDirectoryRegion(signed.directory, hub)?.keys ?? []) trusted.add(fingerprint)
    }
  }
  const isAnchored = trusted.has(directories.at(-1)?.signer)
  if (!isAnchored) findings.push(finding('hub_key_wrong', { fingerprint: directories.at(-1)?.signer ?? '-' }))
  return { directory, isHubKnown: isAnchored && hubFingerprint !== undefined, findings }
}

function checkMessage(
  message: unknown,
  directory: Directory | undefined,
): { wire: Wire } | { finding: EvidenceFinding } {
  const read = readWire(Buffer.from(canonicalJson(message)))
  if ('problem' in read) return { finding: finding(read.problem, { from: read.claimedFrom ?? '-' }) }
  const { wire } = read
  const { envelope, signer, signedAt } = wire
  const params = { messageId: envelope.id, from: envelope.from }
  const key = directory && findDirectoryKey(directory, envelope.from, signer)
  if (!key) return { finding: finding('key_not_listed', { ...params, fingerprint: signer }) }
  if (!isInForce(key, signedAt)) return { finding: finding('key_not_in_force', { ...params, signedAt }) }
  if (!isSignedBy(key.publicKey, wire.signedText, wire.signature))
    return { finding: finding('wrong_signature', params) }
  return { wire }
}

function prove({ envelope, envelopeSm3, signedAt, signer }: Wire, wires: readonly Wire[]): ProvenMessage {
  const takenAt = wires
    .filter((wire) => wire.envelope.kind === receiptKind)
    .filter((wire) => wire.envelope.from === envelope.to && wire.envelope.to === envelope.from)
    .flatMap((wire) => schemaReceipt.safeParse(wire.envelope.body).data?.taken ?? [])
    .find((taken) => taken.id === envelope.id && taken.envelopeSm3 === envelopeSm3)?.takenAt
  return { envelope, signedAt, signer, takenAt: takenAt ?? null }
}

/** Under a key that was lost since, only what the other side took before counts: whoever found the key can sign and date what they like. */
function lostKey({ envelope, signer, takenAt }: ProvenMessage, directory: Directory | undefined): EvidenceFinding[] {
  const revokedAt = directory && findDirectoryKey(directory, envelope.from, signer)?.revokedAt
  if (!revokedAt || (takenAt !== null && takenAt < revokedAt)) return []
  return [finding('key_lost', { messageId: envelope.id, from: envelope.from, revokedAt })]
}
