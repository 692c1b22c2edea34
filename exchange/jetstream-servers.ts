import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  answerPrefix,
  inboxConsumer,
  inboxStream,
  messageSubject,
  presenceSubject,
  receiptSubject,
} from './jetstream-names.ts'

/** One NATS server of a cluster. Ports on `host`; `routes` are the cluster addresses of the others. */
export type NatsServerPlace = {
  name: string
  host: string
  clientPort: number
  clusterPort: number
  monitorPort: number
  storeFolder: string
  routes: readonly string[]
}

/** Who may log in: the operator, who makes the inboxes, and the regions, each by its public key. */
export type NatsUsers = { operator: string; regions: ReadonlyMap<string, string> }

/**
 * The configuration of one server, in the servers' own format. A region may publish messages and receipts only in its own name, take only from
 * its own inbox, and make or change no stream.
 */
export function natsServerConfiguration(place: NatsServerPlace, users: NatsUsers): string {
  const { name, host, clientPort, clusterPort, monitorPort, storeFolder, routes } = place
  const cluster = { name: 'tongban', listen: `${host}:${clusterPort}`, routes }
  return JSON.stringify(
    {
      server_name: name,
      listen: `${host}:${clientPort}`,
      http: `${host}:${monitorPort}`,
      max_payload: 8 * 1024 * 1024,
      // A connection that a cut network left standing is given up after half a minute.
      ping_interval: '10s',
      ping_max: 2,
      jetstream: { store_dir: storeFolder },
      ...(routes.length > 0 && { cluster }),
      accounts: natsAccounts(users),
    },
    null,
    2,
  )
}

/** The account that all regions share, with what each of its users may do. */
export function natsAccounts({ operator, regions }: NatsUsers) {
  const ofRegions = [...regions].map(([region, nkey]) => ({ nkey, permissions: regionPermissions(region) }))
  return { TONGBAN: { jetstream: 'enabled', users: [{ nkey: operator }, ...ofRegions] } }
}

/** What a region may say and hear on the servers. */
function regionPermissions(region: string) {
  const inbox = `${inboxStream(region)}.${inboxConsumer}`
  return {
    publish: [
      messageSubject({ to: '*', from: region, id: '*' }),
      receiptSubject({ to: '*', from: region, id: '*' }),
      presenceSubject('*'),
      `$JS.API.CONSUMER.INFO.${inbox}`,
      `$JS.API.CONSUMER.MSG.NEXT.${inbox}`,
      `$JS.ACK.${inbox}.>`,
    ],
    subscribe: [
      `${answerPrefix(region)}.>`,
      receiptSubject({ to: region, from: '*', id: '*' }),
      presenceSubject(region),
    ],
    // Who asks whether it is there may be answered.
    allow_responses: true,
  }
}

/** The `nats-server` program: where `PATH` or Debian has it. Undefined where it is not installed. */
export function findNatsServer(searched = process.env.PATH ?? ''): string | undefined {
  const folders = [...searched.split(delimiter), '/usr/local/bin', '/usr/sbin']
  return folders.map((folder) => join(folder, 'nats-server')).find(existsSync)
}

/** Waits until a server says of itself that it is well, JetStream included. Answers false where it does not within `milliseconds`. */
export async function isNatsServerReady(
  { host, monitorPort }: NatsServerPlace,
  milliseconds: number,
): Promise<boolean> {
  const signal = AbortSignal.timeout(milliseconds)
  while (!signal.aborted) {
    const answer = await fetch(`http://${host}:${monitorPort}/healthz?js-server-only=true`, { signal }).catch(
      () => undefined,
    )
    if (answer?.ok) return true
    await sleep(100)
  }
  return false
}
