import { z } from 'zod'
import { type NodeKeys, sm2Sign, sm2Verify, sm3 } from '../ground/door.ts'

/** A public SM2 key as it is written in documents: its DER bytes (SubjectPublicKeyInfo) in base64. */
export type PublicKey = string

/** A key pair that signs for a region; both halves in PEM. */
export type KeyPair = { privateKeyPem: string; publicKeyPem: string }

// SubjectPublicKeyInfo of an SM2 point (GB/T 35276) up to the point, which is 65 bytes uncompressed.
const header = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex')
const keyBytes = header.length + 65

/** A public SM2 key in its one spelling. Whether its point is on the curve shows when a signature is checked. */
export const schemaPublicKey = z.string().refine(isPublicKey, { error: 'a public SM2 key (DER in base64)' })

/** SM3 in hex. */
export const schemaSm3 = z.string().regex(/^[0-9a-f]{64}$/, { error: 'an SM3 digest in hex' })

/** The pair that a node was made with. */
export function pairOfNode(keys: NodeKeys): KeyPair {
  return { privateKeyPem: keys.signingPrivateKey, publicKeyPem: keys.signingPublicKey }
}

/** A public key in PEM as documents write it. */
export function keyOfPem(publicKeyPem: string): PublicKey {
  return publicKeyPem.replace(/-----[^-]+-----|\s/g, '')
}

/** A public key of a document in PEM. */
export function pemOf(key: PublicKey): string {
  return `-----BEGIN PUBLIC KEY-----\n${key.replace(/(.{64})(?=.)/g, '$1\n')}\n-----END PUBLIC KEY-----\n`
}

/** SM3 of a public key's DER bytes in hex: the name by which a signature tells its key, and people compare keys. */
export function fingerprintOf(key: PublicKey): string {
  return sm3(Buffer.from(key, 'base64'))
}

/** Signs text with SM2 over SM3; the signature is DER in base64. */
export function signText(pair: KeyPair, text: string): string {
  return sm2Sign(pair.privateKeyPem, pair.publicKeyPem, Buffer.from(text))
}

/** True when the signature is the key holder's over exactly this text. A malformed key or signature, or another spelling of one, is false. */
export function isSignedBy(key: PublicKey, text: string, signature: string): boolean {
  // Base64 has spare bits: only the one spelling counts, so that no other bytes are evidence of the same.
  if (Buffer.from(signature, 'base64').toString('base64') !== signature) return false
  try {
    return sm2Verify(pemOf(key), Buffer.from(text), signature)
  } catch {
    return false
  }
}

function isPublicKey(text: string): boolean {
  const der = Buffer.from(text, 'base64')
  return der.length === keyBytes && der.subarray(0, header.length).equals(header) && der.toString('base64') === text
}
