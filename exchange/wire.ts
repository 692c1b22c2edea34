import { z } from 'zod'
import { type Instant, must, schemaInstant, schemaRegion } from '../ground/door.ts'
import { canonicalJson } from './canonical.ts'
import {
  type Envelope,
  type EnvelopeVersion,
  envelopeText,
  schemaEnvelope1,
  schemaEnvelope2,
  upcastEnvelope,
} from './envelope.ts'
import { fingerprintOf, type KeyPair, keyOfPem, schemaSm3, signText } from './key.ts'
import { merkleLeaf, merkleRoot, merkleTree } from './merkle.ts'

/**
 * What one signature of version 2 stands for: the root over the envelopes that a region sent in one round, and when and under which directory of
 * keys it was made. `signer` is the fingerprint of the key.
 */
export type BatchHeader = {
  count: number
  directoryVersion: number
  from: string
  root: string
  signedAt: Instant
  signer: string
  version: 2
}

/** A message as it was read from the wire, before anybody's key is looked at. */
export type Wire = {
  envelope: Envelope
  version: EnvelopeVersion
  /** The fingerprint of the key that is said to have signed, and when and under which directory it says so (version 1: the envelope's own moment, none). */
  signer: string
  signedAt: Instant
  directoryVersion: number
  /** The text that is signed, and the signature over it. */
  signedText: string
  signature: string
}

/** Why bytes are no message at all, whoever signed them. */
export type WireProblem = 'malformed' | 'not_canonical' | 'not_in_batch'

/** What is signed begins with what it is, so that a signature over one thing never stands for another. */
const batchDomain = 'tongban batch 2\n'

const schemaHeader = z.strictObject({
  count: z.int().min(1),
  directoryVersion: z.int().min(0),
  from: schemaRegion,
  root: schemaSm3,
  signedAt: schemaInstant,
  signer: schemaSm3,
  version: z.literal(2),
})

const schemaWire1 = z.strictObject({ envelope: schemaEnvelope1, signature: z.string(), signer: z.string() })

const schemaWire2 = z.strictObject({
  batch: schemaHeader,
  envelope: schemaEnvelope2,
  index: z.int().min(0),
  path: z.array(schemaSm3),
  signature: z.string(),
})

/** The wire bytes of an envelope in version 1: `{envelope, signature, signer}`, signed by itself. */
export function signSingly(pair: KeyPair, envelope: Envelope): Uint8Array {
  const text = envelopeText(envelope, 1)
  const signer = fingerprintOf(keyOfPem(pair.publicKeyPem))
  return Buffer.from(`{"envelope":${text},"signature":"${signText(pair, text)}","signer":"${signer}"}`)
}

/**
 * The wire bytes of envelopes in version 2, in their order: one signature over the root of all, and with each its place in the tree, so that
 * every message stands by itself. All must be from `from`; there must be one at least.
 */
export function signBatch(
  pair: KeyPair,
  envelopes: readonly Envelope[],
  made: { from: string; signedAt: Instant; directoryVersion: number },
): Uint8Array[] {
  const texts = envelopes.map((envelope) => envelopeText(envelope, 2))
  const tree = merkleTree(texts.map(merkleLeaf))
  const signer = fingerprintOf(keyOfPem(pair.publicKeyPem))
  const header: BatchHeader = { ...made, count: texts.length, root: tree.root, signer, version: 2 }
  const headerText = canonicalJson(header)
  const signature = signText(pair, batchDomain + headerText)
  return texts.map((text, index) => {
    const path = canonicalJson(tree.path(index))
    return Buffer.from(
      `{"batch":${headerText},"envelope":${text},"index":${index},"path":${path},"signature":"${signature}"}`,
    )
  })
}

/** Reads wire bytes of either version. Bytes that are not exactly canonical are none: evidence has one form. */
export function readWire(bytes: Uint8Array): { wire: Wire } | { problem: WireProblem; claimedFrom: string | null } {
  const read = parseWire(bytes)
  if (!read) return { problem: 'malformed', claimedFrom: null }
  const claimedFrom = read.envelope.from
  if (!Buffer.from(canonicalJson(read)).equals(bytes)) return { problem: 'not_canonical', claimedFrom }
  const wire = 'batch' in read ? wireOfBatch(read) : wireOfOne(read)
  return wire ? { wire } : { problem: 'not_in_batch', claimedFrom }
}

/** The message in wire bytes that were checked before (kept evidence); throws `BrokenInvariant` where there is none. */
export function getWire(bytes: Uint8Array): Wire {
  const read = readWire(bytes)
  return must('wire' in read ? read.wire : undefined, 'a message in the kept bytes')
}

type Wire1 = z.infer<typeof schemaWire1>
type Wire2 = z.infer<typeof schemaWire2>

function parseWire(bytes: Uint8Array): Wire1 | Wire2 | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
    const isBatch = typeof value === 'object' && value !== null && 'batch' in value
    return isBatch ? schemaWire2.parse(value) : schemaWire1.parse(value)
  } catch {
    return undefined
  }
}

function wireOfOne({ envelope, signature, signer }: Wire1): Wire {
  const signed = { signedText: canonicalJson(envelope), signature, signer, signedAt: envelope.sentAt }
  return { ...signed, envelope: upcastEnvelope(envelope), version: 1, directoryVersion: 0 }
}

function wireOfBatch({ batch, envelope, index, path, signature }: Wire2): Wire | undefined {
  const leaf = merkleLeaf(envelopeText(envelope, 2))
  if (envelope.from !== batch.from) return undefined
  if (merkleRoot(leaf, { index, count: batch.count, path }) !== batch.root) return undefined
  const { signer, signedAt, directoryVersion, version } = batch
  return {
    envelope,
    version,
    signer,
    signedAt,
    directoryVersion,
    signature,
    signedText: batchDomain + canonicalJson(batch),
  }
}
