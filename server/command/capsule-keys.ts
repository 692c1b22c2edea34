import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { BadInput, parseInput, sm2Sign, sm2Verify, sm3 } from '../../ground/door.ts'
import type { Signer, VerifySignature } from '../../policy/door.ts'
import { readSettings } from '../settings.ts'
import { parseJson, readText } from './rule-input.ts'

/** The algorithm of a node's signatures. */
const ALGORITHM = 'SM2-SM3'

const schemaPair = z.object({ signingPrivateKey: z.string(), signingPublicKey: z.string() })
/** A file of a node's keys, or one that holds the signing pair alone. */
const schemaKeyFile = z.union([schemaPair, z.object({ keys: schemaPair }).transform(({ keys }) => keys)])

/** A key is named by the SM3 of its public half, as it stands in PEM without the space around. */
function keyIdOf(publicKey: string): string {
  return sm3(publicKey.trim())
}

/**
 * Who signs a capsule: the pair of the key file, else that of the node whose keys are in the data folder.
 * Throws `BadInput` naming `key` when there is none, and when signing where it is no pair of SM2 keys.
 */
export function openSigner(keyFile: string | undefined, region: string): Signer {
  const file = keyFile ?? join(keysFolder(), `${region}.json`)
  if (!existsSync(file)) {
    throw new BadInput([
      { path: 'key', expected: 'a file of signing keys, of the node or named by --key', found: file },
    ])
  }
  const { signingPrivateKey, signingPublicKey } = readPair(file)
  return {
    keyId: keyIdOf(signingPublicKey),
    algorithm: ALGORITHM,
    sign(bytes) {
      try {
        return sm2Sign(signingPrivateKey, signingPublicKey, bytes)
      } catch {
        throw new BadInput([{ path: 'key', expected: 'a pair of SM2 keys in PEM', found: file }])
      }
    },
  }
}

/** Knows the public key or the pair in the key file, and the keys of the nodes in the data folder. */
export function openVerifier(keyFile: string | undefined): VerifySignature {
  const publicKeys = keyFile === undefined ? nodePublicKeys() : [readPublicKey(keyFile)]
  const byId = new Map(publicKeys.map((publicKey) => [keyIdOf(publicKey), publicKey]))
  return ({ keyId, algorithm }, bytes, signature) => {
    const publicKey = algorithm === ALGORITHM ? byId.get(keyId) : undefined
    return publicKey === undefined ? undefined : sm2Verify(publicKey, bytes, signature)
  }
}

function keysFolder(): string {
  return join(readSettings(process.env).dataFolder, 'keys')
}

function nodePublicKeys(): string[] {
  const folder = keysFolder()
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  return files.map((name) => readPair(join(folder, name)).signingPublicKey)
}

function readPair(file: string) {
  return parseInput(schemaKeyFile, parseJson('key', readText('key', file)), 'key')
}

function readPublicKey(file: string): string {
  const text = readText('key', file)
  if (text.includes('BEGIN PUBLIC KEY')) return text
  if (text.trimStart().startsWith('{')) return readPair(file).signingPublicKey
  throw new BadInput([{ path: 'key', expected: 'a public key in PEM, or a file of keys', found: file }])
}
