import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyAndPay, type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { service } from './service.ts'

let site: BenefitSite

beforeAll(async () => {
  site = await benefitSite({ region: '510300', on: '2025-03-01', service })
  await site.fund('employment_special', 100_000_000)
})
afterAll(() => site.close())

const flow = 'occupation-training-subsidy'
const answers = {
  occupation: 'live_stream_seller',
  base: '5G电商网络直播孵化基地',
  completedOn: '2025-02-28',
  certificateNumber: 'SL-2025-0001',
}

describe('C7.03: from the application to the cash', () => {
  it('a trained live-stream seller is paid, once for the occupation (C7-t1)', async () => {
    const { actor } = await site.person()
    const caseId = await applyAndPay(site, actor, { flow, answers })
    expect((await site.view(caseId)).file).toMatchObject({ status: 'paid', state: { found: { amountFen: 80_000 } } })
    await expect(site.open(actor, { flow, step: 'apply', body: { answers } })).rejects.toMatchObject({
      code: 'already_applied',
    })
  })

  it('what is not listed is decided by people, who look into the catalogue (C7-t1)', async () => {
    const { actor } = await site.person()
    const body = { answers: { ...answers, occupation: 'not_listed' } }
    const { caseId } = await site.open(actor, { flow, step: 'apply', body })
    await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
    expect((await site.take(await site.officer('review'), caseId, 'review', { opinion: '查目录' })).status).toBe(
      'referred',
    )
    const determined = { outcome: 'granted', amountFen: 60_000, opinion: '目录列有该职业' }
    expect((await site.take(await site.officer('approve'), caseId, 'determine', determined)).status).toBe('reviewed')
  })

  it('who still learns is told so', async () => {
    const { actor } = await site.person()
    const body = { answers: { ...answers, completedOn: '2025-03-02' } }
    const { caseId } = await site.open(actor, { flow, step: 'apply', body })
    expect((await site.view(caseId)).file.state).toMatchObject({ expected: { reason: 'training_not_completed' } })
  })
})
