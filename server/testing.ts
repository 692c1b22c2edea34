import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { type MovableClock, must, standingClock } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { seedDemo } from './demo/seed.ts'
import { houseMessages } from './house-messages.ts'
import { buildApp, type LogTarget } from './http/app.ts'
import type { OpenedService } from './services.ts'
import { allMigrations, assembleWorld, connectNodes, type World } from './world.ts'

/** A world on fresh databases with its HTTP interface, for tests. `machineClock` is the clock of sessions. */
export type TestSite = {
  world: World
  app: FastifyInstance
  nodes: Map<string, TestNode>
  machineClock: MovableClock
  close(): Promise<void>
}

/**
 * Opens nodes for tests: real databases, clocks that stand still, the given services, and (unless `seed` is false) the demo world in them.
 */
export async function testSite(options: {
  regions: string[]
  services?: OpenedService[]
  seed?: boolean
  log?: LogTarget
  metricsToken?: string
  origin?: string
}): Promise<TestSite> {
  const { regions, services = [], seed = true, log = false, metricsToken, origin } = options
  const migrations = (await allMigrations(services)).slice(1)
  const nodes = await Promise.all(regions.map((region) => testNode({ region, migrations, seed: region })))
  const clock = must(nodes[0], 'a region').clock
  const shared = nodes.map((node) => ({ ...node, clock }))
  const demo = { now: clock.now, moveTo: async (instant: string) => clock.moveTo(instant) }
  const close = async () => {
    await Promise.all(nodes.map((node) => node.close()))
  }
  const world = assembleWorld(connectNodes(shared, { services }), services, demo, close)
  if (seed) await seedDemo(world)
  const machineClock = standingClock('2026-11-22T01:00:00.000Z')
  const app = await buildApp({ world, messages: houseMessages(services), machineClock, origin }, { log, metricsToken })
  return {
    world,
    app,
    nodes: new Map(nodes.map((node) => [node.region, node])),
    machineClock,
    close: async () => {
      await app.close()
      await world.stop()
    },
  }
}

/** A browser of one user on one node: keeps the cookies, sends the CSRF token and a fresh key with every change. */
export type Browser = {
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  post(path: string, body?: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  send(options: InjectOptions): Promise<LightMyRequestResponse>
}

/** Signs in to the demo world by a click. */
export async function browserOf(app: FastifyInstance, region: string, login: string): Promise<Browser> {
  const signedIn = await app.inject({ method: 'POST', url: `/${region}/api/v1/session/demo`, body: { login } })
  if (signedIn.statusCode !== 200) throw new Error(`sign-in of ${login}: ${signedIn.body}`)
  const cookies = Object.fromEntries(signedIn.cookies.map(({ name, value }) => [name, value]))
  let keys = 0
  const send = ({ headers, ...request }: InjectOptions) =>
    app.inject({
      ...request,
      url: `/${region}/api/v1${String(request.url)}`,
      cookies,
      headers: { 'x-tongban-csrf': cookies.tongban_csrf ?? '', ...headers },
    })
  return {
    send,
    get: (path, headers = {}) => send({ method: 'GET', url: path, headers }),
    post: (path, body = {}, headers = {}) =>
      send({ method: 'POST', url: path, body, headers: { 'idempotency-key': `${login}-key-${++keys}`, ...headers } }),
  }
}
