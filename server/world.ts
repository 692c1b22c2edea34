import { benefitsMigrations } from '../benefits/door.ts'
import { casesMigrations } from '../cases/door.ts'
import { certificatesMigrations } from '../certificates/door.ts'
import { exchangeMigrations } from '../exchange/door.ts'
import {
  type Clock,
  groundMigrations,
  type MigrationSet,
  migrate,
  must,
  type Node,
  openDatabase,
  provisionDatabase,
  type Random,
} from '../ground/door.ts'
import { lawMigrations } from '../law/door.ts'
import { ledgerMigrations } from '../ledger/door.ts'
import { peopleMigrations } from '../people/door.ts'
import { registersMigrations } from '../registers/door.ts'
import { reviewsMigrations } from '../reviews/door.ts'
import { openDataFolder } from './data-folder.ts'
import { type DemoControls, demoClock, openDemo } from './demo/controls.ts'
import { dropDatabases, isHalfMade } from './demo/half-made.ts'
import { serverMigrations } from './migrations.ts'
import { createNode, type RegionNode } from './node.ts'
import type { PartnerKeys } from './partners.ts'
import { keepSecrets } from './secrets.ts'
import { type OpenedService, serviceMigrations } from './services.ts'
import { type Ways, waysInProcess, waysOverNats } from './ways.ts'

/** The nodes of one process, connected with each other. */
export type World = {
  readonly regions: readonly string[]
  readonly nodes: readonly RegionNode[]
  readonly services: readonly OpenedService[]
  /** The demo world's clock and users; null in operation. */
  readonly demo: DemoControls | null
  find(region: string): RegionNode | undefined
  /** Starts messages and clockwork on every node. */
  start(): void
  /** Stops them, closes the databases and, where it is ours, the database server. */
  stop(): Promise<void>
}

/** What a world is opened with. */
export type WorldOptions = {
  dataFolder: string
  databaseUrl?: string | undefined
  regions: readonly string[]
  services: readonly OpenedService[]
  demo: boolean
  machineClock: Clock
  random: Random
  /** NATS servers through which the nodes reach all others; within this process where there are none. */
  exchangeServers?: readonly string[] | undefined
  /** The public keys of regions that run elsewhere. */
  partners?: PartnerKeys
  onFailure?(region: string, error: unknown): void
}

/**
 * Opens the nodes of a process: takes the data folder (or the server of `databaseUrl`), makes each region's database, roles and keys where
 * they are missing, brings the tables up to date, and connects the nodes by a transport. Keeps what is there. Refuses
 * `data_folder_in_use`.
 */
export async function openWorld(options: WorldOptions): Promise<World> {
  const server = options.databaseUrl ? undefined : await openDataFolder(options.dataFolder)
  const adminUrl = options.databaseUrl ?? must(server, 'a database server').adminUrl
  const opened: Node[] = []
  const close = async () => {
    await Promise.allSettled(opened.map(({ database }) => database.close()))
    await server?.stop()
  }
  try {
    const clock = options.demo ? demoClock(options.machineClock) : undefined
    opened.push(...(await openNodes(adminUrl, { ...options, clock: clock ?? options.machineClock })))
    const demo = clock ? await openDemo(clock, options.machineClock, opened) : null
    const ways = await openWays(options)
    const closeAll = async () => {
      await ways.close()
      await close()
    }
    return assembleWorld(connectNodes(opened, { ...options, ways }), options.services, demo, closeAll)
  } catch (error) {
    await close()
    throw error
  }
}

async function openWays({ exchangeServers: servers, ...options }: WorldOptions): Promise<Ways> {
  return servers ? waysOverNats({ ...options, servers }) : waysInProcess()
}

type NodeOptions = WorldOptions & { clock: Clock }

/** A demo world that a killed process left half made is thrown away and made again. */
async function openNodes(adminUrl: string, options: NodeOptions): Promise<Node[]> {
  const migrations = await allMigrations(options.services)
  const open = async () => {
    const nodes: Node[] = []
    for (const region of options.regions) nodes.push(await openNode(adminUrl, region, options, migrations))
    return nodes
  }
  const nodes = await open()
  if (!options.demo || !(await isHalfMade(nodes))) return nodes
  await Promise.all(nodes.map(({ database }) => database.close()))
  await dropDatabases(adminUrl, options.regions.map(databaseName))
  return open()
}

async function openNode(
  adminUrl: string,
  region: string,
  { dataFolder, random, clock }: NodeOptions,
  migrations: MigrationSet[],
): Promise<Node> {
  const { keys, databasePasswords } = await keepSecrets(dataFolder, region, random)
  const place = await provisionDatabase(adminUrl, databaseName(region), databasePasswords)
  await migrate(place.ownerUrl, migrations)
  const database = openDatabase(place.applicationUrl)
  return { region, database, clock, random, keys, faults: () => {} }
}

/** Puts every node together on its way to the others, within this process unless another is given; each knows the others by their public keys. */
export function connectNodes(
  nodes: readonly Node[],
  options: Pick<WorldOptions, 'services' | 'partners' | 'onFailure'> & { ways?: Ways },
): RegionNode[] {
  const ways = options.ways ?? waysInProcess()
  const publicKeyOf = (region: string) =>
    nodes.find((node) => node.region === region)?.keys.signingPublicKey ?? options.partners?.get(region)
  return nodes.map((node) => {
    const onFailure = (error: unknown) => options.onFailure?.(node.region, error)
    const transport = ways.transportOf(node.region)
    return createNode({ node, transport, publicKeyOf, services: options.services, onFailure })
  })
}

/** The nodes as one world; `close` is what comes last when it stops. */
export function assembleWorld(
  nodes: RegionNode[],
  services: readonly OpenedService[],
  demo: DemoControls | null,
  close: () => Promise<void>,
): World {
  return {
    regions: nodes.map(({ region }) => region),
    nodes,
    services,
    demo,
    find: (region) => nodes.find((node) => node.region === region),
    start: () => {
      for (const node of nodes) node.start()
    },
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()))
      await close()
    },
  }
}

/** A region's database on a server that may hold several. */
export function databaseName(region: string): string {
  return `tongban_${region}`
}

/** The tables of every room, then those of the services. */
export async function allMigrations(services: readonly OpenedService[]): Promise<MigrationSet[]> {
  const ofRooms = await Promise.all([
    groundMigrations(),
    lawMigrations(),
    peopleMigrations(),
    registersMigrations(),
    casesMigrations(),
    ledgerMigrations(),
    exchangeMigrations(),
    benefitsMigrations(),
    reviewsMigrations(),
    certificatesMigrations(),
    serverMigrations(),
  ])
  const ofServices = await Promise.all(services.map(serviceMigrations))
  return [...ofRooms, ...ofServices.filter((set) => set !== undefined)]
}
