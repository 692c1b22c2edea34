import { setTimeout as sleep } from 'node:timers/promises'
import { connect, type NatsConnection, nkeyAuthenticator } from '@nats-io/transport-node'
import { answerPrefix } from './jetstream-names.ts'

/** A connection to the NATS servers that is made in the background, and made again whenever it breaks. */
export type BrokerConnection = {
  /** The connection, where it stands at this moment. */
  find(): NatsConnection | undefined
  /** The connection once it was first made; undefined where it was closed before. */
  first: Promise<NatsConnection | undefined>
  /** Ends it; what was published before is flushed where the servers can be reached. */
  close(): Promise<void>
}

/** Whom to connect as, and to which servers: any of them will do. */
export type BrokerAddress = { servers: readonly string[]; region: string; seed: string }

const retryMilliseconds = 500

/** Connects and keeps at it for ever: neither a start before the servers nor their absence needs a restart. `onFailure` hears of refusals. */
export function connectToBroker(address: BrokerAddress, onFailure: (error: unknown) => void): BrokerConnection {
  let current: NatsConnection | undefined
  let isUp = false
  let isClosed = false
  let lastFailure = ''

  async function connectFirst(): Promise<NatsConnection | undefined> {
    while (!isClosed) {
      try {
        const connection = await connect(connectionOptions(address))
        current = connection
        isUp = true
        void followStatus(connection)
        return connection
      } catch (error) {
        // Servers that are away are away at every try; it is told once.
        if (String(error) !== lastFailure) onFailure(error)
        lastFailure = String(error)
        await sleep(retryMilliseconds)
      }
    }
    return undefined
  }

  async function followStatus(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect' || status.type === 'staleConnection') isUp = false
      else if (status.type === 'reconnect') isUp = true
      else if (status.type === 'error') onFailure(status.error)
    }
  }

  const first = connectFirst()
  return {
    find: () => (isUp ? current : undefined),
    first,
    async close() {
      isClosed = true
      await first
      if (!current || current.isClosed()) return
      if (isUp) await current.drain()
      else await current.close()
    },
  }
}

/** Where an address says `tls://`, nothing is said in the clear; by itself the library would be content with what a server offers. */
export function securityFor(servers: readonly string[]): { tls?: object } {
  return servers.some((server) => server.startsWith('tls://')) ? { tls: {} } : {}
}

function connectionOptions({ servers, region, seed }: BrokerAddress) {
  return {
    servers: [...servers],
    ...securityFor(servers),
    name: `region ${region}`,
    authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)),
    inboxPrefix: answerPrefix(region),
    // Only the servers that were named: what they tell of each other may lie behind a wall.
    ignoreClusterUpdates: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: retryMilliseconds,
    // A region whose login is entered late, or was taken out for a while, comes back by itself.
    ignoreAuthErrorAbort: true,
    pingInterval: 10_000,
    timeout: 5000,
  }
}
