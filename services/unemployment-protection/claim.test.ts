import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../ground/door.ts'
import { beginBenefitSpell, beginEmployment } from '../../people/door.ts'
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

  it('C6.03 who was granted the one-off living subsidy for this loss of a job is refused, for an earlier one not', async () => {
    for (const [month, status] of [
      ['2026-03', 'refused'],
      ['2024-03', 'reviewed'],
    ] as const) {
      const worker = await testWorker(town)
      await town.run((work) =>
        beginBenefitSpell(work, {
          ...{ personId: worker.personId, kind: 'one_off_living_subsidy', agency: '130100' },
          ...{ from: month, to: month, caseId: work.newId() },
        }),
      )
      const { caseId } = await open(town, worker.actor, 'unemployment-claim', { seeksWork: true })
      await take(town, await town.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
      const reviewed = await take(town, await town.officer('review'), caseId, 'review', { opinion: '核对登记' })
      expect(reviewed.status).toBe(status)
    }
  })

  it('C6.03 who was granted the one-off living subsidy between the review and the approval is not approved, and refused after another review', async () => {
    const worker = await testWorker(town)
    const { caseId } = await open(town, worker.actor, 'unemployment-claim', { seeksWork: true })
    await take(town, await town.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
    await take(town, await town.officer('review'), caseId, 'review', { opinion: '核对登记' })
    await town.run((work) =>
      beginBenefitSpell(work, {
        ...{ personId: worker.personId, kind: 'one_off_living_subsidy', agency: '130100' },
        ...{ from: '2026-03', to: '2026-03', caseId: work.newId() },
      }),
    )
    const approve = (outcome: string) =>
      town.officer('approve').then((actor) => take(town, actor, caseId, 'approve', { outcome, opinion: '审批' }))
    await expect(approve('approved')).rejects.toMatchObject({ code: 'review_outdated' })
    await approve('returned')
    const again = await take(town, await town.officer('review'), caseId, 'review', { opinion: '再次核对' })
    expect(again.status).toBe('refused')
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

  it('B1.09: whose employment ended without their fault is offered it, who resigned or has claimed is not', async () => {
    const [offer] = town.parts.offers ?? []
    const isDue = ({ personId }: { personId: string }) => {
      const event = { kind: 'employment_ended' as const, personId, agency: '130100', on: '2026-03-10', reference: '' }
      return town.run(async (work) => offer?.isDue(work, event))
    }
    const worker = await testWorker(town)
    expect(await isDue(worker)).toBe(true)
    expect(await isDue(await testWorker(town, { reason: 'resigned' }))).toBe(false)
    await open(town, worker.actor, 'unemployment-claim', { seeksWork: true })
    expect(await isDue(worker)).toBe(false)
  })

  it('whoever looks for what they can get is told the sum a month, and asked only whether they seek work', async () => {
    const [rule] = town.parts.entitlements ?? []
    const said = ({ personId, actor }: { personId: string; actor: Actor }, answers: object = {}) =>
      town.run(async (work) => rule?.decide?.(work, { personId, answers: { ...answers } }), actor)
    const worker = await testWorker(town)
    const pays = { amountFen: 198_000, per: 'month' }
    expect(await said(worker)).toMatchObject({ pays, asks: { name: 'seeksWork' } })
    const certain = await said(worker, { seeksWork: true })
    expect(certain).toMatchObject({ pays, ruling: { decision: { outcome: 'granted' } } })
    expect(certain?.asks).toBeUndefined()
    expect(await said(worker, { seeksWork: false })).toMatchObject({ ruling: { decision: { outcome: 'refused' } } })
    await expect(said(worker, { seeksWork: 'perhaps' })).rejects.toMatchObject({ problems: [{ path: 'seeksWork' }] })
    await open(town, worker.actor, 'unemployment-claim', { seeksWork: true })
    await expect(said(worker)).rejects.toMatchObject({ code: 'claim_open' })
  })

  it('a second claim is refused while the first is open', async () => {
    const worker = await testWorker(town)
    await open(town, worker.actor, 'unemployment-claim', { seeksWork: true })
    await expect(open(town, worker.actor, 'unemployment-claim', { seeksWork: true })).rejects.toMatchObject({
      code: 'claim_open',
    })
  })

  it('C4-o1: a woman is asked for her former retirement age, because no register has her post', async () => {
    const worker = await testWorker(town, { sex: 'female', birthOn: '1975-03-20', months: 120 })
    await expect(open(town, worker.actor, 'unemployment-claim', { seeksWork: true })).rejects.toMatchObject({
      problems: [{ path: 'womanCategory' }],
    })
    const { caseId } = await approvedClaim(town, worker, { womanCategory: 'woman_50' })
    const { state } = await look(town, caseId)
    // Born in March 1975, she retires at 50 years and 2 months: before the registration.
    expect(state.months[0]?.isOlder).toBe(false)
  })

  it('a stop that is set aside: the months are paid again, and the benefit goes on', async () => {
    const worker = await testWorker(town)
    const { caseId } = await approvedClaim(town, worker)
    const note = { standing: 'refused_work_or_training', since: '2026-03-16', note: '两次拒绝介绍的岗位' }
    await take(town, await town.officer('accept'), caseId, 'noteStanding', note)
    expect(await look(town, caseId)).toMatchObject({
      status: 'ended',
      state: { ended: { reason: 'refused_work_or_training' } },
    })
    await take(town, worker.actor, caseId, 'object', { grounds: '岗位与健康状况不符，有诊断证明' })
    const verdict = { outcome: 'set_aside', reasons: '有正当理由' }
    await take(town, await town.provincial('approve'), caseId, 'decideObjection', verdict)
    await take(town, await town.officer('review'), caseId, 'review', { opinion: '有正当理由' })
    await take(town, await town.officer('approve'), caseId, 'approve', { outcome: 'approved', opinion: '同意' })
    const { status, state } = await look(town, caseId)
    expect({ status, ended: state.ended }).toEqual({ status: 'receiving', ended: null })
    expect(state.months[0]?.orders.filter((order) => order.state === 'ordered')).toHaveLength(2)
    await town.moveTo('2026-04-16')
    expect((await look(town, caseId)).state.months).toHaveLength(2)
  })
})
