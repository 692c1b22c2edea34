import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { ranking } from './place.ts'
import { service } from './service.ts'

let site: BenefitSite

const created: Parameters<typeof benefitSite>[0]['service']['create'] = (tools) => ({
  flows: service.create(tools).flows,
})
beforeAll(async () => {
  site = await benefitSite({ region: '430000', on: '2024-12-20', service: { ...service, create: created } })
})
afterAll(() => site.close())

const incubator = '示例孵化基地'

async function apply(applicant: string, at = incubator) {
  const { actor } = await site.person()
  const told = { incubator: at, applicant, project: '示例项目', rentFen: 100_000, managementFeeFen: 20_000, places: 1 }
  const { caseId } = await site.open(actor, { flow: 'incubator-place', step: 'apply', body: { answers: told } })
  await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
  return caseId
}

describe('C5.02: places in an incubator', () => {
  it('the one place goes to who returned, though another applied before; and that one is spared half', async () => {
    const other = await apply('other_entrepreneur')
    const returned = await apply('returning_entrepreneur')
    const ranked = await site.run((work) => ranking(work, { cases: () => site.cases }, incubator))
    expect(ranked.map(({ caseId }) => caseId)).toEqual([returned, other])
    const review = await site.officer('review')
    expect((await site.take(review, other, 'decide', { opinion: '属实' })).status).toBe('refused')
    expect((await site.take(review, returned, 'decide', { opinion: '属实' })).status).toBe('standing')
    expect((await site.view(returned)).file.state).toMatchObject({ from: '2024-12-20', to: '2026-12-20' })
    const decided = (await site.run((work) => site.cases.history(work, returned))).findLast(({ decision }) => decision)
    expect(decided?.decision).toMatchObject({ decision: { results: { rentSparedFen: { value: 50_000 } } } })
  })

  it('a place that was given is free no more, until who had it moves out', async () => {
    const review = await site.officer('review')
    const decide = async (caseId: string) => (await site.take(review, caseId, 'decide', { opinion: '属实' })).status
    const [first, second] = [
      await apply('returning_entrepreneur', '第二基地'),
      await apply('returning_entrepreneur', '第二基地'),
    ]
    expect(await decide(first)).toBe('standing')
    expect(await decide(second)).toBe('refused')
    await site.take(review, first, 'end', { reason: '迁出', to: '2024-12-20' })
    site.moveTo('2024-12-21')
    expect(await decide(await apply('returning_entrepreneur', '第二基地'))).toBe('standing')
  })
})
