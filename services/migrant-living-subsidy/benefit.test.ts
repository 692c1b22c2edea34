import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyAndPay, type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { beginBenefitSpell, beginEmployment, benefitSpellsOf, endEmployment } from '../../people/door.ts'
import { service } from './service.ts'

let site: BenefitSite

beforeAll(async () => {
  site = await benefitSite({ region: '640000', on: '2025-07-01', service })
  await site.fund('unemployment', 100_000_000)
})
afterAll(() => site.close())

const flow = 'migrant-living-subsidy'
const answers = { contractMigrantWorker: true }

/** A worker whose job of eighteen months ended on the last of May. */
async function jobless() {
  const { personId, actor } = await site.person()
  const { employerId } = await site.employer()
  await site.run(async (work) => {
    const employmentId = await beginEmployment(work, { personId, employerId, from: '2023-12-01' })
    await endEmployment(work, { employmentId, to: '2025-05-31', reason: 'contract_expired' })
  })
  return { personId, employerId, actor }
}
const expected = async (caseId: string) => (await site.view(caseId)).file.state

describe('C6.03: from the application to the cash', () => {
  it('reads the work from the register, pays, and tells that it was paid for this loss of a job', async () => {
    const { personId, actor } = await jobless()
    const caseId = await applyAndPay(site, actor, { flow, answers })
    expect(await expected(caseId)).toMatchObject({ found: { outcome: 'granted', amountFen: 270_000 } })
    const kind = 'one_off_living_subsidy'
    const spells = await site.run((work) => benefitSpellsOf(work, personId, { kind }, 'test'))
    expect(spells).toMatchObject([{ caseId, from: '2025-07', to: '2025-07' }])
    const again = await site.open(actor, { flow, step: 'apply', body: { answers } })
    expect(await expected(again.caseId)).toMatchObject({ expected: { reason: 'subsidy_granted_for_this_loss' } })
  })

  it('is refused to who was granted unemployment benefit for the same loss, not for an earlier one (C6-t1)', async () => {
    for (const [from, reason] of [
      ['2025-06', 'unemployment_benefit_granted'],
      ['2023-06', null],
    ] as const) {
      const { personId, actor } = await jobless()
      await site.run((work) =>
        beginBenefitSpell(work, {
          personId,
          kind: 'unemployment_benefit',
          agency: '640000',
          from,
          to: from,
          caseId: work.newId(),
        }),
      )
      const { caseId } = await site.open(actor, { flow, step: 'apply', body: { answers } })
      expect(await expected(caseId)).toMatchObject({ expected: { reason } })
    }
  })

  it('is not approved once unemployment benefit was granted for the same loss after the review', async () => {
    const { personId, actor } = await jobless()
    const { caseId } = await site.open(actor, { flow, step: 'apply', body: { answers } })
    await site.take(await site.officer('accept'), caseId, 'accept', { outcome: 'accepted' })
    await site.take(await site.officer('review'), caseId, 'review', { opinion: '属实' })
    const kind = 'unemployment_benefit'
    await site.run((work) =>
      beginBenefitSpell(work, { personId, kind, agency: '640000', from: '2025-06', caseId: work.newId() }),
    )
    const approve = (outcome: string) =>
      site.officer('approve').then((by) => site.take(by, caseId, 'approve', { outcome, opinion: '审批' }))
    await expect(approve('approved')).rejects.toMatchObject({ code: 'review_outdated' })
    await approve('returned')
    await site.take(await site.officer('review'), caseId, 'review', { opinion: '已领失业保险金' })
    expect((await site.view(caseId)).file.status).toBe('refused')
    expect(
      await site.run((work) => benefitSpellsOf(work, personId, { kind: 'one_off_living_subsidy' }, 'test')),
    ).toEqual([])
  })
})
