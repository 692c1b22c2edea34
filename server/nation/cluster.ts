import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  findNatsServer,
  isNatsServerReady,
  type NatsUsers,
  natsServerConfiguration,
  prepareInboxes,
} from '../../exchange/door.ts'
import { Refusal } from '../../ground/door.ts'
import { keepExchangeLogin } from '../secrets.ts'
import type { ProcessSpec } from './keeper.ts'
import { exchangeUrlsOf, type NationPlan } from './plan.ts'

/** Where the `nats-server` program is. Refuses `nats_server_missing`. */
export function requireNatsServer(): string {
  const program = findNatsServer()
  if (!program) throw new Refusal('nats_server_missing')
  return program
}

/** Writes the configuration of each NATS server and answers what to run. `logins` are the regions' public keys. */
export async function natsSpecs(plan: NationPlan, logins: NatsUsers['regions']): Promise<ProcessSpec[]> {
  const program = requireNatsServer()
  const { publicKey } = await keepOperator(plan)
  return Promise.all(
    plan.natsServers.map(async (place) => {
      const file = configurationFile(plan, place.name)
      await mkdir(place.storeFolder, { recursive: true })
      await writeFile(file, natsServerConfiguration(place, { operator: publicKey, regions: logins }))
      return {
        name: `NATS ${place.name}`,
        program,
        parameters: ['--config', file, '--pid', pidFile(plan, place.name)],
        logFile: join(plan.folder, 'log', `${place.name}.log`),
        isReady: () => isNatsServerReady(place, 1000),
      }
    }),
  )
}

/** Makes the inbox of every region, once the servers run. */
export async function makeInboxes(plan: NationPlan): Promise<void> {
  const { seed } = await keepOperator(plan)
  const regions = plan.regions.map(({ region }) => region)
  await prepareInboxes({ servers: exchangeUrlsOf(plan), operatorSeed: seed, regions })
}

function keepOperator({ folder }: NationPlan) {
  return keepExchangeLogin(join(folder, 'nats', 'operator.nats'))
}

/** Ends the NATS servers of a nation that was killed; nobody else's: a process counts only while it runs with this plan's own file. */
export async function endLeftServers(plan: NationPlan): Promise<void> {
  for (const { name } of plan.natsServers) {
    const processId = Number(await readFile(pidFile(plan, name), 'utf8').catch(() => ''))
    if (!processId) continue
    const isOurs = async () => {
      const command = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '')
      return command.includes(configurationFile(plan, name))
    }
    if (!(await isOurs())) continue
    process.kill(processId, 'SIGTERM')
    for (let tries = 0; tries < 100 && (await isOurs()); tries++) await sleep(100)
  }
}

function configurationFile({ folder }: NationPlan, name: string): string {
  return join(folder, 'nats', `${name}.conf`)
}

function pidFile({ folder }: NationPlan, name: string): string {
  return join(folder, 'nats', `${name}.pid`)
}
