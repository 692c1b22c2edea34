import {
  type Actor,
  addMilliseconds,
  type Instant,
  inTransaction,
  type MovableClock,
  makeNodeKeys,
  must,
  type Node,
  openDatabase,
  type Random,
  randomBelow,
  seededRandom,
  standingClock,
  systemActor,
  type Work,
} from '../ground/door.ts'
import { createNode, type RegionNode } from '../server/node.ts'
import type { OpenedService } from '../server/services.ts'
import { allMigrations } from '../server/world.ts'
import { createBaton } from './baton.ts'
import { makeDatabases, type SimulatedDatabase } from './databases.ts'
import { createMachine, type Machine } from './machine.ts'
import { createNetwork, type Network } from './network.ts'
import { scheduledPool } from './scheduled-pool.ts'

/** A region of the simulated nation: the product's own node on a database, a clock and a process of its own. */
export type SimulatedRegion = Pick<RegionNode, 'region' | 'node' | 'cases' | 'exchange' | 'runDue'> & {
  readonly machine: Machine
  readonly database: SimulatedDatabase
  /** Its clock, which may go wrong by some milliseconds against the nation's. */
  readonly clock: { skew(milliseconds: number): void }
  /** Runs as the node itself, or as an actor. */
  run<T>(action: (work: Work) => Promise<T>, actor?: Actor): Promise<T>
  /** Starts its process again, which knows nothing but what its database has. */
  restart(): void
}

/** The nation: its regions, the network between them, and one true time. */
export type SimulatedNation = {
  readonly regions: readonly SimulatedRegion[]
  readonly network: Network
  readonly clock: MovableClock
  region(code: string): SimulatedRegion
  /** What is there now, and the present moment, is what stories of this chapter (0, 1, ...) begin with. */
  keepChapter(chapter: number): Promise<void>
  /** Begins a story at the end of a chapter: all processes up, everybody connected. */
  begin(seed: string, chapter: number): Promise<void>
  close(): Promise<void>
}

/** What a nation is made of. `name` begins the names of its databases; `begins` is the moment at which every story begins. */
export type NationParts = {
  adminUrl: string
  name: string
  regions: readonly string[]
  services: readonly OpenedService[]
  begins: Instant
}

/** Opens a nation of real nodes. Nothing runs by itself: no timers, no background deliveries. */
export async function openNation({ adminUrl, name, regions, services, begins }: NationParts): Promise<SimulatedNation> {
  const databases = await makeDatabases(adminUrl, name, regions, await allMigrations(services))
  const network = createNetwork()
  const clock = standingClock(begins)
  let dice: Random = seededRandom('base')
  const baton = createBaton((count) => randomBelow(dice, count))
  const publicKeys = new Map<string, string>()
  const opened = new Map<string, SimulatedRegion & { begin(seed: string): void }>()
  for (const [region, database] of databases) {
    const machine = createMachine()
    let random: Random = seededRandom(`base ${region}`)
    let skewMilliseconds = 0
    const keys = makeNodeKeys(random)
    publicKeys.set(region, keys.signingPublicKey)
    const parts = {
      region,
      database: openDatabase(database.applicationUrl, {
        connections: 2,
        through: (pool) => scheduledPool(pool, machine, baton, database.change),
      }),
      clock: { now: () => addMilliseconds(clock.now(), skewMilliseconds) },
      random: { bytes: (length: number) => random.bytes(length) },
      keys,
      faults: () => machine.reach(),
    }
    const transport = network.transportOf(region)
    let node: Node = parts
    let process: RegionNode | undefined
    // Making a process takes longer than many a story in which it does nothing.
    const running = () => {
      process ??= createNode({ node, transport, publicKeyOf: (partner) => publicKeys.get(partner), services })
      return process
    }
    const boot = () => {
      // What a process remembers of its database it remembers of this one: the next process knows another.
      node = { ...parts, database: { ...parts.database } }
      process = undefined
    }
    transport.listen(region, (bytes) => running().exchange.receive(bytes))
    opened.set(region, {
      region,
      get node() {
        return node
      },
      machine,
      database,
      get cases() {
        return running().cases
      },
      get exchange() {
        return running().exchange
      },
      clock: {
        skew: (milliseconds) => {
          skewMilliseconds = milliseconds
        },
      },
      runDue: () => running().runDue(),
      run: (action, actor = systemActor) => inTransaction(node, actor, action, 'request'),
      restart() {
        machine.restart()
        boot()
      },
      begin(seed) {
        random = seededRandom(`${seed} ${region}`)
        skewMilliseconds = 0
        machine.restart()
        boot()
      },
    })
  }
  const all = [...opened.values()]
  const moments: Instant[] = []
  return {
    regions: all,
    network,
    clock,
    region: (code) => must(opened.get(code), `region ${code}`),
    async keepChapter(chapter) {
      moments[chapter] = clock.now()
      for (const { database } of all) await database.keepChapter(chapter)
    },
    async begin(seed, chapter) {
      dice = seededRandom(`${seed} baton`)
      clock.moveTo(must(moments[chapter], `chapter ${chapter}`))
      network.reset()
      for (const region of all) region.begin(seed)
      await Promise.all(all.map(({ database }) => database.reset(chapter)))
    },
    async close() {
      await Promise.all(all.map(({ node }) => node.database.close()))
      await Promise.all(all.map(({ database }) => database.close()))
    },
  }
}
