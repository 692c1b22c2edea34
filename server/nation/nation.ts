import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Clock, Random } from '../../ground/door.ts'
import { identityOf } from '../identity.ts'
import { secretsFile } from '../secrets.ts'
import { endLeftServers, makeInboxes, natsSpecs, requireNatsServer } from './cluster.ts'
import { keepDatabase } from './database.ts'
import { type KeptProcess, keepProcess, type ProcessSpec, processFailed, runOnce } from './keeper.ts'
import { exchangeUrlsOf, type NationPlan, requireFreePorts } from './plan.ts'

/** A nation on one machine: the hub and every region a process of its own, PostgreSQL, a NATS cluster; whatever ends is started again. */
export type Nation = {
  /** Starts everything, `tell` hears how far it is. Refuses where ports are taken or NATS is missing; then `stop` takes back what had begun. */
  begin(tell: (step: BeginStep) => void): Promise<void>
  processes(): KeptProcess[]
  /** Stops everything in order: regions, NATS, database. */
  stop(): Promise<void>
}

/** What a beginning nation is at. */
export type BeginStep = 'database' | 'demo_world' | 'nats' | 'regions'

const program = fileURLToPath(new URL('../tongban.ts', import.meta.url))

/** Puts the nation of a plan together; nothing runs until `begin`. */
export function createNation(plan: NationPlan, clock: Clock, random: Random): Nation {
  const kept: KeptProcess[] = []
  const ending = new AbortController()
  let beginning: Promise<void> = Promise.resolve()

  async function keep<Kept extends KeptProcess>(starting: Promise<Kept>): Promise<Kept> {
    const started = await starting
    kept.push(started)
    ending.signal.throwIfAborted()
    return started
  }

  /** Comes back when all of them are kept or have failed, so that none is forgotten. */
  async function keepAll(specs: readonly ProcessSpec[]): Promise<void> {
    const outcomes = await Promise.allSettled(specs.map((spec) => keep(keepProcess(spec, clock, ending.signal))))
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }

  async function begin(tell: (step: BeginStep) => void): Promise<void> {
    requireNatsServer()
    await endLeftServers(plan)
    await requireFreePorts(plan)
    tell('database')
    const { adminUrl } = await keep(keepDatabase(plan))
    tell('demo_world')
    await makeDemoWorld(plan, adminUrl, ending.signal)
    const identities = await handOutKeys(plan, random)
    tell('nats')
    const logins = new Map(identities.map(({ region, exchangeLogin }) => [region, exchangeLogin]))
    await keepAll(await natsSpecs(plan, logins))
    await makeInboxes(plan)
    tell('regions')
    await keepAll(plan.regions.map((place) => regionSpec(plan, place, adminUrl)))
  }

  return {
    begin: (tell) => {
      beginning = begin(tell)
      return beginning
    },
    processes: () => [...kept],
    async stop() {
      ending.abort()
      // Whoever called it has heard why it failed.
      await beginning.catch(() => {})
      for (const each of kept.toReversed()) await each.stop()
    },
  }
}

/** Makes the demo world of all regions, where it is not there yet, in one process, so that it has its common past. */
async function makeDemoWorld(plan: NationPlan, adminUrl: string, signal: AbortSignal): Promise<void> {
  const spec = {
    program: process.execPath,
    parameters: ['--disable-warning=ExperimentalWarning', program, 'seed'],
    environment: {
      DATABASE_URL: adminUrl,
      TONGBAN_DATA: plan.folder,
      TONGBAN_MODE: 'demo',
      TONGBAN_REGIONS: plan.regions.map(({ region }) => region).join(','),
      EXCHANGE_URL: undefined,
    },
    logFile: join(plan.folder, 'log', 'seed.log'),
  }
  const code = await runOnce(spec, signal)
  signal.throwIfAborted()
  if (code !== 0) throw await processFailed('tongban seed', spec.logFile)
}

/** Gives each region a data folder with its own keys alone, and the public keys of all. */
async function handOutKeys(plan: NationPlan, random: Random) {
  const identities = []
  for (const { region, dataFolder } of plan.regions) {
    const file = secretsFile(dataFolder, region)
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await copyFile(secretsFile(plan.folder, region), file)
    identities.push(await identityOf(dataFolder, region, random))
  }
  const keys = Object.fromEntries(identities.map(({ region, signingPublicKey }) => [region, signingPublicKey]))
  await writeFile(partnersFile(plan), JSON.stringify(keys, null, 2))
  return identities
}

function partnersFile({ folder }: NationPlan): string {
  return join(folder, 'partners.json')
}

function regionSpec(
  plan: NationPlan,
  { region, port, dataFolder }: NationPlan['regions'][number],
  adminUrl: string,
): ProcessSpec {
  return {
    name: region,
    program: process.execPath,
    parameters: ['--disable-warning=ExperimentalWarning', program, 'start', '--region', region],
    environment: {
      HOST: plan.host,
      PORT: String(port),
      TONGBAN_DATA: dataFolder,
      TONGBAN_MODE: 'demo',
      DATABASE_URL: adminUrl,
      EXCHANGE_URL: exchangeUrlsOf(plan).join(','),
      TONGBAN_PARTNERS: partnersFile(plan),
    },
    logFile: join(plan.folder, 'log', `${region}.log`),
    isReady: async () => {
      const answer = await fetch(`http://${plan.host}:${port}/healthz`).catch(() => undefined)
      return answer?.ok ?? false
    },
  }
}
