import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listControlRules, upsertControlRule } from '../../registers/door.ts'
import {
  admittedStay,
  books,
  caseOf,
  look,
  open,
  referralToNanjing,
  reviewedFiling,
  settleStay,
  statusOf,
  type Treatment,
  take,
} from './journey.testing.ts'
import {
  fundRegion,
  officer,
  type TestNation,
  type TestPerson,
  testHospital,
  testNation,
  testPerson,
} from './nation.testing.ts'

// One story in steps, each of which goes on where the last one ended: journey 2.

const account = { bankName: '示例银行', bankAccount: '6222000000000001' }
const travel = { number: 'DZPJ-000001', kind: 'travel', amountFen: 60_000 }
const lodging = { number: 'DZPJ-000002', kind: 'lodging', amountFen: 30_000 }

let nation: TestNation
let treatment: Treatment
let claimId: string
beforeAll(async () => {
  nation = await testNation({ regions: ['320000', '620000'] })
  const [home, host] = [nation.region('620000'), nation.region('320000')]
  treatment = {
    home,
    host,
    person: await testPerson(home, '620100'),
    hospital: await testHospital(host, '320100'),
  }
  await fundRegion(home, 1_000_000)
})
afterAll(() => nation.close())

const gansu = (role: string) => officer(treatment.home, role, '620100')
const supply = (receipts: object[]) =>
  take(treatment.home, treatment.person.actor, claimId, 'supply', { ...account, receipts })

/** A claim that a person opens for a stay at a hospital that is not live. */
function claimFor(person: TestPerson) {
  const dates = { admittedOn: '2026-05-12', dischargedOn: '2026-05-20', reason: 'institution_not_live' }
  const stay = { institutionName: '示例医院', treatmentRegion: '320100', ...dates }
  return open(treatment.home, person.actor, 'claim', stay, { step: 'openByPerson', agency: '620100' })
}

describe('journey 2: referred from Lanzhou to Nanjing', () => {
  it('A1.09, A3.12: with an opinion of level 3 the referral is in effect for six months', async () => {
    const filing = await reviewedFiling(nation, treatment.home, '620100', treatment.person, referralToNanjing)
    const { state } = await look(treatment.home, treatment.home.flows.filing, filing.caseId)
    expect(state.validity).toMatchObject({ validFrom: '2026-05-11', validTo: '2026-11-11' })
  })

  it('A1-t5: settled in Nanjing; 600.00 of meal allowance and 900.00 of declared travel open a claim of 1,500.00 in Gansu', async () => {
    const { home, person } = treatment
    const stay = await admittedStay(nation, treatment)
    await nation.moveTo('2026-05-31')
    const declared = { declaredTravelFen: 60_000, declaredLodgingFen: 30_000 }
    await settleStay(nation, treatment, stay.caseId, { discharge: declared })
    await nation.settleMessages()
    const claim = await caseOf(home, person, 'claim')
    claimId = claim?.caseId ?? ''
    expect(claim).toMatchObject({ status: 'opened', agency: '620100' })
    const { state } = await look(home, home.flows.claim, claimId)
    expect(state.amounts).toEqual({ mealFen: 60_000, travelFen: 90_000, billFen: 0, totalFen: 150_000 })
  })

  it('A1.18: what was declared is paid only against receipts', async () => {
    await expect(supply([])).rejects.toMatchObject({ code: 'receipts_missing', clause: 'A1.18' })
    await expect(supply([travel])).rejects.toMatchObject({ code: 'receipts_missing' })
    expect((await supply([travel, lodging])).status).toBe('submitted')
  })

  it('A1.18: reviewed, approved and paid: 1,500.00', async () => {
    const { home } = treatment
    await take(home, await gansu('accept'), claimId, 'accept', { outcome: 'accepted', billInScopeFen: 0 })
    await take(home, await gansu('review'), claimId, 'review', { opinion: '票据相符' })
    await take(home, await gansu('approve'), claimId, 'approve', { opinion: '同意' })
    await take(home, await gansu('pay'), claimId, 'pay', { bankReference: 'BANK-0002' })
    expect(await statusOf(home, claimId)).toBe('paid')
    expect(await books(home)).toEqual({
      contribution_income: 1_000_000,
      fiscal_special_account: 850_000,
      benefit_expense: 3_750_000,
      'payable_to_region:320000': 3_600_000,
    })
  })

  it('A1.18: the receipt that was paid is refused in whatever claim it comes again', async () => {
    const { home } = treatment
    const other = await testPerson(home, '620100')
    const claim = await claimFor(other)
    const again = { ...account, receipts: [{ ...travel, kind: 'treatment' }] }
    await expect(take(home, other.actor, claim.caseId, 'supply', again)).rejects.toMatchObject({
      code: 'receipt_already_claimed',
      params: { number: 'DZPJ-000001' },
    })
  })

  it('A1.18: a receipt whose claim came to nothing is free for another one', async () => {
    const { home } = treatment
    const person = await testPerson(home, '620100')
    const receipts = [{ number: 'DZPJ-000009', kind: 'treatment', amountFen: 50_000 }]
    const [first, second] = [await claimFor(person), await claimFor(person)]
    await take(home, person.actor, first.caseId, 'supply', { ...account, receipts })
    await expect(take(home, person.actor, second.caseId, 'supply', { ...account, receipts })).rejects.toMatchObject({
      code: 'receipt_already_claimed',
    })
    const declined = { outcome: 'not_accepted', billInScopeFen: 0, reason: '票据不清' }
    await take(home, await gansu('accept'), first.caseId, 'accept', declined)
    const supplied = await take(home, person.actor, second.caseId, 'supply', { ...account, receipts })
    expect(supplied.status).toBe('submitted')
  })

  it.each([
    [500_000, [] as string[]],
    [500_001, ['wi_large_receipts']],
  ])('B3.09, B3.10: receipts of %d fen hit the control rules %j', async (amountFen, rules) => {
    const { home } = treatment
    await home.run(async (work) => {
      const known = await listControlRules(work, 'work-injury-settlement', work.today)
      const rule = { code: 'wi_large_receipts', level: 'medium', name: { zh: '票据金额较大', en: 'Large receipts' } }
      const source = { from: '2024-04-01', source: 'B3.09', assumed: true, service: 'work-injury-settlement' }
      if (known.length === 0) await upsertControlRule(work, { ...rule, ...source })
    })
    const person = await testPerson(home, '620100')
    const claim = await claimFor(person)
    const receipts = [{ number: `DZPJ-1${amountFen}`, kind: 'treatment', amountFen }]
    await take(home, person.actor, claim.caseId, 'supply', { ...account, receipts })
    const body = { outcome: 'accepted', billInScopeFen: 0 }
    const request = { caseId: claim.caseId, step: 'accept', body }
    const risk = await home.run((work) => home.cases.previewRisk(work, request), await gansu('accept'))
    expect(risk.hits.map(({ rule }) => rule)).toEqual(rules)
  })
})
