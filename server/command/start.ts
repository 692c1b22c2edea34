import type { FastifyInstance } from 'fastify'
import { OperatingFailure, parseInput, schemaRegion, systemClock } from '../../ground/door.ts'
import { demoPassword } from '../demo/logins.ts'
import { seedDemo } from '../demo/seed.ts'
import { houseMessages } from '../house-messages.ts'
import { buildApp } from '../http/app.ts'
import { readSettings, type Settings } from '../settings.ts'
import type { World } from '../world.ts'
import { openConfiguredWorld } from './open-configured-world.ts'
import { stopSignal } from './stop-signal.ts'

/**
 * Starts the server with the nodes of the given regions, else of `TONGBAN_REGIONS`, and runs until it is told to stop (Ctrl-C, SIGTERM); then
 * finishes what is under way and answers 0.
 */
export async function start(options: { region: string[] }): Promise<number> {
  const regions = options.region.map((region) => parseInput(schemaRegion, region, '--region'))
  const settings = readSettings(process.env, regions)
  const stopped = stopSignal()
  const world = await openConfiguredWorld(settings)
  try {
    if (settings.demo) await seedWithWords(world)
    const app = await buildApp(
      { world, messages: houseMessages(world.services), machineClock: systemClock, origin: settings.origin },
      { log: true, proxy: settings.proxy, metricsToken: settings.metricsToken },
    )
    world.start()
    const address = await listen(app, settings)
    console.log(welcome(address, settings))
    await stopped
    await app.close()
  } finally {
    await world.stop()
  }
  return 0
}

async function seedWithWords(world: World): Promise<void> {
  const started = performance.now()
  const made = await seedDemo(world, {
    history: true,
    onBegin: () =>
      console.log('正在建演示世界，每个省约几秒… Making the demo world, some seconds for each province ...'),
  })
  if (made) console.log(`演示世界已建好。 The demo world is made (${Math.round(performance.now() - started)} ms).`)
}

async function listen(app: FastifyInstance, { host, port }: Settings): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new OperatingFailure('port_in_use', { port }, { cause: error })
    }
    throw error
  }
}

function welcome(address: string, { demo, regions }: Settings): string {
  const lines = [`通办 Tongban: ${address}`, `${address}/healthz  ${address}/api/openapi.json`]
  if (demo) lines.push(`演示账号密码（虚构） demo password: ${demoPassword}  (${regions.join(' ')})`)
  return lines.join('\n')
}
