import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transfersOf } from '../../ledger/door.ts'
import { setBankAccount } from '../../people/door.ts'
import {
  bankAnswers,
  books,
  booksSince,
  look,
  nanjingInUrumqi,
  open,
  reconcileMonth,
  sentBatch,
  settledStay,
  statusOf,
  type Treatment,
  take,
} from './journey.testing.ts'
import { fundRegion, officer, type TestNation, testNation } from './nation.testing.ts'

// What the treatment agency does with a settlement of 36,000.00: reconciliation, audit with deduction and appeal, payment.

let nation: TestNation
let treatment: Treatment
let stayId: string
let number: string
let before: { home: Record<string, number>; host: Record<string, number> }
beforeAll(async () => {
  nation = await testNation({ regions: ['000000', '320000', '650000'] })
  await fundRegion(nation.region('650000'))
})
afterAll(() => nation.close())
beforeEach(async () => {
  before = { home: await books(nation.region('320000')), host: await books(nation.region('650000')) }
  treatment = await nanjingInUrumqi(nation)
  stayId = (await settledStay(nation, treatment)).caseId
  number = (await look(treatment.host, treatment.host.flows.stay, stayId)).state.settlement?.number ?? ''
})

const auditor = () => officer(treatment.host, 'audit', '650100')

async function deduction(amountFen: number): Promise<void> {
  const { host, hospital } = treatment
  await reconcileMonth(host, '650100', hospital)
  await take(host, await auditor(), stayId, 'audit', { outcome: 'deduct', amountFen, reason: '超范围用药' })
}

/** The books of both regions where a deduction is in effect. */
async function expectDeducted(deductedFen: number): Promise<void> {
  await nation.settleMessages()
  const owedFen = 3_600_000 - deductedFen
  expect(await booksSince(treatment.host, before.host)).toEqual({
    'receivable_from_region:320000': owedFen,
    'payable_to_hospital:body': owedFen,
  })
  expect(await booksSince(treatment.home, before.home)).toEqual({
    benefit_expense: owedFen,
    'payable_to_region:650000': owedFen,
  })
}

describe('an audit deduction of 200.00', () => {
  it('S-27: that the hospital accepts: the hospital gets less and the insured region owes less', async () => {
    const { host, hospital } = treatment
    await deduction(20_000)
    await take(host, hospital.office, stayId, 'acceptDeduction')
    await expectDeducted(20_000)
    await bankAnswers(host, '650100', await sentBatch(host, '650100'))
    expect(await booksSince(host, before.host)).toEqual({
      fiscal_special_account: -3_580_000,
      'receivable_from_region:320000': 3_580_000,
    })
  })

  it('S-27: that the hospital appeals against: another officer reduces it to 150.00', async () => {
    const { host, hospital } = treatment
    await deduction(20_000)
    await take(host, hospital.office, stayId, 'appeal', { grounds: '符合诊疗规范' })
    const decide = (deductFen: number) => ({ deductFen, opinion: '部分采纳' })
    const approver = await officer(host, 'approve', '650100')
    await expect(take(host, approver, stayId, 'decideAppeal', decide(20_001))).rejects.toMatchObject({
      problems: [{ path: 'deductFen', expected: '0 .. 20000' }],
    })
    await take(host, approver, stayId, 'decideAppeal', decide(15_000))
    await expectDeducted(15_000)
  })

  it('that an appeal sets aside: everything is owed', async () => {
    const { host, hospital } = treatment
    await deduction(20_000)
    await take(host, hospital.office, stayId, 'appeal', { grounds: '符合诊疗规范' })
    await take(host, await officer(host, 'approve', '650100'), stayId, 'decideAppeal', {
      deductFen: 0,
      opinion: '采纳申诉',
    })
    await expectDeducted(0)
    expect(await statusOf(host, stayId)).toBe('audited')
  })

  it('is at most what the fund pays', async () => {
    await expect(deduction(3_600_001)).rejects.toMatchObject({
      problems: [{ path: 'amountFen', expected: '1 .. 3600000', found: '3600001' }],
    })
  })
})

describe('reconciliation with differences both ways', () => {
  it('A1-o8: what only one side has, or what differs in the amount, is explained and waits for the month after', async () => {
    const { host, hospital } = treatment
    const { institutionId, office } = hospital
    const opened = await open(host, await auditor(), 'reconciliation', { institutionId, month: '2026-05' })
    const rows = [
      { settlementNumber: number, fundFen: 3_500_000 },
      { settlementNumber: 'ZY-unknown-1', fundFen: 100 },
    ]
    await take(host, office, opened.caseId, 'submitList', { rows })
    const { state } = await look(host, host.flows.reconciliation, opened.caseId)
    expect(state.differences).toEqual([
      { settlementNumber: number, agencyFen: 3_600_000, hospitalFen: 3_500_000, resolution: null, right: null },
      { settlementNumber: 'ZY-unknown-1', agencyFen: null, hospitalFen: 100, resolution: null, right: null },
    ])
    await expect(take(host, await auditor(), opened.caseId, 'agree')).rejects.toMatchObject({ code: 'step_not_open' })
    for (const row of rows) {
      const { settlementNumber } = row
      await take(host, await auditor(), opened.caseId, 'resolve', { settlementNumber, resolution: '医院更正' })
    }
    await take(host, await auditor(), opened.caseId, 'agree')
    expect(await statusOf(host, stayId)).toBe('settled')
    await reconcileMonth(host, '650100', hospital, '2026-06')
    expect(await statusOf(host, stayId)).toBe('reconciled')
  })

  it.each([
    ['less: the settlement is corrected', [3_500_000], 'reconciled', 3_500_000],
    ['more: it is undone, to be settled again', [3_700_000], 'undone', 0],
    ['nothing: it is undone', [], 'undone', 0],
  ])('S-26: the hospital is right, and has %s, naming what was booked', async (_, amounts, status, owedFen) => {
    const { host, hospital } = treatment
    const { institutionId, office } = hospital
    const opened = await open(host, await auditor(), 'reconciliation', { institutionId, month: '2026-05' })
    const rows = amounts.map((fundFen) => ({ settlementNumber: number, fundFen }))
    await take(host, office, opened.caseId, 'submitList', { rows })
    const resolution = { settlementNumber: number, resolution: '以医院为准', right: 'hospital' }
    await take(host, await auditor(), opened.caseId, 'resolve', resolution)
    await take(host, await auditor(), opened.caseId, 'agree')
    expect(await statusOf(host, stayId)).toBe(status)
    await nation.settleMessages()
    expect((await booksSince(treatment.home, before.home)).benefit_expense ?? 0).toBe(owedFen)
    const transfers = await host.run((work) => transfersOf(work, { caseId: stayId }))
    expect(transfers.at(-1)?.correctsId).toBe(transfers[0]?.id)
  })

  it.each([
    ['a list with one settlement twice', [1, 1], 'each settlement once'],
    ['a difference that is none', [1], 'a settlement that differs'],
  ])('%s is refused', async (_, copies, expected) => {
    const { host, hospital } = treatment
    const { institutionId, office } = hospital
    const opened = await open(host, await auditor(), 'reconciliation', { institutionId, month: '2026-05' })
    const rows = copies.map(() => ({ settlementNumber: number, fundFen: 1 }))
    const submit = take(host, office, opened.caseId, 'submitList', { rows })
    const resolve = async () => {
      await submit
      return take(host, await auditor(), opened.caseId, 'resolve', { settlementNumber: 'other', resolution: '更正' })
    }
    await expect(resolve()).rejects.toMatchObject({ problems: [{ expected }] })
  })

  it('a month without a settlement has nothing to reconcile', async () => {
    const { host, hospital } = treatment
    const { institutionId } = hospital
    await expect(
      open(host, await auditor(), 'reconciliation', { institutionId, month: '2026-04' }),
    ).rejects.toMatchObject({ code: 'nothing_to_reconcile' })
  })
})

describe('payment', () => {
  beforeAll(async () => {
    // What the tests above left to be paid.
    const host = nation.region('650000')
    await bankAnswers(host, '650100', await sentBatch(host, '650100'))
  })
  beforeEach(async () => {
    const { host, hospital } = treatment
    await reconcileMonth(host, '650100', hospital)
    await take(host, await auditor(), stayId, 'audit', { outcome: 'passed' })
  })

  it('that the bank returns goes back to the special account, and comes in the next batch to the corrected account', async () => {
    const { host, hospital } = treatment
    const first = await sentBatch(host, '650100')
    await expect(sentBatch(host, '650100')).rejects.toMatchObject({ code: 'nothing_to_pay' })
    await bankAnswers(host, '650100', first, { [number]: '账号不符' })
    const owed = { 'receivable_from_region:320000': 3_600_000, 'payable_to_hospital:body': 3_600_000 }
    expect(await booksSince(host, before.host)).toEqual(owed)
    expect(await statusOf(host, stayId)).toBe('audited')

    const account = { bankName: '示例银行', accountName: '示例医院', accountNumber: '99990002', from: '2026-05-31' }
    await host.run((work) => setBankAccount(work, hospital.institutionId, account))
    const second = await sentBatch(host, '650100')
    const { state } = await look(host, host.flows.payment, second.caseId)
    expect(state.lines).toMatchObject([{ settlementNumber: number, accountMasked: '****0002' }])
    await bankAnswers(host, '650100', second)
    expect(await statusOf(host, stayId)).toBe('paid')
    expect(await booksSince(host, before.host)).toEqual({
      fiscal_special_account: -3_600_000,
      'receivable_from_region:320000': 3_600_000,
    })
  })

  it('needs two people, and a batch that was withdrawn frees its lines', async () => {
    const { host } = treatment
    const batch = await open(host, await officer(host, 'pay', '650100'), 'payment', {})
    const payer = await officer(host, 'pay', '650100')
    const withdrawn = { outcome: 'withdrawn', opinion: '重新核对' }
    await expect(take(host, payer, batch.caseId, 'approve', withdrawn)).rejects.toMatchObject({ code: 'not_your_step' })
    await take(host, await officer(host, 'approve', '650100'), batch.caseId, 'approve', withdrawn)
    await bankAnswers(host, '650100', await sentBatch(host, '650100'))
    expect(await statusOf(host, stayId)).toBe('paid')
  })

  it('of a line that is not waiting is not recorded twice', async () => {
    const { host } = treatment
    const batch = await sentBatch(host, '650100')
    const payer = await officer(host, 'pay', '650100')
    const lines = [
      { settlementNumber: number, result: 'paid' },
      { settlementNumber: 'other', result: 'paid' },
    ]
    await expect(take(host, payer, batch.caseId, 'recordResult', { lines })).rejects.toMatchObject({
      problems: [{ path: 'lines.settlementNumber', found: 'other' }],
    })
    await bankAnswers(host, '650100', batch)
    await expect(bankAnswers(host, '650100', batch)).rejects.toMatchObject({ code: 'step_not_open' })
  })
})

describe('the term to appeal', () => {
  it('A3-o4, S-27: ten working days pass without an appeal: the deduction takes effect by itself on the day after', async () => {
    const { host } = treatment
    await deduction(20_000)
    // Ten working days after Sunday 2026-05-31; the Dragon Boat Festival (2026-06-19) is not in the span.
    const [term] = (await host.run((work) => host.cases.get(work, stayId))).deadlines
    expect(term).toMatchObject({ name: 'appeal', dueOn: '2026-06-12' })
    await nation.moveTo('2026-06-12')
    expect(await statusOf(host, stayId)).toBe('deduction_proposed')
    await nation.moveTo('2026-06-13')
    expect(await statusOf(host, stayId)).toBe('audited')
    await expectDeducted(20_000)
  })
})
