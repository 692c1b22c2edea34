import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { deadlinesOf } from '../../cases/door.ts'
import { service } from './service.ts'

let site: BenefitSite

beforeAll(async () => {
  site = await benefitSite({ region: '640000', on: '2025-07-01', service })
  await site.fund('social_assistance', 100_000_000)
})
afterAll(() => site.close())

const answers = { migrantWorker: true, cause: 'illness', description: '六月底住院，家中断了收入' }

async function referred() {
  const { actor } = await site.person()
  const { caseId } = await site.open(actor, { flow: 'urgent-relief', step: 'apply', body: { answers } })
  await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
  expect((await site.take(await site.officer('review'), caseId, 'review', { opinion: '入户核实' })).status).toBe(
    'referred',
  )
  return { actor, caseId }
}
const deadlines = (caseId: string) => site.run((work) => deadlinesOf(work, caseId))

describe('C6.04: in time and in full', () => {
  it('is decided by people within three working days, and what they grant is ordered whole', async () => {
    const { caseId } = await referred()
    expect(await deadlines(caseId)).toMatchObject([{ name: 'decide', state: 'running', dueOn: '2025-07-04' }])
    const granted = { outcome: 'granted', amountFen: 600_000, opinion: '急难情形属实' }
    await site.take(await site.officer('approve'), caseId, 'determine', granted)
    expect(await deadlines(caseId)).toMatchObject([{ state: 'met' }])
    await site.take(await site.officer('approve', { another: true }), caseId, 'approve', {
      outcome: 'approved',
      opinion: '同意',
    })
    expect((await site.view(caseId)).file.state).toMatchObject({ orders: [{ amountFen: 600_000, state: 'ordered' }] })
  })

  it('people grant no more than the limit', async () => {
    const { caseId } = await referred()
    const tooMuch = { outcome: 'granted', amountFen: 600_001, opinion: '急难情形属实' }
    await expect(site.take(await site.officer('approve'), caseId, 'determine', tooMuch)).rejects.toMatchObject({
      code: 'determined_above_maximum',
    })
  })

  it('decided too late is told as missed', async () => {
    const { caseId } = await referred()
    site.moveTo('2025-07-07')
    await site.take(await site.officer('approve'), caseId, 'determine', {
      outcome: 'refused',
      opinion: '不属于急难情形',
    })
    expect(await deadlines(caseId)).toMatchObject([{ state: 'missed' }])
  })
})
