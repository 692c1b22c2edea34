import { z } from 'zod'
import { type Instant, must, schemaInstant, schemaRegion, sm3 } from '../ground/door.ts'
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
  /** The digest by which the message is known, however often and in which version it was signed: SM3 of its canonical text in version 2. */
  envelopeSm3: string
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
  return Buffer.from(wireText1(text, signText(pair, text), fingerprintOf(keyOfPem(pair.publicKeyPem))))
}

/**
 * The wire bytes of envelopes in version 2, given as their canonical texts, in their order: one signature over the root of all, and with each its
 * place in the tree, so that every message stands by itself. All must be from `from`; there must be one at least.
 */
export function signBatch(
  pair: KeyPair,
  texts: readonly string[],
  made: { from: string; signedAt: Instant; directoryVersion: number },
): Uint8Array[] {
  const tree = merkleTree(texts.map(merkleLeaf))
  const signer = fingerprintOf(keyOfPem(pair.publicKeyPem))
  const header: BatchHeader = { ...made, count: texts.length, root: tree.root, signer, version: 2 }
  const headerText = canonicalJson(header)
  const signature = signText(pair, batchDomain + headerText)
  return texts.map((text, index) =>
    Buffer.from(wireText2(headerText, text, { index, path: tree.path(index), signature })),
  )
}

/** Reads wire bytes of either version. Bytes that are not exactly canonical are none: evidence has one form. */
export function readWire(bytes: Uint8Array): { wire: Wire } | { problem: WireProblem; claimedFrom: string | null } {
  const read = parseWire(bytes)
  if (!read) return { problem: 'malformed', claimedFrom: null }
  const result = 'batch' in read ? wireOfBatch(read, bytes) : wireOfOne(read, bytes)
  return typeof result === 'string' ? { problem: result, claimedFrom: read.envelope.from } : { wire: result }
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

function wireOfOne({ envelope: envelope1, signature, signer }: Wire1, bytes: Uint8Array): Wire | WireProblem {
  const signedText = canonicalJson(envelope1)
  if (!isText(bytes, wireText1(signedText, signature, signer))) return 'not_canonical'
  const envelope = upcastEnvelope(envelope1)
  const known = { envelopeSm3: sm3(envelopeText(envelope, 2)), signedAt: envelope.sentAt, directoryVersion: 0 }
  return { ...known, envelope, version: 1, signer, signedText, signature }
}

function wireOfBatch({ batch, envelope, index, path, signature }: Wire2, bytes: Uint8Array): Wire | WireProblem {
  const headerText = canonicalJson(batch)
  const text = envelopeText(envelope, 2)
  if (!isText(bytes, wireText2(headerText, text, { index, path, signature }))) return 'not_canonical'
  const root = merkleRoot(merkleLeaf(text), { index, count: batch.count, path })
  if (root !== batch.root || envelope.from !== batch.from) return 'not_in_batch'
  const { signer, signedAt, directoryVersion, version } = batch
  const known = { envelopeSm3: sm3(text), signedAt, directoryVersion }
  return { ...known, envelope, version, signer, signedText: batchDomain + headerText, signature }
}

/** The one text of a wire of version 1, from the canonical text of the envelope. */
function wireText1(text: string, signature: string, signer: string): string {
  return `{"envelope":${text},"signature":${JSON.stringify(signature)},"signer":${JSON.stringify(signer)}}`
}

/** The one text of a wire of version 2, from the canonical texts of header and envelope. */
function wireText2(
  headerText: string,
  text: string,
  { index, path, signature }: { index: number; path: readonly string[]; signature: string },
): string {
  const place = `"index":${index},"path":${JSON.stringify(path)}`
  return `{"batch":${headerText},"envelope":${text},${place},"signature":${JSON.stringify(signature)}}`
}

function isText(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(text).equals(bytes)
}
