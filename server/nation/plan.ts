import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { NatsServerPlace } from '../../exchange/door.ts'
import { Refusal } from '../../ground/door.ts'
import { nationCode } from '../../law/door.ts'

/** Everything that a nation on one machine takes up: folders and ports, all on this machine's own address. */
export type NationPlan = {
  folder: string
  host: string
  pagePort: number
  databasePort: number
  /** The hub first. */
  regions: readonly { region: string; port: number; dataFolder: string }[]
  natsServers: readonly NatsServerPlace[]
}

/** The hub, Jiangsu, Gansu and Xinjiang. */
const nationRegions = [nationCode, '320000', '620000', '650000']

const natsServerCount = 3

/** A plan whose ports follow each other from `port` on: the page, PostgreSQL, the regions, then three ports of each NATS server. */
export function planNation({ folder, port }: { folder: string; port: number }): NationPlan {
  const host = '127.0.0.1'
  const root = resolve(folder)
  const regions = nationRegions.map((region, index) => ({
    region,
    port: port + 2 + index,
    dataFolder: join(root, 'regions', region),
  }))
  const natsPort = (server: number, kind: number) => port + 2 + regions.length + server * 3 + kind
  const servers = Array.from({ length: natsServerCount }, (_, server) => server)
  return {
    folder: root,
    host,
    pagePort: port,
    databasePort: port + 1,
    regions,
    natsServers: servers.map((server) => ({
      name: `n${server + 1}`,
      host,
      clientPort: natsPort(server, 0),
      clusterPort: natsPort(server, 1),
      monitorPort: natsPort(server, 2),
      storeFolder: join(root, 'nats', `n${server + 1}`),
      routes: servers.filter((other) => other !== server).map((other) => `nats://${host}:${natsPort(other, 1)}`),
    })),
  }
}

/** The addresses of the NATS servers for those who connect. */
export function exchangeUrlsOf({ natsServers }: NationPlan): string[] {
  return natsServers.map(({ host, clientPort }) => `nats://${host}:${clientPort}`)
}

/** Refuses `nation_ports_taken` with all the ports of a plan that somebody listens on for longer than a nation takes to end that was killed. */
export async function requireFreePorts(plan: NationPlan): Promise<void> {
  let taken = await takenPorts(plan)
  for (let tries = 0; tries < 20 && taken.length > 0; tries++) {
    await sleep(250)
    taken = await takenPorts(plan)
  }
  if (taken.length > 0) throw new Refusal('nation_ports_taken', { params: { ports: taken.join(', ') } })
}

async function takenPorts({ folder, host, pagePort, databasePort, regions, natsServers }: NationPlan) {
  // A database that outlived its nation is taken over with its port.
  const ofDatabase = existsSync(join(folder, 'postgres', 'postmaster.pid')) ? [] : [databasePort]
  const ports = [
    ...[pagePort, ...ofDatabase],
    ...regions.map(({ port }) => port),
    ...natsServers.flatMap(({ clientPort, clusterPort, monitorPort }) => [clientPort, clusterPort, monitorPort]),
  ]
  const free = await Promise.all(ports.map((port) => isFree(host, port)))
  return ports.filter((_, index) => !free[index])
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', () => done(false))
    probe.listen(port, host, () => probe.close(() => done(true)))
  })
}
