import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { balanceOf, expireHolds } from '../../ledger/door.ts'
import { admittedStay, bill, discharge, nanjingInUrumqi, statusOf, type Treatment, take } from './journey.testing.ts'
import { fundRegion, type TestNation, testNation } from './nation.testing.ts'
import { fundBooks } from './postings.ts'
import { payPrepaid, prepaidUse } from './prepaid.ts'

// 预占: what a previewed settlement will cost is kept back in the prepaid fund, 50,000.00 of Jiangsu at Xinjiang, until it is settled.

let nation: TestNation
beforeAll(async () => {
  nation = await testNation({ regions: ['000000', '320000', '650000'], now: '2026-05-12T01:00:00.000Z' })
  await fundRegion(nation.region('320000'), 10_000_000)
  await nation.region('320000').run((work) => payPrepaid(work, '650000', 5_000_000))
})
afterAll(() => nation.close())

/** How much of the prepaid fund is held. */
async function heldFen(): Promise<number> {
  const account = { name: 'advances_paid', party: '650000' }
  const home = nation.region('320000')
  const { balanceFen, availableFen } = await home.run((work) =>
    balanceOf(work, { account, books: fundBooks('320000') }),
  )
  return balanceFen - availableFen
}

async function previewed(): Promise<Treatment & { stayId: string }> {
  const treatment = await nanjingInUrumqi(nation)
  const { caseId } = await admittedStay(nation, treatment)
  const { host, hospital } = treatment
  await take(host, hospital.office, caseId, 'importBill', { sourceName: 'bill.csv', lines: bill })
  await take(host, hospital.office, caseId, 'previewBill')
  await nation.settleMessages()
  return { ...treatment, stayId: caseId }
}

describe('a preview', () => {
  it('S-07: holds its amount, the newest one only, and counts in the use of the fund', async () => {
    const { host, hospital, stayId } = await previewed()
    expect(await heldFen()).toBe(3_600_000)
    await take(host, hospital.office, stayId, 'previewBill')
    await nation.settleMessages()
    expect(await heldFen()).toBe(3_600_000)
    const home = nation.region('320000')
    expect(await home.run((work) => prepaidUse(work, home.rulebook))).toMatchObject([
      { partner: '650000', usedFen: 3_600_000, level: 'warning' },
    ])
    await take(host, hospital.office, stayId, 'settle', discharge(400_000, { dischargedOn: '2026-05-12' }))
    await nation.settleMessages()
    expect(await heldFen()).toBe(0)
    expect(await home.run((work) => prepaidUse(work, home.rulebook))).toMatchObject([{ usedFen: 3_600_000 }])
  })

  it('S-08: beyond what is left of the fund holds nobody up', async () => {
    const { host, hospital, stayId } = await previewed()
    await take(host, hospital.office, stayId, 'settle', discharge(400_000, { dischargedOn: '2026-05-12' }))
    await nation.settleMessages()
    expect(await statusOf(host, stayId)).toBe('settled')
    expect(await heldFen()).toBe(0)
  })

  it('S-07: whose patient leaves without settlement is released at once', async () => {
    const { host, hospital, stayId } = await previewed()
    expect(await heldFen()).toBe(3_600_000)
    // A bill that comes later is not previewed yet: the hold stands.
    await take(host, hospital.office, stayId, 'importBill', { sourceName: 'bill.csv', lines: bill })
    await nation.settleMessages()
    expect(await heldFen()).toBe(3_600_000)
    await take(host, hospital.office, stayId, 'leave', { dischargedOn: '2026-05-12', reason: '先付费' })
    await nation.settleMessages()
    expect(await heldFen()).toBe(0)
  })

  it('S-07: that never becomes a settlement is let go after its days', async () => {
    await previewed()
    expect(await heldFen()).toBe(3_600_000)
    await nation.moveTo('2026-06-11')
    await nation.region('320000').run(expireHolds)
    expect(await heldFen()).toBe(3_600_000)
    await nation.moveTo('2026-06-12')
    await nation.region('320000').run(expireHolds)
    expect(await heldFen()).toBe(0)
  })
})
