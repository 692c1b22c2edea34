import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transfersOf } from '../../ledger/door.ts'
import {
  bankAnswers,
  bill,
  books,
  booksSince,
  caseOf,
  issueStatements,
  line,
  look,
  nanjingInUrumqi,
  paidStay,
  payStatements,
  reconcileMonth,
  sentBatch,
  settledStay,
  settleStay,
  statusOf,
  type Treatment,
  take,
} from './journey.testing.ts'
import { fundRegion, officer, type TestNation, testNation } from './nation.testing.ts'

// 结算撤销 by how far the money has gone: the rows "undone ..." of the postings in domain.md. Each test has a person and a hospital of its own,
// and looks at what changed in the books since it began.

let nation: TestNation
beforeAll(async () => {
  nation = await testNation({ regions: ['000000', '320000', '650000'] })
  for (const region of ['320000', '650000']) await fundRegion(nation.region(region))
})
afterAll(() => nation.close())

type Settled = Treatment & { stayId: string }

async function newSettledStay(): Promise<Settled> {
  const treatment = await nanjingInUrumqi(nation)
  const { caseId } = await settledStay(nation, treatment)
  return { ...treatment, stayId: caseId }
}

async function undo({ host, hospital, stayId }: Settled, by: 'hospital' | 'audit'): Promise<void> {
  const actor = by === 'hospital' ? hospital.office : await officer(host, 'audit', '650100')
  await take(host, actor, stayId, 'undo', { reason: '费用录入错误' })
}

const pay = (settled: Settled) => paidStay(nation, settled, '650100', settled.stayId)

/** Audits the settlement of a stay that was settled again and brings it to the bank. */
async function batchOfNewSettlement({ host, hospital, stayId }: Settled) {
  await reconcileMonth(host, '650100', hospital)
  await take(host, await officer(host, 'audit', '650100'), stayId, 'audit', { outcome: 'passed' })
  return sentBatch(host, '650100')
}

describe('a settlement is undone within its quarter', () => {
  let before: { home: Record<string, number>; host: Record<string, number> }
  let settled: Settled
  beforeEach(async () => {
    before = { home: await books(nation.region('320000')), host: await books(nation.region('650000')) }
    settled = await newSettledStay()
  })

  it('S-14: before the hospital is paid: mirrors that name the originals; the claim of the meal allowance is cancelled', async () => {
    const { home, host, person, stayId } = settled
    await undo(settled, 'hospital')
    await nation.settleMessages()
    expect(await booksSince(host, before.host)).toEqual({})
    expect(await booksSince(home, before.home)).toEqual({})
    const transfers = await host.run((work) => transfersOf(work, { caseId: stayId }))
    expect(transfers.map(({ kind }) => kind)).toEqual(['settlement', 'undoing'])
    expect(transfers[1]?.correctsId).toBe(transfers[0]?.id)
    expect(await caseOf(home, person, 'claim')).toMatchObject({ status: 'cancelled' })
    expect(await caseOf(home, person, 'visit')).toMatchObject({ status: 'undone' })
  })

  it('after an audit deduction of 200.00 and before payment: both are mirrored', async () => {
    const { home, host, hospital, stayId } = settled
    await reconcileMonth(host, '650100', hospital)
    const auditor = await officer(host, 'audit', '650100')
    await take(host, auditor, stayId, 'audit', { outcome: 'deduct', amountFen: 20_000, reason: '超范围用药' })
    await take(host, hospital.office, stayId, 'acceptDeduction')
    await undo(settled, 'audit')
    await nation.settleMessages()
    expect(await booksSince(host, before.host)).toEqual({})
    expect(await booksSince(home, before.home)).toEqual({})
  })

  it('S-15: after payment and before clearing: the hospital owes it, and its next payment is less by that', async () => {
    const { home, host, stayId } = settled
    await pay(settled)
    await undo(settled, 'audit')
    await nation.settleMessages()
    const paid = { fiscal_special_account: -3_600_000, 'receivable_from_hospital:body': 3_600_000 }
    expect(await booksSince(host, before.host)).toEqual(paid)
    expect(await booksSince(home, before.home)).toEqual({})

    await settleStay(nation, settled, stayId, { lines: [...bill, line('H-ITEM-1', 100_000)] })
    await nation.settleMessages()
    const batch = await batchOfNewSettlement(settled)
    const { state } = await look(host, host.flows.payment, batch.caseId)
    expect(state).toMatchObject({ totalFen: 100_000, lines: [{ amountFen: 100_000, offsetFen: 3_600_000 }] })
    await bankAnswers(host, '650100', batch)
    expect(await booksSince(host, before.host)).toEqual({
      fiscal_special_account: -3_700_000,
      'receivable_from_region:320000': 3_700_000,
    })
  })

  it('after payment, and less is due next than the hospital owes: no money goes out', async () => {
    const { host, stayId } = settled
    await pay(settled)
    await undo(settled, 'audit')
    await settleStay(nation, settled, stayId, { lines: [line('H-ITEM-1', 100_000)], personFen: 0 })
    await nation.settleMessages()
    const batch = await batchOfNewSettlement(settled)
    expect(await look(host, host.flows.payment, batch.caseId)).toMatchObject({ state: { totalFen: 0 } })
    await bankAnswers(host, '650100', batch)
    expect(await booksSince(host, before.host)).toEqual({
      fiscal_special_account: -3_600_000,
      'receivable_from_hospital:body': 3_500_000,
      'receivable_from_region:320000': 100_000,
    })
  })

  it('and settled again: the claim that was approved meanwhile is not opened a second time', async () => {
    const { home, host, person, stayId } = settled
    const claim = await caseOf(home, person, 'claim')
    const id = claim?.caseId ?? ''
    const as = (role: string) => officer(home, role, '320100')
    const account = { bankName: '示例银行', bankAccount: '6222000000000001', receipts: [] }
    await take(home, person.actor, id, 'supply', account)
    await take(home, await as('accept'), id, 'accept', { outcome: 'accepted', billInScopeFen: 0 })
    await take(home, await as('review'), id, 'review', { opinion: '核对无误' })
    await take(home, await as('approve'), id, 'approve', { opinion: '同意' })
    await undo(settled, 'hospital')
    await nation.settleMessages()
    await settleStay(nation, settled, stayId)
    await nation.settleMessages()
    const claims = await home.run((work) => home.cases.find(work, { flow: 'claim', personId: person.personId }))
    expect(claims.map(({ number, status }) => [number, status])).toEqual([[claim?.number, 'approved']])
    const stay = await look(host, host.flows.stay, stayId)
    expect(stay.state.settlement).toMatchObject({ home: 'booked', claimNumber: claim?.number })
  })

  it('a second time: refused', async () => {
    await undo(settled, 'hospital')
    await expect(undo(settled, 'hospital')).rejects.toMatchObject({ code: 'step_not_open' })
  })

  it('S-18: by the hospital once the month is reconciled: refused; the agency may', async () => {
    await reconcileMonth(settled.host, '650100', settled.hospital)
    await expect(undo(settled, 'hospital')).rejects.toMatchObject({ code: 'undoing_needs_agency' })
    await undo(settled, 'audit')
    expect(await statusOf(settled.host, settled.stayId)).toBe('undone')
  })

  it('S-17: while the bank has the payment: refused; once it is paid, undone as paid', async () => {
    const { host } = settled
    const batch = await batchOfNewSettlement(settled)
    await expect(undo(settled, 'audit')).rejects.toMatchObject({ code: 'payment_under_way' })
    await bankAnswers(host, '650100', batch)
    await undo(settled, 'audit')
    expect(await booksSince(host, before.host)).toMatchObject({ 'receivable_from_hospital:body': 3_600_000 })
  })

  it('and the next bill is in before the insured region has answered: its receipt still finds its place', async () => {
    const { host, hospital, stayId } = settled
    await undo(settled, 'hospital')
    await take(host, hospital.office, stayId, 'importBill', { sourceName: 'bill.csv', lines: bill })
    await nation.settleMessages()
    const stay = await look(host, host.flows.stay, stayId)
    expect(stay).toMatchObject({ status: 'in_hospital', state: { settlement: { home: 'booked' } } })
  })
})

describe('three settlements of a quarter are undone around its clearing', () => {
  let cleared: TestNation
  let stays: { afterClearing: Settled; beforePayment: Settled; settledAgain: Settled }
  beforeAll(async () => {
    cleared = nation = await testNation({ regions: ['000000', '320000', '650000'] })
    for (const region of ['320000', '650000']) await fundRegion(cleared.region(region), 20_000_000)
    const [afterClearing, beforePayment, settledAgain] = [
      await newSettledStay(),
      await newSettledStay(),
      await newSettledStay(),
    ]
    stays = { afterClearing, beforePayment, settledAgain }
    for (const settled of Object.values(stays)) await pay(settled)
  })
  afterAll(() => cleared.close())

  const opening = { fiscal_special_account: 20_000_000, contribution_income: 20_000_000 }

  it('S-16: what is undone between the statement and its payment is paid as stated, and owed back', async () => {
    const { home, host } = stays.beforePayment
    expect(await issueStatements(cleared, '2026-07-01')).toMatchObject([{ owedFen: 10_800_000 }])
    await undo(stays.beforePayment, 'audit')
    await cleared.settleMessages()
    await payStatements(cleared)
    expect(await books(host)).toEqual({
      ...opening,
      'receivable_from_hospital:body': 3_600_000,
      'payable_to_region:320000': 3_600_000,
    })
    expect(await books(home)).toEqual({
      ...opening,
      fiscal_special_account: 9_200_000,
      benefit_expense: 7_200_000,
      'receivable_from_region:650000': 3_600_000,
    })
  })

  it('S-16: what is undone after clearing is owed back, and by the hospital', async () => {
    const { home, host, stayId } = stays.afterClearing
    expect(await statusOf(host, stayId)).toBe('cleared')
    const isOpen = async () => {
      const open = await host.run((work) => host.cases.find(work, { flow: 'stay', open: true }))
      return open.some(({ caseId }) => caseId === stayId)
    }
    expect(await isOpen()).toBe(false)
    const months = await host.run((work) => host.cases.months(work, '2026-01-01'))
    expect(months.filter(({ flow }) => flow === 'stay')).toEqual(
      expect.arrayContaining([expect.objectContaining({ closed: 2 })]),
    )
    await undo(stays.afterClearing, 'audit')
    expect(await isOpen()).toBe(true)
    await cleared.settleMessages()
    expect(await books(host)).toMatchObject({
      'receivable_from_hospital:body': 7_200_000,
      'payable_to_region:320000': 7_200_000,
    })
    expect(await books(home)).toMatchObject({
      benefit_expense: 3_600_000,
      'receivable_from_region:650000': 7_200_000,
    })
  })

  it('what is undone and settled again comes anew; the old settlement is cleared back while the new one stands', async () => {
    const { home, host, person, stayId } = stays.settledAgain
    await undo(stays.settledAgain, 'audit')
    await cleared.settleMessages()
    await settleStay(cleared, stays.settledAgain, stayId, { lines: [line('H-ITEM-1', 3_000_000)], personFen: 0 })
    await cleared.settleMessages()

    expect(await issueStatements(cleared, '2026-10-01')).toMatchObject([{ quarter: '2026-Q3', owedFen: -10_800_000 }])
    await payStatements(cleared)
    expect(await books(home)).toEqual({ ...opening, benefit_expense: 3_000_000, 'payable_to_region:650000': 3_000_000 })
    expect(await books(host)).toEqual({
      ...opening,
      fiscal_special_account: 9_200_000,
      'receivable_from_hospital:body': 10_800_000,
      'receivable_from_region:320000': 3_000_000,
      'payable_to_hospital:body': 3_000_000,
    })
    expect(await statusOf(host, stayId)).toBe('settled')
    expect(await caseOf(home, person, 'visit')).toMatchObject({ status: 'settled', summary: { fundFen: 3_000_000 } })
  })
})
