import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cases, casesMigrations, createCases } from '../../cases/door.ts'
import { type Actor, inTransaction, readMigrations, systemActor, type Work } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { lawMigrations, openRulebook } from '../../law/door.ts'
import {
  assign,
  assignmentActor,
  createUser,
  findEmployers,
  getAssignment,
  makeSyntheticCreditCode,
  peopleMigrations,
} from '../../people/door.ts'
import { service } from './service.ts'
import { keepSharedRecord, type SharedRecord } from './shared-record.ts'

let node: TestNode
let cases: Cases
let officer: Actor
let reviewer: Actor

const run = <T>(action: (work: Work) => Promise<T>, actor: Actor = systemActor) => inTransaction(node, actor, action)
const code = (serial: number) => makeSyntheticCreditCode({ region: '620102', serial })

const shared = (serial: number, change: Partial<SharedRecord> = {}): SharedRecord => ({
  credit_code: code(serial),
  name: `示例公司${serial}`,
  region: '620102',
  industry: 'construction',
  state: 'active',
  ...change,
})

beforeAll(async () => {
  const migrations = [
    await lawMigrations(),
    await peopleMigrations(),
    await casesMigrations(),
    await readMigrations('svc_employer_registration', new URL('./migrations/', import.meta.url)),
  ]
  node = await testNode({ region: '620000', migrations })
  const rulebook = openRulebook(service.id, service.folder)
  cases = createCases({ flows: service.create({ rulebook, cases: () => cases }).flows })
  const records = [shared(1), shared(2, { region: '620502' }), shared(3, { state: 'cancelled' })]
  await run(async (work) => {
    for (const record of records) await keepSharedRecord(work, record)
  })
  officer = await staff('accept')
  reviewer = await staff('review')
})
afterAll(() => node.close())

function staff(role: string): Promise<Actor> {
  return run(async (work) => {
    const userId = await createUser(work, { login: `lanzhou-${role}`, displayName: '示例' })
    const assignment = await assign(work, { userId, role, agency: '620100', from: '2024-01-01' })
    return assignmentActor(await getAssignment(work, assignment))
  })
}

let keys = 0

const register = (creditCode: string) =>
  run(
    (work) =>
      cases.open(work, {
        flow: 'employer-registration',
        body: { creditCode },
        agency: '620100',
        subject: {},
        idempotencyKey: `r-${++keys}`,
      }),
    officer,
  )

describe('A2.09 an employer is registered through shared data', () => {
  it('by its credit code alone: name, place and industry come from the shared record', async () => {
    expect(await register(code(1))).toMatchObject({ status: 'registered' })
    const [employer] = await run((work) => findEmployers(work, { text: code(1), limit: 1 }))
    expect(employer).toMatchObject({ name: '示例公司1', region: '620102', agency: '620100', industry: 'construction' })
    await expect(register(code(1))).rejects.toMatchObject({ code: 'employer_already_registered' })
  })

  it('A2.06 one established in Tianshui is sent there', async () => {
    await expect(register(code(2))).rejects.toMatchObject({ code: 'employer_not_established_here', clause: 'A2.06' })
  })

  it('one that was deregistered is refused, one that is not in the shared data goes to people', async () => {
    await expect(register(code(3))).rejects.toMatchObject({ code: 'employer_deregistered' })
    const referred = await register(code(4))
    expect(referred).toMatchObject({ status: 'referred' })
    const body = {
      outcome: 'registered',
      opinion: '已核对设立文件',
      name: '示例公司4',
      region: '620102',
      industry: 'mining',
    }
    const request = { caseId: referred.caseId, step: 'decide', body, expectedSeq: 1, idempotencyKey: 'decide' }
    expect(await run((work) => cases.take(work, request), reviewer)).toMatchObject({ status: 'registered' })
  })

  it('a credit code with a wrong check character is bad input', async () => {
    const wrong = `${code(1).slice(0, -1)}${code(1).endsWith('A') ? 'B' : 'A'}`
    await expect(register(wrong)).rejects.toMatchObject({ problems: [{ path: 'body.creditCode' }] })
  })
})
