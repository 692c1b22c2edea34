import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  books,
  issueStatements,
  nanjingInUrumqi,
  paidStay,
  payStatements,
  settledStay,
  statusOf,
  type Treatment,
} from './journey.testing.ts'
import { callRoute, fundRegion, officer, type TestNation, type TestRegion, testNation } from './nation.testing.ts'
import { move } from './postings.ts'
import { prepaidUse } from './prepaid.ts'

let nation: TestNation
let home: TestRegion
let host: TestRegion
let first: { treatment: Treatment; stayId: string }
beforeAll(async () => {
  nation = await testNation()
  ;[home, host] = [nation.region('320000'), nation.region('650000')]
  await fundRegion(home, 10_000_000)
})
afterAll(() => nation.close())

const payTo = async (to: string, amountFen: number) =>
  callRoute(home, await officer(home, 'pay'), '/prepaid', { body: { to, amountFen } })

describe('the prepaid fund of Jiangsu at Xinjiang', () => {
  it('A1-o8, S-35: is an advance in both books', async () => {
    await payTo('650000', 5_000_000)
    await nation.settleMessages()
    expect(await books(home)).toEqual({
      contribution_income: 10_000_000,
      fiscal_special_account: 5_000_000,
      'advances_paid:650000': 5_000_000,
    })
    expect(await books(host)).toEqual({ fiscal_special_account: 5_000_000, 'advances_received:320000': 5_000_000 })
  })

  it('is not paid to oneself, nor beyond what is there', async () => {
    await expect(payTo('320100', 100)).rejects.toMatchObject({ code: 'prepaid_to_oneself' })
    await expect(payTo('650000', 5_000_001)).rejects.toMatchObject({ code: 'overdraft_refused' })
  })

  it('A1-o8, S-08, S-35: warns at 70 %, says when it is exhausted, and never refuses a discharge then', async () => {
    const alerts = async () => {
      const seen = await callRoute(home, await officer(home, 'supervisor'), '/overview')
      return Object(seen).alerts.map(({ code, params }: { code: string; params: object }) => ({ code, ...params }))
    }
    const treatment = await nanjingInUrumqi(nation)
    first = { treatment, stayId: (await settledStay(nation, treatment)).caseId }
    const fund = { partner: '650000', paidFen: 5_000_000 }
    const warning = { code: 'alert.prepaid_warning', ...fund, usedFen: 3_600_000, usedPpm: 720_000 }
    expect(await alerts()).toEqual([warning])
    const second = await settledStay(nation, await nanjingInUrumqi(nation))
    expect(await statusOf(host, second.caseId)).toBe('settled')
    const exhausted = { code: 'alert.prepaid_exhausted', ...fund, usedFen: 7_200_000, usedPpm: 1_440_000 }
    expect(await alerts()).toEqual(expect.arrayContaining([warning, exhausted]))
  })

  it('S-36: revolves: what is cleared is free again', async () => {
    expect(await prepaid(host)).toMatchObject([{ side: 'received', usedFen: 7_200_000, level: 'exhausted' }])
    await paidStay(nation, first.treatment, '650100', first.stayId)
    await issueStatements(nation, '2026-07-01')
    await payStatements(nation)
    const halved = { usedFen: 3_600_000, usedPpm: 720_000, level: 'warning' }
    expect(await prepaid(host)).toMatchObject([{ side: 'received', ...halved }])
    expect(await prepaid(home)).toMatchObject([{ side: 'paid', ...halved }])
  })
})

const prepaid = (region: TestRegion) => region.run((work) => prepaidUse(work, region.rulebook))

describe('the thresholds of a prepaid fund of 10,000.00', () => {
  it.each([
    [699_999, 'none'],
    [700_000, 'warning'],
    [899_999, 'warning'],
    [900_000, 'urgent'],
    [999_999, 'urgent'],
    [1_000_000, 'exhausted'],
    [1_000_001, 'exhausted'],
  ])('used for %d fen: %s', async (usedFen, level) => {
    const region = nation.region('620000')
    await region.run(async (work) => {
      const on = { on: work.today, kind: 'opening' }
      const [known] = await prepaidUse(work, region.rulebook)
      if (!known)
        await move(work, {
          ...on,
          key: 'fund',
          from: 'contribution_income',
          to: 'advances_paid:650000',
          amountFen: 1_000_000,
        })
      const amountFen = usedFen - (known?.usedFen ?? 0)
      await move(work, {
        ...on,
        key: `use ${usedFen}`,
        from: 'payable_to_region:650000',
        to: 'benefit_expense',
        amountFen,
      })
    })
    expect(await prepaid(region)).toMatchObject([{ partner: '650000', usedFen, level }])
  })
})
