import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import type { Actor } from '../../ground/door.ts'
import { beginEmploymentStatus } from '../../people/door.ts'
import { service } from './service.ts'

let site: BenefitSite

const created: Parameters<typeof benefitSite>[0]['service']['create'] = (tools) => ({
  flows: service.create(tools).flows,
})
beforeAll(async () => {
  site = await benefitSite({ region: '640000', on: '2025-07-01', service: { ...service, create: created } })
})
afterAll(() => site.close())

const answers = { hardship: 'older', post: '村级保洁', unit: '示例乡', marketOffersTried: 3 }

async function unemployed() {
  const { personId, actor } = await site.person()
  await site.run((work) =>
    beginEmploymentStatus(work, {
      personId,
      status: 'unemployed',
      agency: '640000',
      from: '2025-05-01',
      caseId: work.newId(),
    }),
  )
  return actor
}
async function place(actor: Actor, told = answers) {
  const { caseId } = await site.open(actor, { flow: 'welfare-post', step: 'apply', body: { answers: told } })
  await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
  const { status } = await site.take(await site.officer('review'), caseId, 'decide', { opinion: '属实' })
  return { caseId, status, state: (await site.view(caseId)).file.state }
}

describe('C6.05: the last resort', () => {
  it('places who is registered as unemployed and was offered work in vain, for three years, once', async () => {
    const actor = await unemployed()
    const { caseId, state } = await place(actor)
    expect(state).toMatchObject({ from: '2025-07-01', to: '2028-07-01' })
    await site.take(actor, caseId, 'end', { reason: '找到工作' })
    expect(await place(actor)).toMatchObject({ status: 'refused', state: { found: { reason: 'placed_before' } } })
  })

  it('sends who was offered too little to the market first, and who is not registered to register', async () => {
    expect(await place(await unemployed(), { ...answers, marketOffersTried: 2 })).toMatchObject({
      state: { found: { reason: 'market_not_tried' } },
    })
    const { actor } = await site.person()
    expect(await place(actor)).toMatchObject({ state: { found: { reason: 'not_registered_unemployed' } } })
  })
})
