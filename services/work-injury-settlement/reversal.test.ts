import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transfersOf } from '../../ledger/door.ts'
import {
  admittedStay,
  bill,
  books,
  booksSince,
  discharge,
  issueStatements,
  look,
  nanjingInUrumqi,
  paidStay,
  payStatements,
  reconcileMonth,
  settledStay,
  statusOf,
  type Treatment,
  take,
} from './journey.testing.ts'
import { fundRegion, officer, type TestNation, testNation } from './nation.testing.ts'

// 冲正, of a transaction whose outcome the hospital has not seen, and 更正, of a part of a settlement that stands.

let nation: TestNation
let treatment: Treatment
let before: { home: Record<string, number>; host: Record<string, number> }
beforeAll(async () => {
  nation = await testNation({ regions: ['000000', '320000', '650000'] })
  for (const region of ['320000', '650000']) await fundRegion(nation.region(region))
})
afterAll(() => nation.close())
beforeEach(async () => {
  await nation.settleMessages()
  before = { home: await books(nation.region('320000')), host: await books(nation.region('650000')) }
  treatment = await nanjingInUrumqi(nation)
})

const sinceBefore = async () => ({
  home: await booksSince(treatment.home, before.home),
  host: await booksSince(treatment.host, before.host),
})

describe('a reversal', () => {
  const transactionNumber = 'HIS-20260531-000042'
  let stayId: string
  beforeEach(async () => {
    stayId = (await admittedStay(nation, treatment)).caseId
    await nation.moveTo('2026-05-31')
    const { host, hospital } = treatment
    await take(host, hospital.office, stayId, 'importBill', { sourceName: 'bill.csv', lines: bill })
    await take(host, hospital.office, stayId, 'previewBill')
  })
  const office = (step: string, body: object) => take(treatment.host, treatment.hospital.office, stayId, step, body)
  const settle = (change: object = {}) => office('settle', discharge(400_000, { transactionNumber, ...change }))
  const reverse = () => office('reverse', { transactionNumber })

  it('S-11: of a settlement that was made undoes it in both books', async () => {
    await settle()
    await reverse()
    await nation.settleMessages()
    expect(await statusOf(treatment.host, stayId)).toBe('undone')
    expect(await sinceBefore()).toEqual({ home: {}, host: {} })
  })

  it('S-11: a second time, or of another transaction, changes nothing', async () => {
    await settle()
    await reverse()
    await reverse()
    await office('reverse', { transactionNumber: 'HIS-another' })
    const { state } = await look(treatment.host, treatment.host.flows.stay, stayId)
    expect(state.reversed).toEqual([transactionNumber, 'HIS-another'])
    expect(await statusOf(treatment.host, stayId)).toBe('undone')
  })

  it('S-12: of a settlement that never came is remembered: it does not settle when it comes late; another does', async () => {
    await reverse()
    await expect(settle()).rejects.toMatchObject({ code: 'transaction_reversed' })
    await settle({ transactionNumber: 'HIS-20260531-000043' })
    expect(await statusOf(treatment.host, stayId)).toBe('settled')
  })

  it.each([
    ['2026-06-01', 'undone'],
    ['2026-06-02', 'reversal_too_late'],
  ])('S-13: of 2026-05-31 on %s: %s', async (day, expected) => {
    await settle()
    await nation.moveTo(day)
    const code = await reverse().then(
      ({ status }) => status,
      (error) => error.code,
    )
    expect(code).toBe(expected)
  })

  it('S-13: of a settlement that is reconciled is too late', async () => {
    await settle()
    await reconcileMonth(treatment.host, '650100', treatment.hospital)
    await expect(reverse()).rejects.toMatchObject({ code: 'reversal_too_late' })
  })
})

describe('a correction of a settlement of 36,000.00 by 100.00', () => {
  let stayId: string
  beforeEach(async () => {
    stayId = (await settledStay(nation, treatment)).caseId
  })
  const correct = async (lessFen: number) =>
    take(treatment.host, await officer(treatment.host, 'audit', '650100'), stayId, 'correct', {
      lessFen,
      reason: '重复收费',
    })

  it('S-19: before the hospital is paid takes a part of the settlement back, naming it, in both books', async () => {
    await correct(10_000)
    await nation.settleMessages()
    expect(await sinceBefore()).toEqual({
      home: { benefit_expense: 3_590_000, 'payable_to_region:650000': 3_590_000 },
      host: { 'receivable_from_region:320000': 3_590_000, 'payable_to_hospital:body': 3_590_000 },
    })
    const transfers = await treatment.host.run((work) => transfersOf(work, { caseId: stayId }))
    expect(transfers.map(({ kind }) => kind)).toEqual(['settlement', 'correction'])
    expect(transfers[1]?.correctsId).toBe(transfers[0]?.id)
  })

  it('S-19: and undone afterwards leaves nothing', async () => {
    await correct(10_000)
    await correct(5_000)
    await take(treatment.host, treatment.hospital.office, stayId, 'undo', { reason: '费用录入错误' })
    await nation.settleMessages()
    expect(await sinceBefore()).toEqual({ home: {}, host: {} })
  })

  it('S-20: of all, or of more, is refused: that is an undoing', async () => {
    await expect(correct(3_600_000)).rejects.toMatchObject({ problems: [{ expected: '1 .. 3599999' }] })
  })

  it('S-19: after payment is owed by the hospital; after clearing it is owed back to the insured region', async () => {
    await paidStay(nation, treatment, '650100', stayId)
    await correct(10_000)
    await nation.settleMessages()
    expect(await sinceBefore()).toEqual({
      home: { benefit_expense: 3_590_000, 'payable_to_region:650000': 3_590_000 },
      host: {
        fiscal_special_account: -3_600_000,
        'receivable_from_hospital:body': 10_000,
        'receivable_from_region:320000': 3_590_000,
      },
    })
    await issueStatements(nation, '2026-07-01')
    // Corrected between the statement and its payment: paid as stated, owed back.
    await correct(20_000)
    await payStatements(nation)
    await correct(30_000)
    await nation.settleMessages()
    const { home, host } = await sinceBefore()
    expect(home).toMatchObject({ benefit_expense: 3_540_000, 'receivable_from_region:650000': 50_000 })
    expect(host).toMatchObject({ 'receivable_from_hospital:body': 60_000, 'payable_to_region:320000': 50_000 })
  })
})
