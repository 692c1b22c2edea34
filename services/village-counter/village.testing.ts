import { z } from 'zod'
import { type Cases, casesMigrations, createCases, defineFlow, stepsOf } from '../../cases/door.ts'
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
import { lawMigrations, openRulebook, type Rulebook } from '../../law/door.ts'
import {
  assign,
  assignmentActor,
  createUser,
  getAssignment,
  makeSyntheticIdNumber,
  peopleMigrations,
} from '../../people/door.ts'
import { registersMigrations } from '../../registers/door.ts'
import type { ServiceParts } from '../contract.ts'
import { openCounter } from './counters.ts'
import { enterControlRules } from './seed.ts'
import { service } from './service.ts'

/** A county of Anhui with a township and two villages; everything made up. */
export type Village = {
  node: TestNode
  cases: Cases
  rulebook: Rulebook
  parts: ServiceParts
  /** Operators of the first and the second village, the checker of the township, officers of the county, and of the city above it. */
  operator: Actor
  otherOperator: Actor
  checker: Actor
  review: Actor
  approve: Actor
  run<T>(action: (work: Work) => Promise<T>, actor?: Actor): Promise<T>
  accept(actor: Actor, body: object): ReturnType<Cases['open']>
  take(actor: Actor, caseId: Id, step: string, body?: object): ReturnType<Cases['take']>
  route(actor: Actor, path: string, input?: { query?: unknown; params?: unknown; body?: unknown }): Promise<unknown>
  /** A user of a role for a place, who is a person where one is named. */
  user(role: string, place: { agency: string } | { institutionId: Id }, personId?: Id): Promise<Actor>
  villageId: Id
  moveTo(day: string): void
  /** Does what happens by itself. */
  turn(): Promise<void>
  close(): Promise<void>
}

const claimed = z.strictObject({ personId: z.string(), from: z.string() })

const takerState = z.strictObject({ personId: z.string().nullable(), provedBy: z.string().nullable() })
type TakerState = z.infer<typeof takerState>

const takerStep = stepsOf<TakerState>()

/** What decides pensions, as far as this service knows of it: a flow that takes their claims in. */
const pensionTaker = defineFlow<TakerState>({
  id: 'pension-taker',
  service: 'pension-taker',
  version: 1,
  title: { zh: '示例待遇核定', en: 'A decision on a pension' },
  numberPrefix: 'PT',
  state: takerState,
  initial: { personId: null, provedBy: null },
  takesIn: [
    { matter: 'resident_pension', step: 'takeIn' },
    { matter: 'resident_pension_proof', step: 'takeInProof' },
  ],
  statuses: {
    submitted: { title: { zh: '待受理', en: 'To be accepted' }, task: { role: 'accept' } },
    closed: { title: { zh: '已结', en: 'Closed' }, final: true },
  },
  steps: {
    takeIn: takerStep({
      title: { zh: '接收', en: 'Take in' },
      opens: true,
      by: ['system'],
      body: claimed,
      record: claimed,
      to: 'submitted',
      take: async ({ body }) => ({ record: body }),
      fold: (state, { body: { personId } }) => ({ ...state, personId }),
    }),
    takeInProof: takerStep({
      title: { zh: '接收认证', en: 'Take in a proof' },
      from: ['submitted'],
      by: ['system'],
      body: claimed,
      record: claimed,
      to: 'stay',
      take: async ({ body }) => ({ record: body }),
      fold: (state, { body: { from } }) => ({ ...state, provedBy: from }),
    }),
    close: takerStep({
      title: { zh: '办结', en: 'Close' },
      from: ['submitted'],
      by: ['accept'],
      body: z.strictObject({}),
      record: z.strictObject({}),
      to: 'closed',
      take: async () => ({ record: {} }),
    }),
  },
})

/** Opens it on a Monday, 2026-05-11. */
export async function openVillage(): Promise<Village> {
  const migrations = [
    await lawMigrations(),
    await peopleMigrations(),
    await registersMigrations(),
    await casesMigrations(),
    await readMigrations('svc_village_counter', new URL('./migrations/', import.meta.url)),
  ]
  const node = await testNode({ region: '340000', migrations })
  node.clock.moveTo(startOfDate('2026-05-11', '09:00'))
  const rulebook = openRulebook(service.id, service.folder)
  let cases: Cases | undefined
  const parts = service.create({ rulebook, cases: () => must(cases, 'cases') })
  cases = createCases({ flows: [...parts.flows, pensionTaker] })
  const opened = cases
  const run: Village['run'] = (action, actor = systemActor) => inTransaction(node, actor, action)
  let keys = 0
  const user: Village['user'] = (role, place, personId) =>
    run(async (work) => {
      const login = `${role}-${++keys}`.replaceAll('_', '-')
      const userId = await createUser(work, { login, displayName: '示例', ...(personId !== undefined && { personId }) })
      const assignmentId = await assign(work, { userId, role, ...place, from: '2024-01-01' })
      return assignmentActor(await getAssignment(work, assignmentId))
    })
  const counter = (code: string, stationId: Id | null, latitudeE6: number) =>
    run((work) =>
      openCounter(work, {
        ...{ code, name: `示例${code}`, stationId, from: '2024-12-30', source: 'test' },
        ...{ longitudeE6: 117_000_000, latitudeE6 },
      }),
    )
  await run(enterControlRules)
  const stationId = await counter('340123101000', null, 31_700_000)
  const villageId = await counter('340123101201', stationId, 31_710_000)
  const otherId = await counter('340123101202', stationId, 31_760_000)
  return {
    ...{ node, cases: opened, rulebook, parts, run, user, villageId },
    operator: await user('village_operator', { institutionId: villageId }),
    otherOperator: await user('village_operator', { institutionId: otherId }),
    checker: await user('township_checker', { institutionId: stationId }),
    review: await user('review', { agency: '340123' }),
    approve: await user('approve', { agency: '340100' }),
    accept: (actor, body) =>
      run(
        (work) =>
          opened.open(work, {
            ...{ flow: 'village-matter', body, agency: '340123', idempotencyKey: `accept-${++keys}` },
            subject: actor.kind === 'institution' ? { institutionId: actor.institutionId } : {},
          }),
        actor,
      ),
    take: (actor, caseId, step, body = {}) =>
      run(async (work) => {
        const { file } = await opened.get(work, caseId)
        return opened.take(work, { caseId, step, body, expectedSeq: file.seq, idempotencyKey: `take-${++keys}` })
      }, actor),
    async route(actor, path, { query = {}, params = {}, body } = {}) {
      const found = must(
        parts.routes.find((each) => each.path === path && (each.method === 'POST') === (body !== undefined)),
        path,
      )
      return run(async (work) => found.answer.parse(await found.handle(work, { query, params, body })), actor)
    },
    turn: async () => {
      await opened.runDue(node)
    },
    moveTo: (day) => node.clock.moveTo(startOfDate(day, '09:00')),
    close: () => node.close(),
  }
}

/** Number and name of a made-up person born on a day. */
export function villager(nth: number, birthOn = '1980-03-07'): { idNumber: string; name: string } {
  return { idNumber: makeSyntheticIdNumber({ region: '340123', birthOn, sequence: nth }), name: `示例·村民${nth}` }
}
