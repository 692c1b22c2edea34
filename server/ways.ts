import { createInProcessTransport, createJetStreamTransport, type Transport } from '../exchange/door.ts'
import { must } from '../ground/door.ts'
import { exchangeLoginFile, keepExchangeLogin } from './secrets.ts'

/** How the nodes of a process speak to each other and to those elsewhere. */
export type Ways = { transportOf(region: string): Transport; close(): Promise<void> }

/** All nodes are in this process, or are handed the one transport that is given. */
export function waysInProcess(transport: Transport = createInProcessTransport()): Ways {
  return { transportOf: () => transport, close: async () => {} }
}

/** Each node has a connection and a login of its own to the NATS servers; in one process or each elsewhere is all the same to it. */
export async function waysOverNats(options: {
  servers: readonly string[]
  dataFolder: string
  regions: readonly string[]
  onFailure?(region: string, error: unknown): void
}): Promise<Ways> {
  const { servers, dataFolder, regions, onFailure } = options
  const logins = await Promise.all(
    regions.map(async (region) => ({ region, login: await keepExchangeLogin(exchangeLoginFile(dataFolder, region)) })),
  )
  const transports = new Map(
    logins.map(({ region, login }) => {
      const address = { servers, region, seed: login.seed }
      return [region, createJetStreamTransport(address, (error) => onFailure?.(region, error))]
    }),
  )
  return {
    transportOf: (region) => must(transports.get(region), `a way of region ${region}`),
    close: async () => {
      await Promise.all([...transports.values()].map((transport) => transport.close()))
    },
  }
}
