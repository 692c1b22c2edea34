/** For tests of capsules: a signer whose key everybody knows. It proves nothing about who signed. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Signer } from './capsule.ts'
import type { VerifySignature } from './verify.ts'

const KEY = utf8ToBytes('a key for tests, known to everybody')

/** Signs with the known key. */
export const testSigner: Signer = {
  keyId: 'test',
  algorithm: 'HMAC-SHA-256',
  sign: (bytes) => bytesToHex(hmac(sha256, KEY, bytes)),
}

/** Knows the known key only. */
export const verifyTestSignature: VerifySignature = ({ keyId }, bytes, signature) =>
  keyId === testSigner.keyId ? testSigner.sign(bytes) === signature : undefined
