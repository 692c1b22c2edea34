import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { type ExchangeLogin, exchangeLoginOf, makeExchangeLogin } from '../exchange/door.ts'
import { makeNodeKeys, parseInput, type Random } from '../ground/door.ts'

const schemaSecrets = z.object({
  keys: z.object({
    sealingKey: z.string(),
    indexKey: z.string(),
    signingPrivateKey: z.string(),
    signingPublicKey: z.string(),
  }),
  databasePasswords: z.object({ owner: z.string(), application: z.string() }),
})

/** What a node keeps to itself: its keys and the passwords of its two database roles. */
export type NodeSecrets = z.infer<typeof schemaSecrets>

/** Where the secrets of a node are kept. */
export function secretsFile(dataFolder: string, region: string): string {
  return join(dataFolder, 'keys', `${region}.json`)
}

/** A node's secrets, made at the first start. `random` must be the system's. Without this file sealed identity numbers cannot be read: back it up. */
export async function keepSecrets(dataFolder: string, region: string, random: Random): Promise<NodeSecrets> {
  const file = secretsFile(dataFolder, region)
  if (existsSync(file)) return parseInput(schemaSecrets, JSON.parse(await readFile(file, 'utf8')), file)
  const password = () => Buffer.from(random.bytes(24)).toString('base64url')
  const secrets = { keys: makeNodeKeys(random), databasePasswords: { owner: password(), application: password() } }
  await mkdir(join(dataFolder, 'keys'), { recursive: true, mode: 0o700 })
  await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600, flag: 'wx' })
  return secrets
}

/** A login at the NATS servers, made at the first need. It opens nothing but the way; another may be made and entered at any time. */
export async function keepExchangeLogin(file: string): Promise<ExchangeLogin> {
  if (existsSync(file)) return exchangeLoginOf((await readFile(file, 'utf8')).trim())
  const login = makeExchangeLogin()
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, login.seed, { mode: 0o600, flag: 'wx' })
  return login
}

/** Where a region's login at the NATS servers is kept. */
export function exchangeLoginFile(dataFolder: string, region: string): string {
  return join(dataFolder, 'keys', `${region}.nats`)
}
