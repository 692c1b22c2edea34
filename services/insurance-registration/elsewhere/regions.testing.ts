import { benefitsMigrations } from '../../../benefits/door.ts'
import { type Cases, casesMigrations, createCases } from '../../../cases/door.ts'
import { createExchange, createInProcessTransport, type Exchange, exchangeMigrations } from '../../../exchange/door.ts'
import {
  type Actor,
  type Id,
  inTransaction,
  must,
  type PlainDate,
  startOfDate,
  systemActor,
  type Work,
} from '../../../ground/door.ts'
import { type TestNode, testNode } from '../../../ground/testing.ts'
import { lawMigrations, openRulebook } from '../../../law/door.ts'
import {
  assign,
  assignmentActor,
  createUser,
  getAssignment,
  makeSyntheticIdNumber,
  peopleMigrations,
  registerPerson,
} from '../../../people/door.ts'
import { registersMigrations } from '../../../registers/door.ts'
import type { ServiceParts } from '../../contract.ts'
import { service } from '../service.ts'

/** A region with the service and its exchange, on a real database. All synthetic. */
export type TestRegion = TestNode & {
  cases: Cases
  parts: ServiceParts
  exchange: Exchange
  run<T>(action: (work: Work) => Promise<T>, actor?: Actor): Promise<T>
  officer(role: string): Promise<Actor>
  /** Takes a step on a case as it stands now; answers the status. */
  take(actor: Actor, caseId: Id, step: string, body?: unknown): Promise<string>
}

/** Opens regions that know each other's keys, with the hub, on 2026-05-11, a Monday. `deliver` lets everything happen that is due and brings messages. */
export async function testRegions(codes: readonly string[]) {
  const transport = createInProcessTransport()
  const migrations = await Promise.all([
    ...[lawMigrations(), peopleMigrations(), registersMigrations(), casesMigrations()],
    ...[benefitsMigrations(), exchangeMigrations()],
  ])
  const all = ['000000', ...codes]
  const nodes = await Promise.all(all.map((region) => testNode({ region, migrations, seed: `register-${region}` })))
  const keyOf = (region: string) => nodes.find((node) => node.region === region)?.keys.signingPublicKey
  const regions = nodes.map((node) => assembleRegion(node, { transport, keyOf }))
  for (const { region, exchange } of regions) transport.listen(region, exchange.receive)
  const pump = async () => {
    for (let said = 1; said > 0; ) {
      said = 0
      for (const { exchange } of regions) said += await exchange.pump()
    }
  }
  await pump()
  return {
    region: (code: string) =>
      must(
        regions.find(({ region }) => region === code),
        `region ${code}`,
      ),
    async deliver() {
      await pump()
      for (const { parts, run } of regions) for (const item of parts.clockwork ?? []) await run(item.run)
      await pump()
    },
    async moveTo(day: PlainDate) {
      for (const { clock } of regions) clock.moveTo(startOfDate(day, '09:00'))
      for (const region of regions) await region.cases.runDue(region)
    },
    close: () => Promise.all(nodes.map((node) => node.close())),
  }
}

function assembleRegion(
  node: TestNode,
  ways: { transport: ReturnType<typeof createInProcessTransport>; keyOf(region: string): string | undefined },
): TestRegion {
  let cases: Cases | undefined
  const rulebook = openRulebook(service.id, service.folder)
  const parts = service.create({ rulebook, cases: () => must(cases, 'cases') })
  const made = createCases({ flows: parts.flows })
  cases = made
  const exchange = createExchange({ node, ...ways, handlers: parts.messages, enrolment: 'automatic' })
  const run: TestRegion['run'] = (action, actor = systemActor) => inTransaction(node, actor, action, 'test')
  const officers = new Map<string, Promise<Actor>>()
  return {
    ...node,
    cases: made,
    parts,
    exchange,
    run,
    officer(role) {
      const known = officers.get(role) ?? run((work) => appoint(work, role))
      officers.set(role, known)
      return known
    },
    take: (actor, caseId, step, body = {}) =>
      run(async (work) => {
        const { file } = await made.get(work, caseId)
        const spec = { caseId, step, body, expectedSeq: file.seq, idempotencyKey: `${step}-${file.seq}` }
        return (await made.take(work, spec)).status
      }, actor),
  }
}

async function appoint(work: Work, role: string): Promise<Actor> {
  const agency = work.node.region.replace(/0000$/, '0100')
  const userId = await createUser(work, { login: `${agency}-${role}`, displayName: '示例' })
  return assignmentActor(await getAssignment(work, await assign(work, { userId, role, agency, from: '2020-01-01' })))
}

/** A person in a region, with their household where it is; the same sequence is the same person in every region. */
export async function residentOf(
  { region, run }: TestRegion,
  sequence: number,
  { homeRegion = '620102', name = '沈试样' } = {},
): Promise<{ personId: Id; actor: Actor }> {
  const idNumber = makeSyntheticIdNumber({ region: '620102', birthOn: '1985-03-07', sequence })
  return run(async (work) => {
    const agency = region.replace(/0000$/, '0100')
    const { personId } = await registerPerson(work, { idNumber, name, homeRegion, agency })
    const userId = await createUser(work, { login: `resident-${sequence}`, displayName: '示例', personId })
    return { personId, actor: { kind: 'person' as const, userId, personId } }
  })
}
