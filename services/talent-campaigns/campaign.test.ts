import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import type { CampaignKind } from './campaign.ts'
import { totals } from './routes.ts'
import { service } from './service.ts'

let site: BenefitSite

const created: Parameters<typeof benefitSite>[0]['service']['create'] = (tools) => ({
  flows: service.create(tools).flows,
})
beforeAll(async () => {
  site = await benefitSite({ region: '340000', on: '2024-03-01', service: { ...service, create: created } })
})
afterAll(() => site.close())

async function report(kind: CampaignKind, figures: Record<string, number>, ledBy = '示例') {
  const clerk = await site.officer('accept', { agency: '340100' })
  const body = { kind, name: '示例活动', ledBy, on: '2024-02-20' }
  const { caseId } = await site.open(clerk, { flow: 'talent-campaign', step: 'plan', body, agency: '340100' })
  await site.take(clerk, caseId, 'report', { figures })
  return caseId
}
const sums = (kind: CampaignKind) =>
  site.run((work) => totals(work, { rulebook: site.rulebook, cases: () => site.cases }, { kind, year: 2024 }))

describe('M5.03: live-stream recruitment', () => {
  it('views and CVs are counted apart; what was reported again counts once', async () => {
    const caseId = await report('live_stream', { firms: 6, posts: 900, views: 14_000_000, cvs: 20_000 })
    await report('live_stream', { firms: 10, posts: 1_000, views: 50_000, cvs: 700 })
    const again = { figures: { firms: 6, posts: 900, views: 14_000_000, cvs: 20_500 } }
    await site.take(await site.officer('review', { agency: '340100' }), caseId, 'report', again)
    expect(await sums('live_stream')).toEqual({
      campaigns: 2,
      figures: { firms: 16, posts: 1_900, views: 14_050_000, cvs: 21_200 },
    })
  })

  it('figures of another kind are refused', async () => {
    const wrong = report('live_stream', { cvs: 5, agreementsSigned: 2 })
    await expect(wrong).rejects.toMatchObject({ code: 'figures_of_other_kind' })
  })
})

describe('M5.04: the campus tour', () => {
  const stop = { universities: 41, cvs: 30_000, intentions: 8_549, intentionsMasterOrAbove: 4_146 }

  it('agreements under discussion are not agreements signed', async () => {
    await report('campus_stop', { ...stop, agreementsUnderDiscussion: 120, agreementsSigned: 7 })
    const { figures } = await sums('campus_stop')
    expect(figures).toMatchObject({ agreementsUnderDiscussion: 120, agreementsSigned: 7 })
  })

  it('a part is not more than the whole', async () => {
    const wrong = { ...stop, intentionsMasterOrAbove: 8_550, agreementsUnderDiscussion: 0, agreementsSigned: 0 }
    await expect(report('campus_stop', wrong)).rejects.toMatchObject({ code: 'part_above_whole' })
  })
})

describe('M5.05: industry chains', () => {
  it('policy is aimed at a chain with a leader that lacks people', async () => {
    const shortage = async (caseId: string) => (await site.view(caseId)).file.state
    const lacking = await report('industry_chain', { postsOpen: 3_000, postsFilled: 1_000 })
    expect(await shortage(lacking)).toMatchObject({ shortage: { lacks: true } })
    const filled = await report('industry_chain', { postsOpen: 3_000, postsFilled: 2_900 })
    expect(await shortage(filled)).toMatchObject({ shortage: { lacks: false, reason: 'chain_does_not_lack' } })
    const leaderless = await report('industry_chain', { postsOpen: 3_000, postsFilled: 1_000 }, '')
    expect(await shortage(leaderless)).toMatchObject({ shortage: { reason: 'chain_without_leader' } })
  })
})
