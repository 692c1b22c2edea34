import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyAndPay, type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { recordOwner } from '../../people/door.ts'
import { service } from './service.ts'

let site: BenefitSite

beforeAll(async () => {
  site = await benefitSite({ region: '430000', on: '2024-12-20', service })
  await site.fund('employment_special', 100_000_000)
})
afterAll(() => site.close())

const application = { flow: 'startup-subsidy', answers: { returned: true } }

async function owner(from: string) {
  const { personId, actor } = await site.person()
  const { employerId } = await site.employer({ entityKind: 'individual_business' })
  await site.run((work) => recordOwner(work, { employerId, personId, from, source: '示例登记' }))
  return actor
}

describe('C5.06: from the application to the cash', () => {
  it('reads the business from the register, pays, and pays once', async () => {
    const actor = await owner('2024-06-20')
    const caseId = await applyAndPay(site, actor, application)
    expect((await site.view(caseId)).file).toMatchObject({ status: 'paid' })
    const again = { flow: application.flow, step: 'apply', body: { answers: application.answers } }
    await expect(site.open(actor, again)).rejects.toMatchObject({ code: 'already_applied' })
  })

  it('tells who began a day too late that the months are not full', async () => {
    const actor = await owner('2024-06-21')
    const opened = await site.open(actor, {
      flow: application.flow,
      step: 'apply',
      body: { answers: application.answers },
    })
    expect((await site.view(opened.caseId)).file.state).toMatchObject({ expected: { reason: 'business_too_young' } })
  })
})
