import { z } from 'zod'
import { must, type NodeKeys, schemaId, schemaInstant, schemaRegion, sm2Sign, sm2Verify, sm3 } from '../ground/door.ts'
import { canonicalJson } from './canonical.ts'

/** Envelope, version 1: who says what kind of thing to whom, when, and about which case. `version` is the version of the kind's body. */
export type Envelope = {
  id: string
  from: string
  to: string
  kind: string
  version: number
  sentAt: string
  about?: string | undefined
  body: unknown
}

/** Why bytes that came in are not taken. */
export type RefusalReason =
  | 'malformed'
  | 'not_canonical'
  | 'misaddressed'
  | 'unknown_sender'
  | 'wrong_signer'
  | 'wrong_signature'
  | 'id_reused'

/** An envelope whose signature holds, or why it does not; `claimedFrom` is then only what the bytes say. */
export type OpenedEnvelope =
  | { ok: true; envelope: Envelope }
  | { ok: false; reason: RefusalReason; claimedFrom: string | null }

/** The public key (PEM) of a region, or undefined where it is not known. */
export type KeyOf = (region: string) => string | undefined

/** The signed wire bytes of an envelope: canonical JSON `{envelope, signature, signer}`, SM2 over SM3 of the canonical envelope. */
export function signEnvelope(keys: NodeKeys, envelope: Envelope): Uint8Array {
  const signature = sm2Sign(keys.signingPrivateKey, keys.signingPublicKey, envelopeBytes(envelope))
  return Buffer.from(canonicalJson({ envelope, signature, signer: keyFingerprint(keys.signingPublicKey) }))
}

/** Reads wire bytes addressed to `region` and checks who signed them. Bytes that are not exactly canonical are refused: evidence has one form. */
export function openEnvelope(bytes: Uint8Array, region: string, keyOf: KeyOf): OpenedEnvelope {
  const wire = readWire(bytes)
  if (!wire) return { ok: false, reason: 'malformed', claimedFrom: null }
  const { envelope, signature, signer } = wire
  const refuse = (reason: RefusalReason): OpenedEnvelope => ({ ok: false, reason, claimedFrom: envelope.from })
  if (!Buffer.from(canonicalJson(wire)).equals(bytes)) return refuse('not_canonical')
  if (envelope.to !== region) return refuse('misaddressed')
  const publicKey = keyOf(envelope.from)
  if (publicKey === undefined) return refuse('unknown_sender')
  if (signer !== keyFingerprint(publicKey)) return refuse('wrong_signer')
  if (!isSignature(publicKey, envelope, signature)) return refuse('wrong_signature')
  return { ok: true, envelope }
}

/** The envelope within wire bytes that were checked before (kept evidence); throws `BrokenInvariant` where they are none. */
export function readEnvelope(bytes: Uint8Array): Envelope {
  return must(readWire(bytes), 'an envelope in the kept bytes').envelope
}

/** SM3 of a public key's DER bytes in hex: the name by which a signature tells its key. */
export function keyFingerprint(publicKeyPem: string): string {
  return sm3(Buffer.from(publicKeyPem.replace(/-----[^-]+-----|\s/g, ''), 'base64'))
}

const wireSchema = z.strictObject({
  envelope: z.strictObject({
    id: schemaId,
    from: schemaRegion,
    to: schemaRegion,
    kind: z.string().regex(/^[a-z][a-z0-9_.-]*$/),
    version: z.int().min(1),
    sentAt: schemaInstant,
    about: z.string().min(1).optional(),
    body: z.unknown(),
  }),
  signature: z.string(),
  signer: z.string(),
})

function readWire(bytes: Uint8Array): z.infer<typeof wireSchema> | undefined {
  try {
    return wireSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)))
  } catch {
    return undefined
  }
}

function isSignature(publicKey: string, envelope: Envelope, signature: string): boolean {
  // Base64 has spare bits: only the one spelling counts, so that no other bytes are evidence of the same message.
  const spelled = Buffer.from(signature, 'base64').toString('base64')
  return spelled === signature && sm2Verify(publicKey, envelopeBytes(envelope), signature)
}

function envelopeBytes(envelope: Envelope): Uint8Array {
  return Buffer.from(canonicalJson(envelope))
}
