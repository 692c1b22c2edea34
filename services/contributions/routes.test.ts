import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, must } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { lawMigrations, openRulebook } from '../../law/door.ts'
import { estimateRoutes } from './routes.ts'
import { service } from './service.ts'

let node: TestNode
beforeAll(async () => {
  node = await testNode({ region: '320000', migrations: [await lawMigrations()] })
})
afterAll(() => node.close())

const route = must(estimateRoutes(openRulebook(service.id, service.folder))[0], 'a route')
const estimate = (question: object) =>
  inTransaction(node, { kind: 'public' }, (work) => {
    return route.handle(work, { params: {}, query: {}, body: must(route.body, 'a body').parse(question) })
  })

describe('the contribution estimate (B1.07)', () => {
  it('is open to everybody, for the region that is asked and today', async () => {
    expect(route.callers).toEqual(['public'])
    expect(await estimate({ monthlyWageFen: 1_000_000 })).toMatchObject({
      insuredRegion: '320000',
      on: '2026-05-11',
      personFen: 1_266_000,
      employerFen: 2_940_000,
      incomeTaxFen: 221_400,
    })
  })

  it('is made for another place, another industry and part of a year', async () => {
    const question = { monthlyWageFen: 1_000_000, months: 1, industryClass: 'class_8', insuredRegion: '130100' }
    expect(await estimate(question)).toMatchObject({ personFen: 105_000, employerFen: 264_000, incomeTaxFen: 0 })
  })

  it('names what is assumed, in both languages, and tells its steps', async () => {
    const answer = await estimate({ monthlyWageFen: 1_000_000 })
    expect(answer).toMatchObject({
      assumed: expect.arrayContaining([
        expect.objectContaining({
          name: 'pensionBaseMinFen',
          zh: '养老保险缴费基数下限',
          en: 'floor of the pension base',
        }),
      ]),
      sentences: { zh: expect.arrayContaining([expect.stringContaining('个人全年缴费')]), en: expect.any(Array) },
    })
  })

  it('refuses a day before estimates are given, and a wage that is no whole amount', async () => {
    await expect(estimate({ monthlyWageFen: 1_000_000, on: '2024-12-31' })).rejects.toMatchObject({
      code: 'not_in_force',
      clause: 'B1.07',
    })
    await expect(estimate({ monthlyWageFen: 1_000_000_001 })).rejects.toMatchObject({
      problems: [{ path: 'facts.monthlyWageFen' }],
    })
    expect(must(route.body, 'a body').safeParse({ monthlyWageFen: 0.5 }).success).toBe(false)
  })
})
