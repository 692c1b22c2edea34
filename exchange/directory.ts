import { z } from 'zod'
import { type Instant, parseInput, schemaInstant, schemaRegion, sm3 } from '../ground/door.ts'
import { canonicalJson } from './canonical.ts'
import { fingerprintOf, isSignedBy, type KeyPair, keyOfPem, schemaPublicKey, schemaSm3, signText } from './key.ts'

/**
 * A key by which a region is known. It signs from `from` (null: since the region's first day) until before `to` (null: no end is set). A key that was
 * revoked was lost: from `revokedAt` on nothing under it is taken any more, whatever day it says.
 */
export type DirectoryKey = {
  fingerprint: string
  publicKey: string
  from: Instant | null
  to: Instant | null
  revokedAt: Instant | null
}

/** A region with the envelope versions it reads and every key it ever had, oldest first. */
export type DirectoryRegion = { region: string; reads: number[]; keys: DirectoryKey[] }

/** Who is who, as the hub says it: a new version with every change, each naming the SM3 of the one before (null: the first). */
export type Directory = {
  version: number
  issuedAt: Instant
  previousSm3: string | null
  regions: DirectoryRegion[]
}

/** A directory under the hub's signature. `signer` is the fingerprint of the hub's key. */
export type SignedDirectory = { directory: Directory; signature: string; signer: string }

const domain = 'tongban directory 1\n'

const schemaKey = z
  .strictObject({
    fingerprint: schemaSm3,
    publicKey: schemaPublicKey,
    from: schemaInstant.nullable(),
    to: schemaInstant.nullable(),
    revokedAt: schemaInstant.nullable(),
  })
  .refine(({ fingerprint, publicKey }) => fingerprintOf(publicKey) === fingerprint, {
    error: 'the fingerprint of the key',
  })

/** The envelope versions that a region reads. */
export const schemaReads = z.array(z.int().min(1)).min(1)

/** A signed directory as it comes in from outside; whose signature it is remains to be checked. */
export const schemaSignedDirectory: z.ZodType<SignedDirectory> = z.strictObject({
  directory: z.strictObject({
    version: z.int().min(1),
    issuedAt: schemaInstant,
    previousSm3: schemaSm3.nullable(),
    regions: z.array(z.strictObject({ region: schemaRegion, reads: schemaReads, keys: z.array(schemaKey).min(1) })),
  }),
  signature: z.string(),
  signer: schemaSm3,
})

/** Signs a directory as the hub. */
export function signDirectory(pair: KeyPair, directory: Directory): SignedDirectory {
  const signature = signText(pair, domain + canonicalJson(directory))
  return { directory, signature, signer: fingerprintOf(keyOfPem(pair.publicKeyPem)) }
}

/** True when a directory is signed with this key. */
export function isDirectorySignedBy({ directory, signature, signer }: SignedDirectory, publicKey: string): boolean {
  return fingerprintOf(publicKey) === signer && isSignedBy(publicKey, domain + canonicalJson(directory), signature)
}

/** What the next version names as `previousSm3`. */
export function directorySm3(directory: Directory): string {
  return sm3(canonicalJson(directory))
}

/** A signed directory from the text it was kept as. */
export function parseSignedDirectory(text: string): SignedDirectory {
  return parseInput(schemaSignedDirectory, JSON.parse(text), 'directory')
}

/** A region's key in a directory by its fingerprint. */
export function findDirectoryKey(directory: Directory, region: string, fingerprint: string): DirectoryKey | undefined {
  return findDirectoryRegion(directory, region)?.keys.find((key) => key.fingerprint === fingerprint)
}

/** A region in a directory. */
export function findDirectoryRegion(directory: Directory, region: string): DirectoryRegion | undefined {
  return directory.regions.find((entry) => entry.region === region)
}

/** True when a key was in force at a moment, as far as its days go; whether it was lost since is another question. */
export function isInForce({ from, to }: Pick<DirectoryKey, 'from' | 'to'>, at: Instant): boolean {
  return (from === null || from <= at) && (to === null || at < to)
}

/** A change to the directory: a key that is added or lost, or other envelope versions that a region reads. */
export type DirectoryChange =
  | { kind: 'add_key'; region: string; publicKey: string; reads: number[] }
  | { kind: 'reads'; region: string; reads: number[] }
  | { kind: 'revoke_key'; region: string; fingerprint: string }

/**
 * The next version with these changes. A region's first key holds since ever; a later one from now on, and the ones before it end after
 * `overlapMilliseconds`, so that what is under way under them still arrives.
 */
export function nextDirectory(
  last: Directory | undefined,
  changes: readonly DirectoryChange[],
  moment: { issuedAt: Instant; overlapEndsAt: Instant },
): Directory {
  const regions = new Map(last?.regions.map((entry) => [entry.region, entry]))
  for (const change of changes) {
    const entry = regions.get(change.region) ?? { region: change.region, reads: [1], keys: [] }
    regions.set(change.region, changedRegion(entry, change, moment))
  }
  return {
    version: (last?.version ?? 0) + 1,
    issuedAt: moment.issuedAt,
    previousSm3: last ? directorySm3(last) : null,
    regions: [...regions.values()].filter(({ keys }) => keys.length > 0).sort((a, b) => (a.region < b.region ? -1 : 1)),
  }
}

function changedRegion(
  entry: DirectoryRegion,
  change: DirectoryChange,
  { issuedAt, overlapEndsAt }: { issuedAt: Instant; overlapEndsAt: Instant },
): DirectoryRegion {
  switch (change.kind) {
    case 'reads':
      return { ...entry, reads: change.reads }
    case 'revoke_key': {
      const revoke = (key: DirectoryKey) =>
        key.fingerprint === change.fingerprint && key.revokedAt === null ? { ...key, revokedAt: issuedAt } : key
      return { ...entry, keys: entry.keys.map(revoke) }
    }
    case 'add_key': {
      const { publicKey, reads } = change
      const fingerprint = fingerprintOf(publicKey)
      if (entry.keys.some((key) => key.fingerprint === fingerprint)) return { ...entry, reads }
      const from = entry.keys.length === 0 ? null : issuedAt
      const ended = entry.keys.map((key) => (key.to === null ? { ...key, to: overlapEndsAt } : key))
      return { ...entry, reads, keys: [...ended, { fingerprint, publicKey, from, to: null, revokedAt: null }] }
    }
  }
}
