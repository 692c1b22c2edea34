import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must } from '../ground/door.ts'
import { prepareInboxes } from './jetstream-inboxes.ts'
import { makeExchangeLogin } from './jetstream-login.ts'
import {
  findNatsServer,
  isNatsServerReady,
  type NatsServerPlace,
  natsServerConfiguration,
} from './jetstream-servers.ts'
import { createJetStreamTransport, type JetStreamTransport } from './jetstream-transport.ts'

/** NATS servers of a test, with an inbox and a login for every region. */
export type TestNats = {
  readonly servers: readonly string[]
  /** Where each server tells how it is. */
  readonly monitors: readonly string[]
  readonly operatorSeed: string
  /** A region's transport; all that were made are closed by `stop`. */
  transportOf(region: string, onFailure?: (error: unknown) => void): JetStreamTransport
  seedOf(region: string): string
  /** Ends one server without warning. */
  kill(number: number): Promise<void>
  startAgain(number: number): Promise<void>
  stop(): Promise<void>
}

/**
 * Why tests of NATS are left out here: there is no `nats-server`. False where there is one, and in CI, where they fail instead.
 */
export const natsIsMissing = !findNatsServer() && !process.env.CI && 'install nats-server (apt-get install nats-server)'

/** Starts a cluster of one or three servers in a folder of its own; `host` is the address on which they listen. */
export async function startTestNats(
  serverCount: 1 | 3,
  regions: readonly string[],
  host = '127.0.0.1',
): Promise<TestNats> {
  const program = must(findNatsServer(), 'nats-server (apt-get install nats-server)')
  const folder = await mkdtemp(join(tmpdir(), 'tongban-nats-'))
  const places = await choosePlaces(serverCount, folder, host)
  const operator = makeExchangeLogin()
  const logins = new Map(regions.map((region) => [region, makeExchangeLogin()]))
  const users = {
    operator: operator.publicKey,
    regions: new Map([...logins].map(([region, { publicKey }]) => [region, publicKey])),
  }
  const running: ChildProcess[] = []
  const start = async (place: NatsServerPlace) => {
    const file = join(folder, `${place.name}.conf`)
    await writeFile(file, natsServerConfiguration(place, users))
    const child = spawn(program, ['-c', file], { stdio: 'ignore' })
    process.once('exit', () => child.kill('SIGKILL'))
    return child
  }
  for (const place of places) running.push(await start(place))
  await untilReady(places)
  const servers = places.map(({ host, clientPort }) => `nats://${host}:${clientPort}`)
  await prepareInboxes({ servers, operatorSeed: operator.seed, regions })
  const transports: JetStreamTransport[] = []
  const seedOf = (region: string) => must(logins.get(region), `a login of ${region}`).seed
  const end = async (child: ChildProcess | undefined) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return {
    servers,
    monitors: places.map(({ host, monitorPort }) => `http://${host}:${monitorPort}`),
    operatorSeed: operator.seed,
    seedOf,
    transportOf: (region, onFailure) => {
      const transport = createJetStreamTransport({ servers, region, seed: seedOf(region) }, onFailure)
      transports.push(transport)
      return transport
    },
    kill: (number) => end(running[number]),
    startAgain: async (number) => {
      running[number] = await start(must(places[number], `server ${number}`))
      await untilReady(places.slice(number, number + 1))
    },
    stop: async () => {
      await Promise.all(transports.map((transport) => transport.close()))
      await Promise.all(running.map(end))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function untilReady(places: readonly NatsServerPlace[]): Promise<void> {
  for (const place of places) {
    if (!(await isNatsServerReady(place, 20_000))) throw new Error(`nats-server ${place.name} did not come up`)
  }
}

async function choosePlaces(count: number, folder: string, host: string): Promise<NatsServerPlace[]> {
  const ports = await freePorts(count * 3)
  const port = (index: number) => must(ports[index], 'a free port')
  return Array.from({ length: count }, (_, index) => ({
    name: `n${index + 1}`,
    host,
    clientPort: port(index * 3),
    clusterPort: port(index * 3 + 1),
    monitorPort: port(index * 3 + 2),
    storeFolder: join(folder, `n${index + 1}`),
    routes: ports
      .filter((_, other) => count > 1 && other % 3 === 1 && other !== index * 3 + 1)
      .map((clusterPort) => `nats://127.0.0.1:${clusterPort}`),
  }))
}

/** Ports that nobody listens on; all are held until the last is found, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(Array.from({ length: count }, listenAnywhere))
  return Promise.all(
    probes.map((probe) => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      return new Promise<number>((resolve) => probe.close(() => resolve(port)))
    }),
  )
}

function listenAnywhere(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => resolve(probe))
  })
}
