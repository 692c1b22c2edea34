import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyAndPay, type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import type { Actor } from '../../ground/door.ts'
import { service } from './service.ts'

let site: BenefitSite

beforeAll(async () => {
  site = await benefitSite({ region: '430000', on: '2024-02-20', service })
  await site.fund('employment_special', 100_000_000)
})
afterAll(() => site.close())

const flow = 'return-park-subsidy'
const answers = { claimedFen: 52_000_000 }
const opinion = '属实'

async function recognise(actor: Actor) {
  const park = { parkName: '示例返乡创业园', returneeBusinesses: 25, jobs: 180 }
  const { caseId } = await site.open(actor, { flow: 'park-recognition', step: 'apply', body: { answers: park } })
  await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
  expect((await site.take(await site.officer('review'), caseId, 'decide', { opinion })).status).toBe('referred')
  await site.take(await site.officer('approve'), caseId, 'determine', { outcome: 'granted', opinion })
  return caseId
}

describe('C5.03: from the application to the cash', () => {
  it('a recognised park that spent 520,000 is paid at most 400,000, once a year (C5-t1)', async () => {
    const { actor } = await site.employer()
    await recognise(actor)
    const caseId = await applyAndPay(site, actor, { flow, answers })
    const { status, state } = (await site.view(caseId)).file
    expect({ status, state }).toMatchObject({ status: 'paid', state: { found: { amountFen: 40_000_000 } } })
    await expect(site.open(actor, { flow, step: 'apply', body: { answers } })).rejects.toMatchObject({
      code: 'already_applied',
    })
  })

  it('one that people have not recognised, or no longer, gets nothing (C5-t2)', async () => {
    const { actor } = await site.employer()
    const caseId = await recognise(actor)
    await site.take(await site.officer('review'), caseId, 'end', { reason: '园区已停止运营', to: '2024-02-20' })
    site.moveTo('2024-02-21')
    const { caseId: applied } = await site.open(actor, { flow, step: 'apply', body: { answers } })
    expect((await site.view(applied)).file.state).toMatchObject({ expected: { reason: 'park_not_recognised' } })
  })

  it('a second recognition is refused while the first is open', async () => {
    const { actor } = await site.employer()
    await recognise(actor)
    await expect(recognise(actor)).rejects.toMatchObject({ code: 'standing_applied' })
  })
})
