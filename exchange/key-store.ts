import { makeNodeKeys, type Node, seal, unseal, type Work } from '../ground/door.ts'
import { canonicalJson } from './canonical.ts'
import { type Directory, parseSignedDirectory, type SignedDirectory } from './directory.ts'
import type { EnvelopeVersion } from './envelope.ts'
import { fingerprintOf, type KeyPair, keyOfPem, pairOfNode } from './key.ts'
import { createKeyRing, type KeyOf, type KeyRing, rememberingSignatures, type SignatureCheck } from './key-ring.ts'
import { exchangeTables } from './tables.ts'

/** Keeps a node's key ring up to date with its tables. */
export type KeyStore = {
  readonly hub: string
  readonly hubFingerprint: string | undefined
  readonly reads: readonly EnvelopeVersion[]
  readonly keyOf: KeyOf
  readonly check: SignatureCheck
  /** The ring as it was last read; undefined before the first time. */
  ring(): KeyRing | undefined
  /** Reads the newest directory that was heard and the node's own pairs. As the system. */
  read(work: Work): Promise<KeyRing>
  /** Reads them and keeps the ring; for a work that has not written any of them, as they must be committed. */
  refresh(work: Work): Promise<KeyRing>
}

/** What a key store goes by. */
export type KeyStoreParts = {
  node: Node
  keyOf: KeyOf
  hub: string
  hubFingerprint: string | undefined
  reads: readonly EnvelopeVersion[]
}

/** See `KeyStore`. */
export function createKeyStore({ node, ...parts }: KeyStoreParts): KeyStore {
  const made = pairOfNode(node.keys)
  const ringOf = (directory: Directory | undefined, others: readonly KeyPair[]) =>
    createKeyRing({ ...parts, region: node.region, ownPairs: [made, ...others], directory })
  let ring: KeyRing | undefined
  const read = async (work: Work) => {
    const known = ring?.directory
    const [newer, pairs] = await Promise.all([findNewestDirectory(work, ring?.directoryVersion), readPairs(work)])
    return ringOf(newer?.directory ?? known, pairs)
  }
  return {
    ...parts,
    check: rememberingSignatures(),
    ring: () => ring,
    read,
    async refresh(work) {
      ring = await read(work)
      return ring
    },
  }
}

/** The newest directory that the node has heard, if it is newer than `thanVersion`. */
export async function findNewestDirectory(work: Work, thanVersion = 0): Promise<SignedDirectory | undefined> {
  const newest = await exchangeTables(work)
    .selectFrom('exchange.directory')
    .select('document')
    .where('version', '>', thanVersion)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest && parseSignedDirectory(newest.document)
}

/** A version of the directory, if the node has heard it. */
export async function findDirectory(work: Work, version: number): Promise<SignedDirectory | undefined> {
  const query = exchangeTables(work).selectFrom('exchange.directory').select('document').where('version', '=', version)
  const found = await query.executeTakeFirst()
  return found && parseSignedDirectory(found.document)
}

/** Every version of the directory that the node has heard, oldest first. */
export async function readDirectories(work: Work): Promise<SignedDirectory[]> {
  const rows = exchangeTables(work).selectFrom('exchange.directory').select('document').orderBy('version')
  return (await rows.execute()).map(({ document }) => parseSignedDirectory(document))
}

/** Keeps a directory. Its signature was checked before. */
export async function keepDirectory(work: Work, signed: SignedDirectory): Promise<void> {
  const { version, issuedAt } = signed.directory
  await exchangeTables(work)
    .insertInto('exchange.directory')
    .values({ version, issued_at: issuedAt, recorded_at: work.now, document: canonicalJson(signed) })
    .execute()
}

/** Makes a further pair of keys for the node and keeps it, the private half sealed. As the system. */
export async function makeSigningPair(work: Work): Promise<KeyPair> {
  const { keys, random } = work.node
  const pair = pairOfNode(makeNodeKeys(random))
  const publicKey = keyOfPem(pair.publicKeyPem)
  await exchangeTables(work)
    .insertInto('exchange.signing_key')
    .values({
      fingerprint: fingerprintOf(publicKey),
      public_key: pair.publicKeyPem,
      sealed_private_key: seal(keys, random, pair.privateKeyPem),
      made_at: work.now,
    })
    .execute()
  return pair
}

async function readPairs(work: Work): Promise<KeyPair[]> {
  const query = exchangeTables(work).selectFrom('exchange.signing_key').select(['public_key', 'sealed_private_key'])
  return (await query.orderBy('made_at').execute()).map((row) => ({
    publicKeyPem: row.public_key,
    privateKeyPem: unseal(work.node.keys, row.sealed_private_key),
  }))
}
