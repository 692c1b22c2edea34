import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginEmployment } from '../../people/door.ts'
import { approvedClaim, look, open, type Town, take, testTown, testWorker } from './town.testing.ts'

let town: Town
beforeAll(async () => {
  town = await testTown()
})
afterAll(() => town.close())

describe('a claim is decided by what registers hold', () => {
  it('C4.02 a worker whose contract expired after three years is granted twelve months, asked only whether they seek work', async () => {
    const worker = await testWorker(town)
    const { caseId } = await approvedClaim(town, worker)
    const { state, status } = await look(town, caseId)
    expect(status).toBe('receiving')
    expect(state.found).toMatchObject({ outcome: 'granted', months: 12, monthFen: 198_000, until: '2027-03-15' })
    expect(state.months.map(({ number, beginsOn }) => ({ number, beginsOn }))).toEqual([
      { number: 1, beginsOn: '2026-03-16' },
    ])
  })

  it('who resigned is refused and can object; who still works cannot claim', async () => {
    const worker = await testWorker(town, { reason: 'resigned' })
    const { caseId } = await open(town, worker.actor, 'unemployment-claim', { seeksWork: true })
    await take(town, await town.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
    const reviewed = await take(town, await town.officer('review'), caseId, 'review', { opinion: '本人辞职' })
    expect(reviewed.status).toBe('refused')
    const objected = await take(town, worker.actor, caseId, 'object', { grounds: '单位登记有误' })
    expect(objected.status).toBe('under_objection')

    const atWork = await testWorker(town)
    await town.run((work) =>
      beginEmployment(work, { personId: atWork.personId, employerId: atWork.employerId, from: '2026-03-12' }),
    )
    await expect(open(town, atWork.actor, 'unemployment-claim', { seeksWork: true })).rejects.toMatchObject({
      code: 'still_employed',
    })
  })

  it('a second claim is refused while the first is open', async () => {
    const worker = await testWorker(town)
    await open(town, worker.actor, 'unemployment-claim', { seeksWork: true })
    await expect(open(town, worker.actor, 'unemployment-claim', { seeksWork: true })).rejects.toMatchObject({
      code: 'claim_open',
    })
  })
})
