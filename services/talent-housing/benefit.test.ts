import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyAndPay, type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { homePurchaseRights } from './routes.ts'
import { service } from './service.ts'

let site: BenefitSite

beforeAll(async () => {
  site = await benefitSite({ region: '340000', on: '2024-03-01', service })
  await site.fund('talent_special', 10_000_000_000)
})
afterAll(() => site.close())

const answers = {
  degree: 'doctor',
  talentTier: 'not_recognised',
  firstOwnHome: true,
  registeredPriceFen: 150_000_000,
  averagePriceFen: 200_000_000,
  contractNumber: 'HF-2024-0001',
}

describe('M5.02: from the application to the cash', () => {
  it('a doctor is paid a tenth of the average price for a first own home, once (M5-t1)', async () => {
    const { actor } = await site.person({ agency: '340100' })
    const caseId = await applyAndPay(site, actor, { flow: 'talent-housing', answers })
    const { status, state } = (await site.view(caseId)).file
    expect({ status, state }).toMatchObject({ status: 'paid', state: { found: { amountFen: 20_000_000 } } })
    const another = {
      flow: 'talent-housing',
      step: 'apply',
      body: { answers: { ...answers, contractNumber: 'HF-2024-2' } },
    }
    await expect(site.open(actor, another)).rejects.toMatchObject({ code: 'already_applied' })
  })

  it('a degree brings a doctor the local rules and twice the loan limit, a bachelor neither', async () => {
    const rights = (degree: string) =>
      site.run((work) => homePurchaseRights(work, site.rulebook, { degree, firstOwnHome: true }))
    const told = async (degree: string) => (await rights(degree)).decision.results
    expect(await told('doctor')).toMatchObject({ treatedAsLocal: { value: true }, loanLimitTimes: { value: 2 } })
    expect(await told('bachelor')).toMatchObject({
      treatedAsLocal: { value: false },
      householdConditionWaived: { value: true },
      loanLimitTimes: { value: 1 },
    })
  })
})
