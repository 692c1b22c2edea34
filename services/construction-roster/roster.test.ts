import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cases, casesMigrations, createCases } from '../../cases/door.ts'
import { type Actor, type Id, inTransaction, must, systemActor, type Work } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { lawMigrations, openRulebook } from '../../law/door.ts'
import {
  assign,
  assignmentActor,
  createUser,
  getAssignment,
  makeSyntheticCreditCode,
  makeSyntheticIdNumber,
  peopleMigrations,
  registerEmployer,
} from '../../people/door.ts'
import type { ServiceParts } from '../contract.ts'
import { service } from './service.ts'

let node: TestNode
let cases: Cases
let officer: Actor
let parts: ServiceParts

const run = <T>(action: (work: Work) => Promise<T>, actor: Actor = systemActor) => inTransaction(node, actor, action)

beforeAll(async () => {
  // A2-t3: 02:30 on a Sunday in Lanzhou.
  const migrations = [await lawMigrations(), await peopleMigrations(), await casesMigrations()]
  node = await testNode({ region: '620000', now: '2026-05-16T18:30:00.000Z', migrations })
  const rulebook = openRulebook(service.id, service.folder)
  parts = service.create({ rulebook, cases: () => cases })
  cases = createCases({ flows: parts.flows })
  officer = await run(async (work) => {
    const { employerId } = await registerEmployer(work, {
      creditCode: makeSyntheticCreditCode({ region: '620102', serial: 1 }),
      name: '示例建筑公司',
      region: '620102',
      agency: '620100',
      industry: 'construction',
    })
    const userId = await createUser(work, { login: 'builder', displayName: '示例·经办人' })
    const assignment = await assign(work, { userId, role: 'employer_officer', employerId, from: '2024-01-01' })
    return assignmentActor(await getAssignment(work, assignment))
  })
})
afterAll(() => node.close())

const synthetic = (birthOn: string, sequence: number) => ({
  idNumber: makeSyntheticIdNumber({ region: '620102', birthOn, sequence }),
  name: `示例·工人${sequence}`,
  trade: '钢筋工',
})

let keys = 0

async function openProject(): Promise<Id> {
  const employerId = officer.kind === 'employer' ? officer.employerId : ''
  const body = { projectName: '示例大厦', siteRegion: '620102' }
  const key = `project-${++keys}`
  const opened = await run(
    (work) =>
      cases.open(work, {
        flow: 'construction-roster',
        body,
        agency: '620100',
        subject: { employerId },
        idempotencyKey: key,
      }),
    officer,
  )
  return opened.caseId
}

function declare(caseId: Id, workers: object[]) {
  return run(async (work) => {
    const { file } = await cases.get(work, caseId)
    const request = { caseId, step: 'declare', body: { workers }, expectedSeq: file.seq, idempotencyKey: `d-${++keys}` }
    return cases.take(work, request)
  }, officer)
}

async function onSite(caseId: Id): Promise<unknown> {
  const { file } = await run((work) => cases.get(work, caseId))
  return file.state
}

describe('A2.08 real-name declaration at any hour', () => {
  it('A2-t3 accepts a worker declared at 02:30 on a Sunday, covered from that day', async () => {
    const project = await openProject()
    await declare(project, [synthetic('1990-03-04', 1)])
    expect(await onSite(project)).toMatchObject({ onSite: [{ trade: '钢筋工', coveredFrom: '2026-05-17' }] })
  })

  it('shows the company whom it declared, by name, and leaves out who has gone; another company sees nothing', async () => {
    const project = await openProject()
    await declare(project, [synthetic('1990-03-04', 31), synthetic('1991-03-04', 32)])
    const [route] = parts.routes
    const roster = (actor: Actor) =>
      run(
        (work) => must(route, 'a route').handle(work, { params: { caseId: project }, query: {}, body: undefined }),
        actor,
      )
    const seen = await roster(officer)
    expect(seen).toMatchObject({
      workers: [
        { name: '示例·工人31', trade: '钢筋工', coveredFrom: '2026-05-17' },
        { name: '示例·工人32', idNumberMasked: expect.stringContaining('*') },
      ],
    })
    expect(JSON.stringify(seen)).not.toContain(synthetic('1990-03-04', 31).idNumber)
    if (officer.kind !== 'employer') throw new Error('an officer of an employer')
    const other: Actor = { ...officer, employerId: await run(async (work) => work.newId()) }
    await expect(roster(other)).rejects.toMatchObject({ code: 'case_not_found' })
  })

  it('enters nobody of a list in which one is under age', async () => {
    const project = await openProject()
    const list = [synthetic('1990-03-04', 2), synthetic('2010-05-18', 3)]
    await expect(declare(project, list)).rejects.toMatchObject({ code: 'worker_under_age', clause: 'LL.15' })
    expect(await onSite(project)).toMatchObject({ onSite: [] })
  })

  it('enters somebody who turns sixteen on that day', async () => {
    const project = await openProject()
    await declare(project, [synthetic('2010-05-17', 4)])
    expect(await onSite(project)).toMatchObject({ onSite: [{ coveredFrom: '2026-05-17' }] })
  })

  it('refuses a worker who is on the roster already, and a wrong identity number with its place in the list', async () => {
    const project = await openProject()
    await declare(project, [synthetic('1990-03-04', 5)])
    await expect(declare(project, [synthetic('1990-03-04', 5)])).rejects.toMatchObject({
      code: 'worker_already_on_site',
    })
    const wrong = { ...synthetic('1990-03-04', 6), idNumber: '620102199003040000' }
    await expect(declare(project, [wrong])).rejects.toMatchObject({ problems: [{ path: 'body.workers[0].idNumber' }] })
  })
})
