import { inTransaction, must, systemActor, type Work } from '../../ground/door.ts'
import type { RegionNode } from '../node.ts'
import type { ServerTables } from '../tables.ts'
import type { World } from '../world.ts'
import { seedState } from './half-made.ts'
import { makeHistory } from './history.ts'
import { findDemoRegion } from './plan.ts'
import { seedNode } from './seed-node.ts'

/** What the common part of the seed has named, by region and name. */
export type DemoNames = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * Makes the demo world where it is not there yet: first what all services share, on every node, then each service's part. Answers whether
 * it made it. `history`: with a past that the services live through, which takes some seconds; tests do without.
 * `onBegin` is called when there is something to make. A process that is killed
 * meanwhile leaves it half made; the next start throws that away (`openWorld`).
 */
export async function seedDemo(
  world: World,
  options: { history?: boolean; onBegin?: () => void } = {},
): Promise<boolean> {
  const planned = world.nodes.filter(({ region }) => findDemoRegion(region))
  const states = await Promise.all(planned.map(({ node }) => seedState(node)))
  if (!states.includes('missing')) return false
  options.onBegin?.()
  const names: DemoNames = new Map(
    await Promise.all(planned.map(async (region) => [region.region, await seedShared(region)] as const)),
  )
  for (const region of planned) await seedServices(region, must(names.get(region.region), 'names of the node'))
  if (options.history) await makeHistory(world, names)
  for (const { node } of planned) await inTransaction(node, systemActor, markFinished)
  return true
}

/** What all services of a node share, in one transaction; answers the ids by name. */
function seedShared({ node, region }: RegionNode): Promise<ReadonlyMap<string, string>> {
  return inTransaction(node, systemActor, async (work) => {
    await markStarted(work)
    return seedNode(work, must(findDemoRegion(region), `the demo plan of ${region}`))
  })
}

async function seedServices({ node, services }: RegionNode, ids: ReadonlyMap<string, string>): Promise<void> {
  for (const { parts } of services) {
    await parts.seed?.({
      node,
      idOf: (name) => must(ids.get(name), `${name} in the demo world of ${node.region}`),
      run: (action) => inTransaction(node, systemActor, action),
    })
  }
}

async function markStarted({ db }: Work): Promise<void> {
  await db.withTables<ServerTables>().insertInto('server.demo_seed').values({ one: true, state: 'started' }).execute()
}

async function markFinished({ db }: Work): Promise<void> {
  await db.withTables<ServerTables>().updateTable('server.demo_seed').set({ state: 'finished' }).execute()
}
