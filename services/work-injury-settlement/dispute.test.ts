import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must } from '../../ground/door.ts'
import {
  books,
  issueStatements,
  look,
  nanjingInUrumqi,
  open,
  paidStay,
  payStatements,
  settledStay,
  statusOf,
  type Treatment,
  take,
} from './journey.testing.ts'
import { fundRegion, officer, type TestNation, type TestRegion, testNation } from './nation.testing.ts'
import { findSettlement } from './settlements.ts'

// 争议: Jiangsu holds less to be owed for a settlement than Xinjiang states. Three settlements of 36,000.00 in a quarter, paid to the hospital,
// and a fourth that is not paid yet.

let nation: TestNation
let home: TestRegion
let host: TestRegion
type Item = Treatment & { stayId: string; number: string }
const items: Item[] = []

beforeAll(async () => {
  nation = await testNation({ regions: ['000000', '320000', '650000'] })
  ;[home, host] = [nation.region('320000'), nation.region('650000')]
  for (const region of [home, host]) await fundRegion(region, 20_000_000)
  for (let count = 0; count < 4; count++) {
    const treatment = await nanjingInUrumqi(nation)
    const { caseId: stayId } = await settledStay(nation, treatment)
    if (count < 3) await paidStay(nation, treatment, '650100', stayId)
    const { state } = await look(host, host.flows.stay, stayId)
    items.push({ ...treatment, stayId, number: state.settlement?.number ?? '' })
  }
})
afterAll(() => nation.close())

const item = (index: number): Item => must(items[index], 'an item')
const auditor = (region: TestRegion, agency: string) => officer(region, 'audit', agency)

async function raise(index: number, expectedFen: number): Promise<string> {
  const body = { settlementNumber: item(index).number, expectedFen, reason: '与工伤无关的检查' }
  const raised = await open(home, await auditor(home, '320100'), 'dispute', body, { step: 'raise' })
  await nation.settleMessages()
  return raised.caseId
}

async function disputeAtHost(index: number): Promise<string> {
  const rows = await host.run((work) =>
    host.cases.find(work, { flow: 'dispute', open: true, text: item(index).number }),
  )
  return rows[0]?.caseId ?? ''
}

const answer = async (index: number, step: 'accept' | 'reject') => {
  await take(host, await auditor(host, '650100'), await disputeAtHost(index), step, { opinion: '经核对' })
  await nation.settleMessages()
}

const disputedIn = async (region: TestRegion, side: 'home' | 'host', index: number) =>
  (await region.run((work) => findSettlement(work, side, item(index).number)))?.disputed_in ?? null

describe('an item that is undone while it is disputed', () => {
  it('S-32: is owed with less than was held, and the dispute ends on both sides', async () => {
    const disputeId = await raise(3, 3_500_000)
    await take(host, await auditor(host, '650100'), item(3).stayId, 'undo', { reason: '录入错误' })
    await nation.settleMessages()
    expect(await statusOf(home, disputeId)).toBe('ended')
    expect(await disputeAtHost(3)).toBe('')
    for (const [region, side] of [[home, 'home'] as const, [host, 'host'] as const]) {
      expect(await disputedIn(region, side, 3)).toBeNull()
    }
  })
})

describe('an item in dispute before the quarter is reported', () => {
  let disputeId: string

  it('S-30: is kept out of clearing on both sides, and the statement has the others', async () => {
    disputeId = await raise(0, 3_500_000)
    expect(await disputedIn(home, 'home', 0)).toMatch(/^ZC/)
    expect(await disputedIn(host, 'host', 0)).toBe(await disputedIn(home, 'home', 0))
    expect(await issueStatements(nation, '2026-07-01')).toMatchObject([{ owedFen: 7_200_000, differences: 0 }])
  })

  it('S-30: is not disputed twice, nor for more than is stated', async () => {
    await expect(raise(0, 3_500_000)).rejects.toMatchObject({ code: 'dispute_open' })
    await expect(raise(1, 3_600_000)).rejects.toMatchObject({ problems: [{ expected: '0 .. 3599999' }] })
  })

  it('S-33: silence decides nothing: after its term the answer is overdue, and the item stays out', async () => {
    await nation.moveTo('2026-07-20')
    const rows = await host.run((work) => host.cases.find(work, { flow: 'dispute', dueBefore: '2026-07-20' }))
    expect(rows).toMatchObject([{ status: 'to_answer' }])
    expect(await disputedIn(host, 'host', 0)).not.toBeNull()
  })

  it('S-33: a rejected one goes on while Jiangsu insists', async () => {
    await answer(0, 'reject')
    expect(await statusOf(home, disputeId)).toBe('rejected')
    await take(home, await auditor(home, '320100'), disputeId, 'insist', { reason: '附病历' })
    await nation.settleMessages()
    expect(await statusOf(host, await disputeAtHost(0))).toBe('to_answer')
  })

  it('S-32: an accepted one is corrected by the treatment region, and both books agree', async () => {
    await answer(0, 'accept')
    expect(await statusOf(home, disputeId)).toBe('ended')
    for (const [region, side] of [[home, 'home'] as const, [host, 'host'] as const]) {
      expect(await disputedIn(region, side, 0)).toBeNull()
    }
    expect(await books(home)).toMatchObject({ 'payable_to_region:650000': 10_700_000 })
    expect(await books(host)).toMatchObject({
      'receivable_from_region:320000': 10_700_000,
      'receivable_from_hospital:body': 100_000,
    })
  })
})

describe('an item of a statement that is disputed before it is paid', () => {
  it('S-31: is frozen out of the payment, which names it; the rest is cleared', async () => {
    await raise(1, 0)
    await payStatements(nation)
    expect(await books(home)).toMatchObject({
      fiscal_special_account: 16_400_000,
      'payable_to_region:650000': 7_100_000,
    })
    expect(await books(host)).toMatchObject({ 'receivable_from_region:320000': 7_100_000 })
    expect(await statusOf(host, item(1).stayId)).toBe('paid')
    expect(await statusOf(host, item(2).stayId)).toBe('cleared')
  })

  it('S-31: a payment of another amount than the statement has without them is not booked', async () => {
    const [clearing] = await host.run((work) => host.cases.find(work, { flow: 'clearing' }))
    expect(clearing).toMatchObject({ status: 'received' })
  })

  it('S-30: what is cleared is not disputed any more', async () => {
    await expect(raise(2, 0)).rejects.toMatchObject({ code: 'dispute_after_clearing' })
  })

  it('S-32: accepted as owing nothing, the settlement is undone', async () => {
    await answer(1, 'accept')
    expect(await statusOf(host, item(1).stayId)).toBe('undone')
    expect(await books(home)).toMatchObject({ 'payable_to_region:650000': 3_500_000 })
    expect(await books(host)).toMatchObject({ 'receivable_from_region:320000': 3_500_000 })
  })

  it('S-34: what was in dispute comes with the next quarter, as it stands then; withdrawn, as it was', async () => {
    const disputeId = await raise(0, 1)
    await take(home, await auditor(home, '320100'), disputeId, 'withdraw', { reason: '经协商认可' })
    await nation.settleMessages()
    expect(await disputedIn(host, 'host', 0)).toBeNull()
    expect(await issueStatements(nation, '2026-10-01')).toMatchObject([{ quarter: '2026-Q3', owedFen: 3_500_000 }])
    await payStatements(nation)
    for (const region of [home, host]) {
      const { 'payable_to_region:650000': owed, 'receivable_from_region:320000': due } = await books(region)
      expect([owed, due]).toEqual([undefined, undefined])
    }
  })
})
