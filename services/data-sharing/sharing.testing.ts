import { type Cases, casesMigrations, createCases } from '../../cases/door.ts'
import {
  createExchange,
  createInProcessTransport,
  type Exchange,
  exchangeMigrations,
  failedMessages,
} from '../../exchange/door.ts'
import {
  type Actor,
  type Id,
  inTransaction,
  must,
  readMigrations,
  startOfDate,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { lawMigrations, openRulebook } from '../../law/door.ts'
import {
  assign,
  assignmentActor,
  createUser,
  getAssignment,
  makeSyntheticIdNumber,
  peopleMigrations,
  registerPerson,
} from '../../people/door.ts'
import { registersMigrations } from '../../registers/door.ts'
import type { ServiceParts } from '../contract.ts'
import { service } from './service.ts'

/** A region with this service, its cases and its exchange: a real database. All synthetic. */
export type SharingRegion = TestNode & {
  cases: Cases
  parts: ServiceParts
  exchange: Exchange
  run<T>(action: (work: Work) => Promise<T>, actor?: Actor): Promise<T>
  officer(role: string, login?: string): Promise<Actor>
}

/** The hub, Gansu and Jiangsu; `deliver` hands over what the regions say to each other. */
export type SharingNation = {
  gansu: SharingRegion
  jiangsu: SharingRegion
  deliver(): Promise<void>
  /** Moves both clocks to a morning and does what is due, without delivering. */
  moveTo(day: string): Promise<void>
  close(): Promise<void>
}

/** Opens the nation on 2026-05-11. */
export async function sharingNation(): Promise<SharingNation> {
  const transport = createInProcessTransport()
  const regions = new Map<string, SharingRegion>()
  const migrations = [
    await lawMigrations(),
    await peopleMigrations(),
    await registersMigrations(),
    await casesMigrations(),
    await exchangeMigrations(),
    await readMigrations('svc_data_sharing', new URL('./migrations/', import.meta.url)),
  ]
  for (const region of ['000000', '620000', '320000']) {
    const node = await testNode({ region, migrations, seed: `sharing-${region}` })
    node.clock.moveTo(startOfDate('2026-05-11', '09:00'))
    let cases: Cases | undefined
    const rulebook = openRulebook(service.id, service.folder)
    const parts = service.create({ rulebook, cases: () => must(cases, 'cases') })
    cases = createCases({ flows: parts.flows })
    const exchange = createExchange({
      ...{ node, transport, handlers: parts.messages, enrolment: 'automatic' as const },
      keyOf: (other) => regions.get(other)?.keys.signingPublicKey,
    })
    const run: SharingRegion['run'] = (action, actor = systemActor) => inTransaction(node, actor, action)
    regions.set(region, {
      ...node,
      cases,
      parts,
      exchange,
      run,
      officer: (role, login) => officer(run, node, role, login),
    })
    transport.listen(region, exchange.receive)
  }
  const all = [...regions.values()]
  const deliver = async () => {
    let delivered: number
    do {
      delivered = 0
      for (const { exchange } of all) delivered += await exchange.pump()
    } while (delivered > 0)
    for (const { run, region } of all) {
      const failed = await run(failedMessages)
      if (failed.length > 0) throw new Error(`messages failed in ${region}: ${JSON.stringify(failed)}`)
    }
  }
  return {
    gansu: must(regions.get('620000'), 'Gansu'),
    jiangsu: must(regions.get('320000'), 'Jiangsu'),
    deliver,
    async moveTo(day) {
      for (const region of all) {
        region.clock.moveTo(startOfDate(day, '09:00'))
        await region.cases.runDue(region)
      }
    },
    close: async () => {
      for (const region of all) await region.close()
    },
  }
}

async function officer(
  run: SharingRegion['run'],
  { region }: TestNode,
  role: string,
  login = `${role}-1`,
): Promise<Actor> {
  return run(async (work) => {
    const userId = await createUser(work, {
      login: `${login}-${work.newId().slice(-6)}`.replaceAll('_', '-'),
      displayName: '示例',
    })
    const assignmentId = await assign(work, { userId, role, agency: region, from: '2024-01-01' })
    return assignmentActor(await getAssignment(work, assignmentId))
  })
}

/** The same made-up person in a region; `nth` tells people apart. */
export async function person(region: SharingRegion, nth: number): Promise<{ personId: Id; actor: Actor }> {
  return region.run(async (work) => {
    const { personId } = await registerPerson(work, {
      ...personOf(nth),
      homeRegion: region.region,
      agency: region.region,
    })
    const userId = await createUser(work, { login: `person-${nth}`, displayName: '示例', personId })
    return { personId, actor: { kind: 'person', userId, personId } }
  })
}

/** Number and name of a made-up person. */
export function personOf(nth: number): { idNumber: string; name: string } {
  return {
    idNumber: makeSyntheticIdNumber({ region: '620102', birthOn: '1984-06-02', sequence: nth }),
    name: `示例·共享${nth}`,
  }
}
