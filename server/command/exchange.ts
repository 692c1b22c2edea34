import { readFile } from 'node:fs/promises'
import { natsAccounts, prepareInboxes } from '../../exchange/door.ts'
import { BadInput, parseInput, schemaRegion, systemRandom } from '../../ground/door.ts'
import { type Identity, identityOf, schemaIdentity } from '../identity.ts'
import { keepExchangeLogin } from '../secrets.ts'
import { readSettings } from '../settings.ts'

/** Prints the identity of a region whose keys are in `TONGBAN_DATA`. */
export async function tellIdentity(given: string): Promise<number> {
  const region = parseInput(schemaRegion, given, '--region')
  const { dataFolder } = readSettings(process.env)
  console.log(JSON.stringify(await identityOf(dataFolder, region, systemRandom), null, 2))
  return 0
}

/** Prints the accounts of the NATS servers' configuration, with a user for each identity and one for the operator. */
export async function tellPermissions(files: readonly string[], operator: string): Promise<number> {
  const identities = await Promise.all(files.map(readIdentity))
  const regions = new Map(identities.map(({ region, exchangeLogin }) => [region, exchangeLogin]))
  console.log(JSON.stringify({ accounts: natsAccounts({ operator, regions }) }, null, 2))
  return 0
}

async function readIdentity(file: string): Promise<Identity> {
  return parseInput(schemaIdentity, JSON.parse(await readFile(file, 'utf8')), file)
}

/** Makes the inboxes on the servers of `EXCHANGE_URL`; says the operator's public key, which stands in their configuration. */
export async function makeInboxes(operatorFile: string, given: readonly string[]): Promise<number> {
  const regions = given.map((region) => parseInput(schemaRegion, region, '--region'))
  const { exchangeServers: servers } = readSettings(process.env)
  const { seed, publicKey } = await keepExchangeLogin(operatorFile)
  console.log(`operator: ${publicKey}`)
  if (!servers) {
    throw new BadInput([{ path: 'environment.EXCHANGE_URL', expected: 'the NATS servers', found: 'nothing' }])
  }
  await prepareInboxes({ servers, operatorSeed: seed, regions })
  console.log(`inboxes: ${regions.join(' ')}`)
  return 0
}
