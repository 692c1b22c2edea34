import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyAndPay, type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { readMigrations } from '../../ground/door.ts'
import { dueNotPaid } from './due.ts'
import { endPlacement, recordPlacement, yearsAway } from './placements.ts'
import { service } from './service.ts'

let site: BenefitSite

beforeAll(async () => {
  const migrations = await readMigrations('svc_migrant_work_rewards', new URL('./migrations/', import.meta.url))
  site = await benefitSite({ region: '640000', on: '2025-10-01', service, migrations: [migrations] })
  await site.fund('employment_special', 1_000_000_000)
})
afterAll(() => site.close())

async function worker(destinationRegion: string, from = '2025-03-01') {
  const { personId, actor } = await site.person()
  const placementId = await site.run((work) =>
    recordPlacement(work, { personId, destinationRegion, employer: '示例企业', from }),
  )
  return { personId, actor, placementId }
}
const due = () =>
  site.run((work) =>
    dueNotPaid(
      work,
      { rulebook: site.rulebook, cases: () => site.cases },
      { benefit: 'fujian-work-subsidy', on: '2025-10-01' },
    ),
  )

describe('C6.02: everything due is paid', () => {
  it('of ten placed in Fujian eight were paid: two are due and not paid (C6-t2)', async () => {
    const ten = await Promise.all(Array.from({ length: 10 }, () => worker('350100')))
    await worker('650100')
    for (const { actor } of ten.slice(0, 8))
      await applyAndPay(site, actor, { flow: 'fujian-work-subsidy', answers: {} })
    const list = await due()
    expect(new Set(list.map(({ personId }) => personId))).toEqual(new Set(ten.slice(8).map(({ personId }) => personId)))
    expect(list).toMatchObject([{ amountFen: 300_000 }, { amountFen: 300_000 }])
    const round = await site.open(await site.officer('review'), { flow: 'fujian-work-subsidy-round', body: {} })
    await site.take(await site.officer('approve'), round.caseId, 'approve', { outcome: 'approved', opinion: '同意' })
    await site.take(await site.officer('approve'), round.caseId, 'carryOut')
    expect(await due()).toMatchObject([{ status: 'approved' }, { status: 'approved' }])
  }, 60_000)
})

describe('C6.01: work away from home', () => {
  it('is counted in whole months of the year, at the last place', async () => {
    const { personId, placementId } = await worker('350100', '2024-11-01')
    const year = async () => site.run((work) => yearsAway(work, { on: '2025-10-01', personId }))
    expect(await year()).toEqual([{ personId, destination: 'fujian', monthsWorked: 9 }])
    await site.run((work) => endPlacement(work, { placementId, to: '2025-03-31' }))
    expect(await year()).toEqual([{ personId, destination: 'fujian', monthsWorked: 3 }])
    await expect(site.run((work) => endPlacement(work, { placementId, to: '2025-03-30' }))).rejects.toMatchObject({
      code: 'placement_unknown',
    })
  })

  it('who has none registered is told to have it registered', async () => {
    const { actor } = await site.person()
    const request = { flow: 'outside-work-subsidy', step: 'apply', body: { answers: {} } }
    await expect(site.open(actor, request)).rejects.toMatchObject({ code: 'placement_missing' })
  })
})
