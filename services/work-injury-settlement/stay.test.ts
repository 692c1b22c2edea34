import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endEnrolment, enrolmentsOf } from '../../people/door.ts'
import { importCatalogue } from '../../registers/door.ts'
import { tellLeft } from './flow/stay-telling.ts'
import {
  admission,
  admittedStay,
  bankAnswers,
  bill,
  books,
  booksSince,
  caseOf,
  discharge,
  line,
  longTermInUrumqi,
  look,
  nanjingInUrumqi,
  open,
  reconcileMonth,
  reviewedFiling,
  scan,
  sentBatch,
  settledStay,
  settleStay,
  statusOf,
  type Treatment,
  take,
} from './journey.testing.ts'
import { fundRegion, officer, type TestNation, testHospital, testNation, testPerson } from './nation.testing.ts'
import { type InjuryRow, serviceTables } from './tables.ts'

let nation: TestNation
beforeAll(async () => {
  nation = await testNation({ regions: ['320000', '620000', '650000'] })
  for (const region of ['320000', '620000', '650000']) await fundRegion(nation.region(region))
})
afterAll(() => nation.close())

/** Somebody of Nanjing with an injury as said and a filing for Urumqi that is in effect, at a hospital there. */
async function injured(injury: Partial<InjuryRow>): Promise<Treatment> {
  const [home, host] = [nation.region('320000'), nation.region('650000')]
  const person = await testPerson(home, '320100', injury)
  await reviewedFiling(nation, home, '320100', person, longTermInUrumqi, { effectiveOn: '2026-05-11' })
  return { home, host, person, hospital: await testHospital(host, '650100') }
}

/** A person treated inside the province where they are insured. */
async function insideProvince(region: string, agency: string, place: string): Promise<Treatment> {
  const home = nation.region(region)
  const person = await testPerson(home, agency)
  return { home, host: home, person, hospital: await testHospital(home, place) }
}

async function stayOf({ host }: Treatment, caseId: string) {
  return look(host, host.flows.stay, caseId)
}

describe('what is settled directly', () => {
  it('A1.04: inpatient rehabilitation, by the treatment place’s catalogue', async () => {
    const treatment = await injured({ rehabilitation_on: '2026-04-01' })
    const settled = await settledStay(nation, treatment, { admission: { costType: 'rehabilitation' } })
    expect((await stayOf(treatment, settled.caseId)).state).toMatchObject({
      eligibility: { catalogueOf: 'treatment' },
      settlement: { fundFen: 3_600_000, home: 'booked' },
    })
  })

  it('A1-o7: rehabilitation without its own confirmation is refused', async () => {
    const treatment = await injured({})
    const stay = await admittedStay(nation, treatment, { costType: 'rehabilitation' })
    expect((await stayOf(treatment, stay.caseId)).state.eligibility?.ruling).toMatchObject({
      reason: 'confirmation_missing_for_cost_type',
      because: 'A1.10',
    })
  })

  it('A1-t4, A1.15: a device is priced by the insured place: its node is asked, and its limit counts', async () => {
    const treatment = await injured({ device_on: '2026-04-01' })
    const { home, host, hospital } = treatment
    const dearer = { kind: 'device', code: 'DEVICE-1', nameZh: '轮椅', unit: '辆', priceLimitFen: 60_000 }
    await home.run((work) => importCatalogue(work, '320000', [{ ...dearer, from: '2026-01-01', source: 'test' }]))
    const stay = await admittedStay(nation, treatment, { costType: 'device' })
    const lines = [{ ...line('H-DEVICE-1', 80_000), chargedOn: '2026-05-11' }]
    await take(host, hospital.office, stay.caseId, 'importBill', { sourceName: 'bill.csv', lines })
    await take(host, hospital.office, stay.caseId, 'previewBill')
    expect(await stayOf(treatment, stay.caseId)).toMatchObject({ status: 'in_hospital', state: { awaitingPrices: 1 } })
    await nation.settleMessages()
    const { status, state } = await stayOf(treatment, stay.caseId)
    expect(status).toBe('previewed')
    expect(state.preview).toMatchObject({ fundFen: 60_000, personFen: 20_000, overLimitFen: 20_000 })
    expect(state.awaitingPrices).toBeNull()
  })

  it('A2-t5, A2.12: insured in Lanzhou, treated in Tianshui: no filing, and the books of one region', async () => {
    const treatment = await insideProvince('620000', '620100', '620500')
    const { home, hospital } = treatment
    const before = await books(home)
    const settled = await settledStay(nation, treatment)
    const stay = await stayOf(treatment, settled.caseId)
    expect(stay.state).toMatchObject({
      eligibility: { catalogueOf: 'insured', filing: null },
      settlement: { home: 'booked', fundFen: 3_600_000 },
    })
    const owed = { benefit_expense: 3_600_000, 'payable_to_hospital:body': 3_600_000 }
    expect(await booksSince(home, before)).toEqual(owed)
    expect(await caseOf(home, treatment.person, 'claim')).toMatchObject({ summary: { totalFen: 60_000 } })

    await reconcileMonth(home, '620500', hospital)
    await take(home, await officer(home, 'audit', '620500'), settled.caseId, 'audit', { outcome: 'passed' })
    await bankAnswers(home, '620500', await sentBatch(home, '620500'))
    expect(await booksSince(home, before)).toEqual({ benefit_expense: 3_600_000, fiscal_special_account: -3_600_000 })
    await take(home, await officer(home, 'audit', '620500'), settled.caseId, 'undo', { reason: '误结算' })
    expect(await booksSince(home, before)).toEqual({
      fiscal_special_account: -3_600_000,
      'receivable_from_hospital:body': 3_600_000,
    })
  })

  it('A1-t8, A1.17: a long-term filed person back at home is settled by the insured place’s standard', async () => {
    const treatment = await insideProvince('320000', '320100', '320100')
    const { home, person } = treatment
    await reviewedFiling(nation, home, '320100', person, longTermInUrumqi, { effectiveOn: '2026-05-11' })
    const before = await books(home)
    const settled = await settledStay(nation, treatment)
    expect((await stayOf(treatment, settled.caseId)).state.eligibility).toMatchObject({
      catalogueOf: 'insured',
      ruling: { because: 'A1.17' },
    })
    expect(await booksSince(home, before)).toEqual({
      benefit_expense: 3_600_000,
      'payable_to_hospital:body': 3_600_000,
    })
    expect(await caseOf(home, person, 'filing')).toMatchObject({ status: 'effective' })
  })

  it('A3-t4, A3.10: inside the prefecture of Xinjiang without a filing; in another prefecture only with one', async () => {
    const near = await insideProvince('650000', '650100', '650100')
    expect(await statusOf(near.host, (await admittedStay(nation, near)).caseId)).toBe('in_hospital')
    const far = await insideProvince('650000', '650100', '650200')
    const refused = await stayOf(far, (await admittedStay(nation, far)).caseId)
    expect(refused.state.eligibility?.ruling).toMatchObject({ reason: 'no_effective_filing' })
    const opinion = { institutionName: '乌鲁木齐示例医院', institutionLevel: 2, issuedOn: '2026-05-08' }
    const referral = { filingClass: 'referral', treatmentRegion: '650200', opinion }
    await reviewedFiling(nation, far.home, '650100', far.person, referral, { effectiveOn: '2026-05-11' })
    const admitted = await stayOf(far, (await admittedStay(nation, far)).caseId)
    expect(admitted.state.eligibility).toMatchObject({ catalogueOf: 'insured', ruling: { because: 'A3.11' } })
  })

  it('A1-o9: an emergency with an effective filing', async () => {
    const treatment = await injured({})
    const stay = await admittedStay(nation, treatment, { careKind: 'emergency' })
    expect(stay.status).toBe('pending_eligibility')
    expect(await statusOf(treatment.host, stay.caseId)).toBe('in_hospital')
  })
})

describe('what goes another way', () => {
  const ways: Array<[string, Partial<InjuryRow>, object, string, string, string, boolean]> = [
    [
      'third party (as the hospital says)',
      {},
      { thirdPartyLiable: true },
      'refused',
      'third_party_liable',
      'SIL.42',
      false,
    ],
    [
      'third party (as the register says)',
      { third_party_liable: true },
      {},
      'refused',
      'third_party_liable',
      'SIL.42',
      false,
    ],
    [
      'uninsured employer: to people',
      { employer_insured: false },
      {},
      'referred',
      'employer_not_insured',
      'SIL.41',
      false,
    ],
    [
      'registered under another insurance',
      {},
      { otherInsuranceOpen: true },
      'refused',
      'other_insurance_open',
      'SIL.30',
      false,
    ],
  ]
  it.each(ways)('A1-o9: %s', async (_, injury, change, outcome, reason, because, claims) => {
    const treatment = await injured(injury)
    const stay = await admittedStay(nation, treatment, change)
    const { status, state } = await stayOf(treatment, stay.caseId)
    expect(status).toBe('redirected')
    expect(state.eligibility?.ruling).toMatchObject({ outcome, reason, because })
    expect((await caseOf(treatment.home, treatment.person, 'claim')) !== undefined).toBe(claims)
    expect(await caseOf(treatment.home, treatment.person, 'visit')).toMatchObject({ status: 'refused' })
  })

  it('A1.09: somebody who is not insured any more is not entitled', async () => {
    const treatment = await injured({})
    const { home, person } = treatment
    await home.run(async (work) => {
      const [enrolment] = await enrolmentsOf(work, person.personId, { on: work.today }, 'test')
      await endEnrolment(work, { enrolmentId: enrolment?.enrolmentId ?? '', to: '2026-05-10' })
    })
    const stay = await admittedStay(nation, treatment)
    expect((await stayOf(treatment, stay.caseId)).state.eligibility?.ruling).toMatchObject({ reason: 'not_entitled' })
  })

  it('A1-o9: an emergency without a filing: a claim opens by itself and learns from the hospital how long the stay was', async () => {
    const [home, host] = [nation.region('320000'), nation.region('650000')]
    const treatment = {
      home,
      host,
      person: await testPerson(home, '320100'),
      hospital: await testHospital(host, '650100'),
    }
    const stay = await admittedStay(nation, treatment, { careKind: 'emergency' })
    const { state } = await stayOf(treatment, stay.caseId)
    expect(state.eligibility?.ruling).toMatchObject({ reason: 'emergency_without_filing', because: 'WIR.30' })
    const claim = await caseOf(home, treatment.person, 'claim')
    expect(claim).toMatchObject({ status: 'opened', summary: { totalFen: null } })
    await nation.moveTo('2026-05-31')
    const left = { dischargedOn: '2026-05-21', reason: '先付费' }
    await take(host, treatment.hospital.office, stay.caseId, 'leave', left)
    await nation.settleMessages()
    // Ten days of 30.00.
    expect(await caseOf(home, treatment.person, 'claim')).toMatchObject({ summary: { totalFen: 30_000 } })
  })

  it('A1-o9: a claim that was reviewed before the stay had ended is reviewed again, and only what was reviewed is approved', async () => {
    const [home, host] = [nation.region('320000'), nation.region('650000')]
    const person = await testPerson(home, '320100')
    const hospital = await testHospital(host, '650100')
    const treatment = { home, host, person, hospital }
    const stay = await admittedStay(nation, treatment, { careKind: 'emergency' })
    const id = (await caseOf(home, person, 'claim'))?.caseId ?? ''
    const receipts = [{ number: 'DZPJ-000091', kind: 'treatment', amountFen: 500_000 }]
    await take(home, person.actor, id, 'supply', { bankName: '示例银行', bankAccount: '6222000000000001', receipts })
    const as = (role: string) => officer(home, role, '320100')
    await take(home, await as('accept'), id, 'accept', { outcome: 'accepted', billInScopeFen: 480_000 })
    await take(home, await as('review'), id, 'review', { opinion: '核对无误' })
    expect(await caseOf(home, person, 'claim')).toMatchObject({ status: 'reviewed', summary: { totalFen: 480_000 } })
    await nation.moveTo('2026-05-31')
    await take(host, hospital.office, stay.caseId, 'leave', { dischargedOn: '2026-05-21', reason: '先付费' })
    await nation.settleMessages()
    // Ten days of 30.00 more, which nobody has looked at.
    expect(await caseOf(home, person, 'claim')).toMatchObject({ status: 'accepted', summary: { totalFen: 510_000 } })
    const approving = as('approve').then((actor) => take(home, actor, id, 'approve', { opinion: '同意' }))
    await expect(approving).rejects.toMatchObject({ code: 'step_not_open' })
    const tellAgain = async () => {
      const file = await stayOf(treatment, stay.caseId)
      await host.run((work) => tellLeft(work, file, '2026-05-21'))
      await nation.settleMessages()
    }
    await tellAgain()
    await take(home, await as('review'), id, 'review', { opinion: '加计伙食补助' })
    // Told again, it changes nothing.
    await tellAgain()
    await take(home, await as('approve'), id, 'approve', { opinion: '同意' })
    expect(await caseOf(home, person, 'claim')).toMatchObject({ status: 'approved', summary: { totalFen: 510_000 } })
  })

  it('A1-o9: whoever leaves before the insured place has answered has the same claim', async () => {
    const [home, host] = [nation.region('320000'), nation.region('650000')]
    const treatment = {
      home,
      host,
      person: await testPerson(home, '320100'),
      hospital: await testHospital(host, '650100'),
    }
    const shown = await scan(home, treatment.person, host)
    const stay = await open(host, treatment.hospital.office, 'stay', admission('320000', shown))
    await take(host, treatment.hospital.office, stay.caseId, 'leave', { dischargedOn: '2026-05-21', reason: '先付费' })
    await nation.settleMessages()
    expect(await caseOf(home, treatment.person, 'claim')).toMatchObject({ summary: { totalFen: 30_000 } })
  })

  it('A1.10: a determination that is pending: the claim waits for it and is paid once it is done', async () => {
    const treatment = await injured({})
    const { home, person, host, hospital } = treatment
    const determine = (row: Partial<InjuryRow>) =>
      home.run((work) =>
        serviceTables(work)
          .updateTable('svc_work_injury_settlement.injury')
          .set(row)
          .where('person_id', '=', person.personId)
          .execute(),
      )
    await determine({ determination: 'pending', determined_on: null })
    const stay = await admittedStay(nation, treatment)
    expect((await stayOf(treatment, stay.caseId)).state.eligibility?.ruling).toMatchObject({
      reason: 'determination_pending',
    })
    await take(host, hospital.office, stay.caseId, 'leave', { dischargedOn: '2026-05-21', reason: '认定未决' })
    await nation.settleMessages()
    const id = (await caseOf(home, person, 'claim'))?.caseId ?? ''
    const receipts = [{ number: 'DZPJ-000021', kind: 'treatment', amountFen: 500_000 }]
    await take(home, person.actor, id, 'supply', { bankName: '示例银行', bankAccount: '6222000000000001', receipts })
    const as = (role: string) => officer(home, role, '320100')
    await take(home, await as('accept'), id, 'accept', { outcome: 'accepted', billInScopeFen: 480_000 })
    const review = async () => take(home, await as('review'), id, 'review', { opinion: '核对无误' })
    await expect(review()).rejects.toMatchObject({ code: 'determination_pending', clause: 'A1.10' })
    await determine({ determination: 'done', determined_on: '2026-05-31' })
    expect((await review()).status).toBe('reviewed')
    expect(await caseOf(home, person, 'claim')).toMatchObject({ summary: { totalFen: 510_000 } })
  })

  it('A1.18: what a third party must pay is not reimbursed, whoever claims it', async () => {
    const { home, person } = await injured({ third_party_liable: true })
    const stay = {
      institutionName: '示例医院',
      treatmentRegion: '650100',
      admittedOn: '2026-05-12',
      dischargedOn: '2026-05-20',
    }
    const place = { step: 'openByPerson', agency: '320100' }
    const { caseId } = await open(home, person.actor, 'claim', { ...stay, reason: 'other' }, place)
    const receipts = [{ number: 'DZPJ-000031', kind: 'treatment', amountFen: 500_000 }]
    await take(home, person.actor, caseId, 'supply', {
      bankName: '示例银行',
      bankAccount: '6222000000000001',
      receipts,
    })
    const accepted = { outcome: 'accepted', billInScopeFen: 500_000 }
    await take(home, await officer(home, 'accept', '320100'), caseId, 'accept', accepted)
    const reviewed = await take(home, await officer(home, 'review', '320100'), caseId, 'review', {
      opinion: '第三人责任',
    })
    expect(reviewed.status).toBe('refused')
  })

  it('A1.18: a day has its meal allowance once, whoever opened the claims', async () => {
    const home = nation.region('320000')
    const person = await testPerson(home, '320100')
    const [accept, review] = [await officer(home, 'accept', '320100'), await officer(home, 'review', '320100')]
    const reviewedAmounts = async (dischargedOn: string, receipt: string) => {
      const stay = { institutionName: '示例医院', treatmentRegion: '650100', admittedOn: '2026-05-01', dischargedOn }
      const place = { step: 'openByPerson', agency: '320100' }
      const { caseId } = await open(home, person.actor, 'claim', { ...stay, reason: 'other' }, place)
      const account = { bankName: '示例银行', bankAccount: '6222000000000001' }
      const receipts = [{ number: receipt, kind: 'treatment', amountFen: 500_000 }]
      await take(home, person.actor, caseId, 'supply', { ...account, receipts })
      await take(home, accept, caseId, 'accept', { outcome: 'accepted', billInScopeFen: 100_000 })
      await take(home, review, caseId, 'review', { opinion: '属实' })
      return (await look(home, home.flows.claim, caseId)).state.amounts
    }
    expect(await reviewedAmounts('2026-05-05', 'DZPJ-000041')).toMatchObject({ mealFen: 12_000, billFen: 100_000 })
    expect(await reviewedAmounts('2026-05-05', 'DZPJ-000042')).toMatchObject({ mealFen: 0, billFen: 100_000 })
    expect(await reviewedAmounts('2026-05-08', 'DZPJ-000043')).toMatchObject({ mealFen: 9_000, billFen: 100_000 })
  })
})

describe('a bill', () => {
  let treatment: Treatment
  let stayId: string
  beforeAll(async () => {
    treatment = await nanjingInUrumqi(nation)
    stayId = (await admittedStay(nation, treatment)).caseId
    await nation.moveTo('2026-05-31')
  })

  const office = () => treatment.hospital.office
  const importBill = (lines: object[]) =>
    take(treatment.host, office(), stayId, 'importBill', { sourceName: 'bill.csv', lines })

  it('whose amount is not price times quantity, or whose day is outside the stay, is not imported at all', async () => {
    const wrong = [
      ...bill,
      { ...line('H-ITEM-1', 100, 3), amountFen: 299 },
      { ...line('H-ITEM-1', 100), chargedOn: '2026-05-10' },
      { ...line('H-ITEM-1', 100), chargedOn: '2026-06-01' },
    ]
    await expect(importBill(wrong)).rejects.toMatchObject({
      code: 'bill_not_valid',
      problems: [
        { path: 'lines[4].amountFen', found: '299' },
        { path: 'lines[5].chargedOn', found: '2026-05-10' },
        { path: 'lines[6].chargedOn', found: '2026-06-01' },
      ],
    })
    expect((await stayOf(treatment, stayId)).state.bill).toBeNull()
  })

  it('A1.14: with a code that is not mapped stops the preview with a list; lines not for the injury need no mapping', async () => {
    await importBill([line('H-NEW', 100), line('H-OTHER', 100), line('H-PRIVATE', 100, 1, false)])
    await expect(take(treatment.host, office(), stayId, 'previewBill')).rejects.toMatchObject({
      code: 'bill_lines_unmapped',
      clause: 'A1.14',
      params: { count: 2, codes: 'H-NEW、H-OTHER' },
    })
  })

  it('is settled only as the person saw and signed it, with consent to what they pay for', async () => {
    const { host } = treatment
    await importBill(bill)
    await take(host, office(), stayId, 'previewBill')
    const settle = (expectedPersonFen: number, change: object = {}) =>
      take(host, office(), stayId, 'settle', discharge(expectedPersonFen, change))
    await expect(settle(399_999)).rejects.toMatchObject({
      code: 'slip_out_of_date',
      params: { shownFen: 399_999, nowFen: 400_000 },
    })
    await expect(settle(400_000, { consentSigned: false })).rejects.toMatchObject({
      code: 'consent_missing',
      params: { amountFen: 340_000 },
    })
    await expect(settle(400_000, { slipSigned: false })).rejects.toMatchObject({
      problems: [{ path: 'body.slipSigned' }],
    })
    await expect(settle(400_000, { dischargedOn: '2026-06-01' })).rejects.toMatchObject({
      problems: [{ path: 'dischargedOn', expected: '2026-05-11 .. 2026-05-31' }],
    })
    await expect(settle(400_000, { dischargedOn: '2026-05-10' })).rejects.toMatchObject({
      problems: [{ path: 'dischargedOn' }],
    })
    expect((await settle(400_000)).status).toBe('settled')
  })

  it('A1.14: of a stay with nothing in scope moves no money and is still settled', async () => {
    const other = await nanjingInUrumqi(nation)
    const before = await books(other.host)
    const stay = await admittedStay(nation, other)
    await settleStay(nation, other, stay.caseId, { lines: [line('H-OUT', 50_000)], personFen: 50_000 })
    await nation.settleMessages()
    expect(await booksSince(other.host, before)).toEqual({})
    expect((await stayOf(other, stay.caseId)).state.settlement).toMatchObject({ fundFen: 0, home: 'booked' })
  })
})
