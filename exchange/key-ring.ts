import { type Instant, sm3 } from '../ground/door.ts'
import { type Directory, type DirectoryKey, findDirectoryRegion, isInForce } from './directory.ts'
import { type EnvelopeVersion, envelopeVersions } from './envelope.ts'
import { fingerprintOf, isSignedBy, type KeyPair, keyOfPem, type PublicKey } from './key.ts'

/** The public key (PEM) that a region is configured with, or undefined where it has none; at least the hub's is pinned so, or its fingerprint. */
export type KeyOf = (region: string) => string | undefined

/** What a node knows of keys at a moment: its configuration, the newest directory, and its own pairs. Never changes; a newer one takes its place. */
export type KeyRing = {
  /** 0 where no directory is known yet. */
  readonly directoryVersion: number
  readonly directory: Directory | undefined
  /**
   * The pair that this node signs with at a moment: the newest of its own that the directory has in force. Where it has none (they were lost), the
   * newest there is, to introduce it; where it does not know the node yet, the one it was made with.
   */
  signingPair(at: Instant): KeyPair
  /** False where the directory knows the node and none of its keys is valid any more: what it signs then nobody takes but an introduction. */
  readonly canSign: boolean
  /** The newest key of a region that was in force at a moment. */
  findKeyAt(region: string, at: Instant): PublicKey | undefined
  /** A region's key by its fingerprint, in force or not. Where the directory knows the region it alone counts, else the configuration. */
  findKey(region: string, fingerprint: string): DirectoryKey | undefined
  knows(region: string): boolean
  /** The highest envelope version that a region reads, as far as this node writes it. The directory says so; who is not in it runs this release. */
  versionFor(region: string): EnvelopeVersion
}

/** What a key ring is made of. `reads` are the envelope versions of this node. */
export type KeyRingParts = {
  region: string
  keyOf: KeyOf
  reads: readonly EnvelopeVersion[]
  ownPairs: readonly [KeyPair, ...KeyPair[]]
  directory: Directory | undefined
}

/** See `KeyRing`. */
export function createKeyRing({ region: ownRegion, keyOf, reads, ownPairs, directory }: KeyRingParts): KeyRing {
  const keysOf = (region: string): readonly DirectoryKey[] =>
    (directory && findDirectoryRegion(directory, region)?.keys) ?? configuredKeys(keyOf(region))
  const newestFirst = (region: string, at: Instant) =>
    keysOf(region)
      .filter((key) => isInForce(key, at) && (key.revokedAt === null || at < key.revokedAt))
      .toReversed()
  const listedKeys = directory && findDirectoryRegion(directory, ownRegion)?.keys
  const unlistedPair = () => (listedKeys && ownPairs.at(-1)) || ownPairs[0]
  return {
    directory,
    directoryVersion: directory?.version ?? 0,
    canSign: listedKeys === undefined || listedKeys.some(({ revokedAt, to }) => revokedAt === null && to === null),
    signingPair: (at) =>
      newestFirst(ownRegion, at)
        .map(({ publicKey }) => ownPairs.find(({ publicKeyPem }) => keyOfPem(publicKeyPem) === publicKey))
        .find((pair) => pair !== undefined) ?? unlistedPair(),
    findKeyAt: (region, at) => newestFirst(region, at)[0]?.publicKey,
    findKey: (region, fingerprint) => keysOf(region).find((key) => key.fingerprint === fingerprint),
    knows: (region) => keysOf(region).length > 0,
    versionFor: (region) => {
      const theirs = (directory && findDirectoryRegion(directory, region)?.reads) ?? envelopeVersions
      return reads.findLast((version) => theirs.includes(version)) ?? 1
    },
  }
}

/** Checks signatures and remembers those that held, so that the messages of one batch cost one check. */
export type SignatureCheck = (key: PublicKey, text: string, signature: string) => boolean

const rememberedMax = 1000

/** See `SignatureCheck`. */
export function rememberingSignatures(): SignatureCheck {
  const held = new Set<string>()
  return (key, text, signature) => {
    const name = sm3(`${key} ${signature} ${text}`)
    if (held.has(name)) return true
    if (!isSignedBy(key, text, signature)) return false
    if (held.size >= rememberedMax) held.clear()
    held.add(name)
    return true
  }
}

function configuredKeys(pem: string | undefined): DirectoryKey[] {
  if (pem === undefined) return []
  const publicKey = keyOfPem(pem)
  return [{ publicKey, fingerprint: fingerprintOf(publicKey), from: null, to: null, revokedAt: null }]
}
