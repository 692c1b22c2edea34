import { certificatesMigrations } from '../../certificates/door.ts'
import { createExchange, createInProcessTransport, type Exchange, exchangeMigrations } from '../../exchange/door.ts'
import { type Actor, type Id, inTransaction, must, readMigrations, systemActor, type Work } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { lawMigrations, openRulebook } from '../../law/door.ts'
import { createUser, makeSyntheticIdNumber, peopleMigrations, registerPerson } from '../../people/door.ts'
import type { ServiceParts } from '../contract.ts'
import { service } from './service.ts'

/** A region with the service and its exchange, on a real database. All synthetic. */
export type TestRegion = TestNode & {
  exchange: Exchange
  parts: ServiceParts
  run<T>(action: (work: Work) => Promise<T>, actor?: Actor): Promise<T>
  /** What a route answers an actor. */
  call(actor: Actor, route: string, input?: { params?: unknown; query?: unknown; body?: unknown }): Promise<unknown>
}

/** Opens regions that know each other's keys; `deliver` brings messages until nobody has anything to say. */
export async function testRegions(codes: readonly string[]) {
  const transport = createInProcessTransport()
  const migrations = [
    await lawMigrations(),
    await peopleMigrations(),
    await exchangeMigrations(),
    await certificatesMigrations(),
    await readMigrations('svc_insurance_statement', new URL('./migrations/', import.meta.url)),
  ]
  const nodes = await Promise.all(codes.map((region) => testNode({ region, migrations, seed: `statement-${region}` })))
  const keyOf = (region: string) => nodes.find((node) => node.region === region)?.keys.signingPublicKey
  const regions = nodes.map((node) => assembleRegion(node, { transport, keyOf }))
  for (const { region, exchange } of regions) transport.listen(region, exchange.receive)
  return {
    region: (code: string) =>
      must(
        regions.find(({ region }) => region === code),
        `region ${code}`,
      ),
    async deliver() {
      for (let said = 1; said > 0; ) {
        said = 0
        for (const { exchange } of regions) said += await exchange.pump()
      }
    },
    close: () => Promise.all(nodes.map((node) => node.close())),
  }
}

function assembleRegion(
  node: TestNode,
  ways: { transport: ReturnType<typeof createInProcessTransport>; keyOf(region: string): string | undefined },
): TestRegion {
  const rulebook = openRulebook(service.id, service.folder)
  const parts = service.create({
    rulebook,
    cases: () => {
      throw new Error('this service has no cases')
    },
  })
  const exchange = createExchange({ node, ...ways, handlers: parts.messages, enrolment: 'automatic' })
  const run: TestRegion['run'] = (action, actor = systemActor) => inTransaction(node, actor, action)
  return {
    ...node,
    exchange,
    parts,
    run,
    call: (actor, name, { params = {}, query = {}, body } = {}) => {
      const [method, path] = name.split(' ')
      const route = must(
        parts.routes.find((each) => each.method === method && each.path === path),
        name,
      )
      return run(async (work) => route.answer.parse(await route.handle(work, { params, query, body })), actor)
    },
  }
}

/** A person who signs in at a region; the same sequence is the same person in every region. */
export async function residentOf(
  region: TestRegion,
  sequence: number,
): Promise<{ personId: Id; actor: Actor; lastFour: string }> {
  const idNumber = makeSyntheticIdNumber({ region: '320102', birthOn: '1985-03-07', sequence })
  return region.run(async (work) => {
    const home = region.region.replace(/0000$/, '0100')
    const { personId } = await registerPerson(work, { idNumber, name: '沈试样', homeRegion: home, agency: home })
    const userId = await createUser(work, { login: `resident-${sequence}`, displayName: '示例', personId })
    return { personId, actor: { kind: 'person' as const, userId, personId }, lastFour: idNumber.slice(-4) }
  })
}
