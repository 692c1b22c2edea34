import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPublicKey,
  createSecretKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto'
import { BrokenInvariant } from './errors.ts'
import type { Random } from './random.ts'

/** A node's secrets, kept outside the repository (`<data>/keys/<region>.json`, mode 600). Byte strings in hex, keys in PEM. */
export type NodeKeys = {
  /** SM4 key (16 bytes, hex) that seals identity numbers. */
  sealingKey: string
  /** HMAC-SM3 key (32 bytes, hex) of the blind index by which a sealed number can be found. */
  indexKey: string
  /** SM2 key pair that signs what the node says to others. */
  signingPrivateKey: string
  signingPublicKey: string
}

/** Makes a node's secrets. `random` must be the system's secure one, except in tests. */
export function makeNodeKeys(random: Random): NodeKeys {
  const pair = generateKeyPairSync('ec', { namedCurve: 'SM2' })
  return {
    sealingKey: Buffer.from(random.bytes(16)).toString('hex'),
    indexKey: Buffer.from(random.bytes(32)).toString('hex'),
    signingPrivateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    signingPublicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** SM3 digest (GB/T 32905) in hex. */
export function sm3(data: Uint8Array | string): string {
  return createHash('sm3').update(data).digest('hex')
}

/** The blind index of a value: HMAC-SM3 under the node's index key, in hex. Equal values have equal indexes; nothing else can be learned. */
export function blindIndex(keys: NodeKeys, value: string): string {
  return createHmac('sm3', indexKeyOf(keys)).update(value).digest('hex')
}

// Every step of a case is indexed, and to make a key of its text costs more than to use it.
const indexKeys = new WeakMap<NodeKeys, KeyObject>()

function indexKeyOf(keys: NodeKeys): KeyObject {
  const known = indexKeys.get(keys) ?? createSecretKey(keys.indexKey, 'hex')
  indexKeys.set(keys, known)
  return known
}

/** Seals text with SM4-CTR and an HMAC-SM3 tag over it (encrypt, then authenticate). Layout: 16 bytes counter, 32 bytes tag, ciphertext. */
export function seal(keys: NodeKeys, random: Random, text: string): Buffer {
  const counter = Buffer.from(random.bytes(16))
  const cipher = createCipheriv('sm4-ctr', Buffer.from(keys.sealingKey, 'hex'), counter)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([counter, sealTag(keys, counter, body), body])
}

/** Opens what `seal` made; a changed byte is a broken invariant. */
export function unseal(keys: NodeKeys, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed)
  const counter = bytes.subarray(0, 16)
  const body = bytes.subarray(48)
  if (!timingSafeEqual(bytes.subarray(16, 48), sealTag(keys, counter, body))) {
    throw new BrokenInvariant('a sealed value was changed or sealed under another key')
  }
  const decipher = createDecipheriv('sm4-ctr', Buffer.from(keys.sealingKey, 'hex'), counter)
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
}

function sealTag(keys: NodeKeys, counter: Uint8Array, body: Uint8Array): Buffer {
  return createHmac('sm3', Buffer.from(keys.sealingKey, 'hex')).update('seal').update(counter).update(body).digest()
}

/** Signs bytes with SM2 over SM3 (GB/T 32918.2, signer id 1234567812345678). Returns DER in base64. */
export function sm2Sign(privateKeyPem: string, publicKeyPem: string, data: Uint8Array): string {
  return createSign('sm3').update(signerDigest(publicKeyPem)).update(data).sign(privateKeyPem, 'base64')
}

/** True when `signature` (DER, base64) is the key holder's over exactly these bytes. A malformed signature is false. */
export function sm2Verify(publicKeyPem: string, data: Uint8Array, signature: string): boolean {
  return createVerify('sm3').update(signerDigest(publicKeyPem)).update(data).verify(publicKeyPem, signature, 'base64')
}

const signerId = '1234567812345678'
// Curve parameters a, b and base point of GB/T 32918.5, which enter the signer's digest Z.
const curve =
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
  '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
  '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
  'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0'

const digests = new Map<string, Buffer>()
/** A node knows the keys of the nation; whoever sends made-up ones fills no memory. */
const digestsMax = 1000

/** Z of GB/T 32918.2: Node signs SM2 with an empty signer id, so the digest of the standard one is fed in front of the message. */
function signerDigest(publicKeyPem: string): Buffer {
  const known = digests.get(publicKeyPem)
  if (known) return known
  const digest = makeSignerDigest(publicKeyPem)
  if (digests.size === digestsMax) digests.clear()
  digests.set(publicKeyPem, digest)
  return digest
}

function makeSignerDigest(publicKeyPem: string): Buffer {
  const der = createPublicKey(publicKeyPem).export({ type: 'spki', format: 'der' })
  const point = der.subarray(der.length - 64)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(signerId.length * 8)
  return createHash('sm3').update(length).update(signerId).update(Buffer.from(curve, 'hex')).update(point).digest()
}
