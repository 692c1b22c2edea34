import { createInProcessTransport, exchangeStatus } from '../../exchange/door.ts'
import {
  type Actor,
  asActor,
  BrokenInvariant,
  inTransaction,
  must,
  standingClock,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { assignmentActor, getAssignment } from '../../people/door.ts'
import type { DemoNation, DemoNationNode } from '../../services/contract.ts'
import type { RegionNode } from '../node.ts'
import { waysInProcess } from '../ways.ts'
import { connectNodes, type World } from '../world.ts'
import type { DemoNames } from './seed.ts'

/** Before anything that a history does. */
const beginning = '2026-01-01T00:00:00.000Z'

/**
 * Lets the services live through the demo world's past: on the same databases, with a clock that begins at New Year for each and stands until it
 * is moved, and a transport of their own that delivers when told. The services run through their own steps, so nothing is in the past that could
 * not have happened.
 */
export async function makeHistory(world: World, names: DemoNames): Promise<void> {
  const clock = standingClock(beginning)
  const transport = createInProcessTransport()
  const planned = world.nodes.filter(({ region }) => names.has(region))
  const nodes = connectNodes(
    planned.map(({ node }) => ({ ...node, clock })),
    { services: world.services, ways: waysInProcess(transport) },
  )
  for (const { region, exchange } of nodes) transport.listen(region, exchange.receive)
  const nation: DemoNation = {
    find: (region) => {
      const found = nodes.find((node) => node.region === region)
      return found && nationNode(found, names)
    },
    moveTo: (instant) => clock.moveTo(instant),
    deliver: () => deliverAll(nodes),
  }
  for (const { service } of world.services) {
    clock.moveTo(beginning)
    const parts = must(
      nodes[0]?.services.find((installed) => installed.service.id === service.id),
      'a service',
    ).parts
    await parts.history?.(nation)
  }
}

function nationNode({ node, region, cases }: RegionNode, names: DemoNames): DemoNationNode {
  const known = must(names.get(region), `names of the demo world of ${region}`)
  const idOf = (name: string) => must(known.get(name), `${name} in the demo world of ${region}`)
  const run = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, systemActor, action)
  const actorOf = async (work: Work, login: string): Promise<Actor> =>
    known.has(`person:${login}`)
      ? { kind: 'person', userId: idOf(`user:${login}`), personId: idOf(`person:${login}`) }
      : assignmentActor(await getAssignment(work, idOf(`assignment:${login}`)))
  const runAs: DemoNationNode['runAs'] = (login, action) =>
    run(async (work) => asActor(work, await actorOf(work, login), action))
  return {
    ...{ node, cases, idOf, run, runAs },
    open: (login, opening) =>
      runAs(login, async (work) => {
        const { actor } = work
        const agency = actor.kind === 'staff' ? actor.agency : region
        const subject = {
          ...(actor.kind === 'person' && { personId: actor.personId }),
          ...(actor.kind === 'employer' && { employerId: actor.employerId }),
        }
        return (await cases.open(work, { ...opening, agency, subject, idempotencyKey: work.newId() })).caseId
      }),
    take: (login, caseId, step, body = {}) =>
      runAs(login, async (work) => {
        const { seq: expectedSeq } = (await cases.get(work, caseId)).file
        await cases.take(work, { caseId, step, body, expectedSeq, idempotencyKey: work.newId() })
      }),
  }
}

/** Two quiet rounds: what a delivery made somebody say is delivered too. */
async function deliverAll(nodes: readonly RegionNode[]): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    let delivered = 0
    for (const { exchange } of nodes) delivered += await exchange.pump()
    quiet = delivered === 0 ? quiet + 1 : 0
  }
  for (const { node } of nodes) {
    const { waiting, failed } = await inTransaction(node, systemActor, exchangeStatus)
    if (waiting + failed > 0) throw new BrokenInvariant(`${node.region}: ${waiting} messages wait, ${failed} failed`)
  }
}
