import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { service } from './service.ts'

let site: BenefitSite

beforeAll(async () => {
  site = await benefitSite({ region: '430000', on: '2024-02-20', service })
  await site.fund('employment_special', 100_000_000)
})
afterAll(() => site.close())

describe('C5.03: from the application to the cash', () => {
  it('asks what no register holds, decides by the rule, and pays', async () => {
    const { actor } = await site.employer({ months: [] })
    const application = {
      flow: 'return-park-subsidy',
      step: 'apply',
      body: { answers: { recognised: true, claimedFen: 52_000_000 } },
    }
    const { caseId } = await site.open(actor, application)
    await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
    await site.take(await site.officer('review'), caseId, 'review', { opinion: '属实' })
    await site.take(await site.officer('approve'), caseId, 'approve', { outcome: 'approved', opinion: '同意' })
    const batch = await site.open(await site.officer('pay'), { flow: 'return-park-subsidy-payment', body: {} })
    await site.take(await site.officer('approve'), batch.caseId, 'approve', { outcome: 'approved', opinion: '同意' })
    await site.take(await site.officer('pay'), batch.caseId, 'recordResult', { lines: [], othersPaid: true })
    expect((await site.view(caseId)).file.status).toBe('paid')
    await expect(site.open(actor, application)).rejects.toMatchObject({ code: 'already_applied' })
  })
})
