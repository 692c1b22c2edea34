import { z } from 'zod'
import { type Random, schemaRegion } from '../ground/door.ts'
import { exchangeLoginFile, keepExchangeLogin, keepSecrets } from './secrets.ts'

/** What a region tells others about itself; nothing of it is secret. */
export const schemaIdentity = z.strictObject({
  region: schemaRegion,
  /** PEM of the SM2 key with which it signs. */
  signingPublicKey: z.string(),
  /** Public key of its login at the NATS servers. */
  exchangeLogin: z.string(),
})

/** See `schemaIdentity`. */
export type Identity = z.infer<typeof schemaIdentity>

/** The identity of the region whose keys are in a data folder; they are made there at the first need. */
export async function identityOf(dataFolder: string, region: string, random: Random): Promise<Identity> {
  const { keys } = await keepSecrets(dataFolder, region, random)
  const { publicKey } = await keepExchangeLogin(exchangeLoginFile(dataFolder, region))
  return { region, signingPublicKey: keys.signingPublicKey, exchangeLogin: publicKey }
}
