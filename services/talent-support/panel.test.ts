import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { type Actor, must } from '../../ground/door.ts'
import { service } from './service.ts'

const answers = {
  category: 'high_level',
  worksInZone: true,
  contractUntil: '2030-12-31',
  firstRank: true,
  asksHousing: true,
  asksMedical: false,
  asksEducation: true,
}
let site: BenefitSite

beforeAll(async () => {
  site = await benefitSite({ region: '650000', on: '2026-05-11', service })
})
afterAll(() => site.close())

async function referred(): Promise<{ caseId: string; person: Actor }> {
  const { actor } = await site.person()
  const { caseId } = await site.open(actor, { flow: 'talent-support', step: 'apply', body: { answers } })
  await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
  await site.take(await site.officer('review'), caseId, 'decide', { opinion: '材料属实，提请评议' })
  return { caseId, person: actor }
}

describe('M6.02: decided case by case', () => {
  it('people of the first rank come before a panel: each votes once with a reason, the result is what the votes say, published without a name', async () => {
    const { caseId } = await referred()
    expect((await site.view(caseId)).file.status).toBe('referred')
    const chair = await site.officer('approve')
    const members = [chair, await site.officer('approve', { another: true }), await site.officer('supervisor')]
    await site.take(chair, caseId, 'vote', { vote: 'favour', reason: '能够带动产业链' })
    await expect(site.take(chair, caseId, 'vote', { vote: 'favour', reason: '再投一次' })).rejects.toMatchObject({
      code: 'panel_voted',
    })
    await expect(
      site.take(chair, caseId, 'determine', { outcome: 'granted', opinion: '同意支持' }),
    ).rejects.toMatchObject({ code: 'panel_votes_missing' })
    // Who prepared the case for the panel has no vote.
    await expect(
      site.take(await site.officer('review'), caseId, 'vote', { vote: 'favour', reason: '同意' }),
    ).rejects.toMatchObject({ code: 'same_officer_excluded' })
    await site.take(must(members[1], 'a member'), caseId, 'vote', { vote: 'favour', reason: '一流水平' })
    await site.take(must(members[2], 'a member'), caseId, 'vote', { vote: 'against', reason: '合同约定不明' })
    await expect(
      site.take(chair, caseId, 'determine', { outcome: 'refused', opinion: '不予支持' }),
    ).rejects.toMatchObject({ code: 'panel_result_differs' })
    await site.take(chair, caseId, 'determine', { outcome: 'granted', opinion: '住房和子女教育予以支持' })
    const { file } = await site.view(caseId)
    expect(file).toMatchObject({ status: 'standing', state: { to: '2030-12-31' } })

    const [decisions] = service.create({ rulebook: site.rulebook, cases: () => site.cases }).routes
    const input = { params: undefined, query: undefined, body: undefined }
    expect(await site.run((work) => must(decisions, 'the route').handle(work, input), { kind: 'public' })).toEqual({
      items: [
        {
          decidedOn: '2026-05-11',
          outcome: 'granted',
          favour: 2,
          against: 1,
          abstained: 0,
          reasons: '住房和子女教育予以支持',
        },
      ],
    })
  })

  it('as many votes against as in favour are a refusal, to which the person can object', async () => {
    const { caseId, person } = await referred()
    const votes = ['favour', 'against', 'abstain'] as const
    const members = [
      await site.officer('approve'),
      await site.officer('approve', { another: true }),
      await site.officer('supervisor'),
    ]
    for (const [index, member] of members.entries()) {
      await site.take(member, caseId, 'vote', { vote: votes[index], reason: '示例理由' })
    }
    await site.take(must(members[0], 'the chair'), caseId, 'determine', { outcome: 'refused', opinion: '票数不足' })
    await site.take(person, caseId, 'object', { grounds: '请重新评议' })
    expect((await site.view(caseId)).file.status).toBe('under_objection')
  })

  it('M6.01: others are decided by the rule, without a panel', async () => {
    const { actor } = await site.person()
    const body = { answers: { ...answers, firstRank: false } }
    const { caseId } = await site.open(actor, { flow: 'talent-support', step: 'apply', body })
    await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
    await site.take(await site.officer('review'), caseId, 'decide', { opinion: '符合' })
    expect((await site.view(caseId)).file.status).toBe('standing')
  })
})
