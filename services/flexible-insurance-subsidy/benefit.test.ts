import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyAndPay, type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { beginEmployment, beginEmploymentStatus, recordPersonContributions } from '../../people/door.ts'
import { flexibleSubsidyBenefit } from './benefit.ts'
import { service } from './service.ts'

let site: BenefitSite

beforeAll(async () => {
  site = await benefitSite({ region: '510300', on: '2025-07-10', service })
  await site.fund('employment_special', 100_000_000)
})
afterAll(() => site.close())

const flow = 'flexible-insurance-subsidy'
const answers = { group: 'hard_to_employ', year: 2025, half: 'first_half' }

/** A rider who paid pension insurance alone for four months of the half-year. */
async function rider() {
  const { personId, actor } = await site.person()
  await site.run(async (work) => {
    const caseId = work.newId()
    const status = {
      personId,
      status: 'employed',
      form: 'platform',
      agency: '510300',
      from: '2025-01-01',
      caseId,
    } as const
    await beginEmploymentStatus(work, status)
    const months = ['2025-01', '2025-02', '2025-03', '2025-04']
    await recordPersonContributions(
      work,
      months.map((month) => ({
        personId,
        insurance: 'pension' as const,
        month,
        employerId: null,
        baseFen: 400_000,
        paidOn: `${month}-20`,
      })),
    )
  })
  return { personId, actor }
}

const amountOf = async (caseId: string) => (await site.view(caseId)).file.state

describe('C7.02: a half-year from the application to the cash', () => {
  it('reads the months from the register, pays them, and pays them once', async () => {
    const { actor } = await rider()
    const caseId = await applyAndPay(site, actor, { flow, answers })
    expect(await amountOf(caseId)).toMatchObject({ found: { outcome: 'granted', amountFen: 192_000 } })
    await expect(site.open(actor, { flow, step: 'apply', body: { answers } })).rejects.toMatchObject({
      code: 'already_applied',
    })
  })

  it('ends with the month in which an employer began', async () => {
    const { personId, actor } = await rider()
    const { employerId } = await site.employer()
    await site.run((work) => beginEmployment(work, { personId, employerId, from: '2025-03-01' }))
    const { caseId } = await site.open(actor, { flow, step: 'apply', body: { answers } })
    expect(await amountOf(caseId)).toMatchObject({ expected: { amountFen: 96_000 } })
  })

  it('shows the months of the last half-year that is over before anything is asked', async () => {
    const { personId } = await rider()
    const benefit = flexibleSubsidyBenefit({ rulebook: site.rulebook, cases: () => site.cases })
    const known = (on: string) =>
      site.run(async (work) => {
        const question = { on, agency: '510300', answers: {} }
        return (await benefit.gather(work, { kind: 'person', id: personId }, question)).facts.months
      })
    expect(await known('2025-07-01')).toHaveLength(4)
    expect(await known('2025-06-30')).toHaveLength(0)
  })

  it('is not applied for before the half-year is over', async () => {
    const { actor } = await rider()
    const early = { ...answers, half: 'second_half' }
    await expect(site.open(actor, { flow, step: 'apply', body: { answers: early } })).rejects.toMatchObject({
      code: 'half_year_not_over',
    })
  })
})
