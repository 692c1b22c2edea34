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

const routes = estimateRoutes(openRulebook(service.id, service.folder))
const routeAt = (path: string) =>
  must(
    routes.find((candidate) => candidate.path === path),
    path,
  )
const ask = (path: string, question: object) =>
  inTransaction(node, { kind: 'public' }, (work) => {
    const { handle, body } = routeAt(path)
    return handle(work, { params: {}, query: {}, body: must(body, 'a body').parse(question) })
  })
const route = routeAt('/estimate')
const estimate = (question: object) => ask('/estimate', question)

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

describe('the pension estimates (B1.07, B1-o2)', () => {
  const employee = (question: object) =>
    ask('/employee-pension', {
      monthlyBaseFen: 720_000,
      years: 30,
      retirementAge: 60,
      insuredRegion: '000000',
      ...question,
    })
  const resident = (question: object) => ask('/residents-pension', { yearlyPaidFen: 30_000, years: 20, ...question })

  it('are open to everybody and need nobody’s data', () => {
    expect([routeAt('/employee-pension').callers, routeAt('/residents-pension').callers]).toEqual([
      ['public'],
      ['public'],
    ])
  })

  it('pay the account out over the months of the age of retirement, to the nearest fen', async () => {
    // 576 yuan a month for 360 months, over 139 months.
    expect(await employee({})).toMatchObject({
      basicFen: 216_000,
      accountFen: 20_736_000,
      accountMonths: 139,
      accountMonthFen: 149_180,
      pensionFen: 365_180,
    })
    expect(await employee({ retirementAge: 63 })).toMatchObject({ accountMonths: 117, accountMonthFen: 177_231 })
    expect(await resident({})).toMatchObject({
      basicFen: 15_300,
      accountFen: 660_000,
      accountMonthFen: 4_748,
      pensionFen: 20_048,
    })
  })

  it('rise with every year, with the base and with what is in the account already', async () => {
    const pensions = async (questions: Array<Promise<unknown>>) =>
      (await Promise.all(questions)).map((answer) => (answer as { pensionFen: number }).pensionFen)
    const rising = async (questions: Array<Promise<unknown>>) => {
      const found = await pensions(questions)
      expect(found).toEqual(found.toSorted((one, other) => one - other))
      expect(new Set(found).size).toBe(found.length)
    }
    const from15 = Array.from({ length: 31 }, (_, nth) => 15 + nth)
    await rising(from15.map((years) => employee({ years })))
    await rising(from15.map((years) => resident({ years })))
    await rising([450_000, 720_000, 1_000_000, 2_000_000].map((monthlyBaseFen) => employee({ monthlyBaseFen })))
    await rising([10_000, 49_900, 50_000, 300_000].map((yearlyPaidFen) => resident({ yearlyPaidFen })))
    await rising([0, 100_000].map((accountSoFarFen) => employee({ accountSoFarFen })))
  })

  it('go by the law of the day of retirement: the least years rise from 2030 on', async () => {
    await expect(employee({ years: 15, on: '2030-01-01' })).rejects.toMatchObject({
      code: 'pension_years_below_minimum',
      clause: 'RA.2',
    })
    expect(await employee({ years: 15, on: '2029-12-31' })).toMatchObject({ basicFen: 108_000 })
  })

  it('name the figures that are assumed, and tell their steps in both languages', async () => {
    expect(await employee({})).toMatchObject({
      assumed: expect.arrayContaining([
        expect.objectContaining({ name: 'averageWageFen', zh: '上年度在岗职工月平均工资' }),
      ]),
      sentences: { zh: expect.arrayContaining([expect.any(String)]), en: expect.arrayContaining([expect.any(String)]) },
    })
    expect(await resident({})).toMatchObject({
      assumed: expect.arrayContaining([expect.objectContaining({ name: 'residentBasicFen' })]),
    })
  })
})
