import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cashBook } from '../../ledger/door.ts'
import { assign, assignmentActor, createUser, getAssignment } from '../../people/door.ts'
import {
  admittedStay,
  bankAnswers,
  books,
  caseOf,
  issueStatements,
  longTermInUrumqi,
  look,
  open,
  payStatements,
  reconcileMonth,
  sentBatch,
  settleStay,
  statusOf,
  type Treatment,
  take,
} from './journey.testing.ts'
import {
  callRoute,
  fundRegion,
  officer,
  type TestNation,
  testHospital,
  testNation,
  testPerson,
} from './nation.testing.ts'
import { fundBooks } from './postings.ts'

// One story in steps, each of which goes on where the last one ended: journey 1, with the postings of domain.md to the fen.

let nation: TestNation
let treatment: Treatment
let stayId: string
beforeAll(async () => {
  nation = await testNation()
  const [home, host] = [nation.region('320000'), nation.region('650000')]
  treatment = {
    home,
    host,
    person: await testPerson(home, '320100'),
    hospital: await testHospital(host, '650100'),
  }
  for (const region of [home, host]) await fundRegion(region, 10_000_000)
})
afterAll(() => nation.close())

/** Somebody who accepts on the first day and reviews from the next day on: no exclusive pair at any time, yet the same person. */
async function movedOfficer() {
  return treatment.home.run(async (work) => {
    const userId = await createUser(work, { login: 'moved', displayName: '示例·轮岗' })
    const place = { userId, agency: '320100' }
    const first = await assign(work, { ...place, role: 'accept', from: '2024-01-01', to: '2026-05-10' })
    const then = await assign(work, { ...place, role: 'review', from: '2026-05-11' })
    return {
      accepting: assignmentActor(await getAssignment(work, first)),
      reviewing: assignmentActor(await getAssignment(work, then)),
    }
  })
}

const opening = { fiscal_special_account: 10_000_000, contribution_income: 10_000_000 }

describe('journey 1: insured in Nanjing, eight months in Urumqi', () => {
  it('A1-t1, B3-t1: she files by phone; whoever accepted is refused at the review; another reviews, and Urumqi is told', async () => {
    const { home, host, person } = treatment
    const { accepting, reviewing } = await movedOfficer()
    const filing = await open(home, person.actor, 'filing', longTermInUrumqi, { agency: '320100' })
    await take(home, accepting, filing.caseId, 'accept', { outcome: 'accepted' })
    const decision = { outcome: 'approved', opinion: '符合规定' }
    await expect(take(home, reviewing, filing.caseId, 'review', decision)).rejects.toMatchObject({
      code: 'same_officer_excluded',
      clause: 'B3.11',
    })
    const reviewed = await take(home, await officer(home, 'review', '320100'), filing.caseId, 'review', decision)
    expect(reviewed.status).toBe('effective')
    await nation.settleMessages()
    const query = { card: person.cardNumber }
    const seen = await callRoute(host, treatment.hospital.office, '/visiting-filings', { query })
    expect(seen).toMatchObject({ rows: [{ insuredRegion: '320000', state: 'effective', validTo: null }] })
  })

  it('A1.05, B1-t2: the hospital admits her by the code of her e-card, and the insured place says yes', async () => {
    const stay = await admittedStay(nation, treatment)
    stayId = stay.caseId
    const { status, state } = await look(treatment.host, treatment.host.flows.stay, stayId)
    expect(status).toBe('in_hospital')
    expect(state.eligibility).toMatchObject({
      catalogueOf: 'treatment',
      ruling: { outcome: 'granted', because: 'A1.14' },
    })
  })

  it('A1-t5, A1.14, S-09, S-10: of 40,000.00 she pays 4,000.00 and reads why line by line; 36,000.00 stand in both books', async () => {
    const { home, host } = treatment
    await nation.moveTo('2026-05-31')
    await settleStay(nation, treatment, stayId)
    const { state } = await look(host, host.flows.stay, stayId)
    expect(state.preview).toMatchObject({
      totalFen: 4_000_000,
      fundFen: 3_600_000,
      personFen: 400_000,
      outsideCatalogueFen: 300_000,
      overLimitFen: 40_000,
      notForInjuryFen: 60_000,
    })
    const owed = { 'receivable_from_region:320000': 3_600_000, 'payable_to_hospital:body': 3_600_000 }
    expect(await books(host)).toEqual({ ...opening, ...owed })
    expect(await books(home)).toEqual(opening)

    await nation.settleMessages()
    expect(await books(home)).toEqual({ ...opening, benefit_expense: 3_600_000, 'payable_to_region:650000': 3_600_000 })
    const visit = await caseOf(home, treatment.person, 'visit')
    const kept = await look(home, home.flows.visit, visit?.caseId ?? '')
    expect(
      kept.state.settlement?.lines.map(({ finding, fundFen, personFen, because }) => [
        finding,
        fundFen,
        personFen,
        because,
      ]),
    ).toEqual([
      ['in_scope', 3_460_000, 0, 'A1.14'],
      ['over_limit', 140_000, 40_000, 'A1.14'],
      ['outside_catalogue', 0, 300_000, 'A1.14'],
      ['not_for_injury', 0, 60_000, 'WIR.30'],
    ])
  })

  it('A1.18: the meal allowance opened a claim of 600.00 by itself; four people take it from acceptance to payment', async () => {
    const { home, person } = treatment
    const claim = await caseOf(home, person, 'claim')
    expect(claim).toMatchObject({ status: 'opened', summary: { totalFen: 60_000 } })
    const id = claim?.caseId ?? ''
    await take(home, person.actor, id, 'supply', {
      bankName: '示例银行',
      bankAccount: '6222000000000001',
      receipts: [],
    })
    const as = (role: string) => officer(home, role, '320100')
    await take(home, await as('accept'), id, 'accept', { outcome: 'accepted', billInScopeFen: 0 })
    await take(home, await as('review'), id, 'review', { opinion: '核对无误' })
    await take(home, await as('approve'), id, 'approve', { opinion: '同意' })
    const approved = { ...opening, benefit_expense: 3_660_000, 'payable_to_region:650000': 3_600_000 }
    expect(await books(home)).toEqual({ ...approved, 'payable_to_person:body': 60_000 })
    await take(home, await as('pay'), id, 'pay', { bankReference: 'BANK-0001' })
    expect(await books(home)).toEqual({ ...approved, fiscal_special_account: 9_940_000 })
    expect(await statusOf(home, id)).toBe('paid')
  })

  it('A1-o8: reconciled with the hospital, audited, paid by a bank batch with two pairs of eyes', async () => {
    const { host, hospital } = treatment
    await reconcileMonth(host, '650100', hospital)
    await take(host, await officer(host, 'audit', '650100'), stayId, 'audit', { outcome: 'passed' })
    expect(await statusOf(host, stayId)).toBe('audited')
    await nation.moveTo('2026-06-12')
    const batch = await sentBatch(host, '650100')
    const claims = { 'receivable_from_region:320000': 3_600_000, 'payable_to_hospital:body': 3_600_000 }
    const funded = { ...opening, fiscal_special_account: 6_400_000 }
    expect(await books(host)).toEqual({ ...funded, ...claims, expenditure_account: 3_600_000 })
    await bankAnswers(host, '650100', batch)
    expect(await books(host)).toEqual({ ...funded, 'receivable_from_region:320000': 3_600_000 })
    expect(await statusOf(host, stayId)).toBe('paid')
  })

  it('A1.21: the days from discharge to payment are measured', async () => {
    const { host } = treatment
    const seen = await callRoute(host, await officer(host, 'supervisor'), '/overview')
    expect(seen).toMatchObject({ daysToPayment: { count: 1, median: 12, longest: 12 } })
  })

  it('stands in the figures of both sides, once, and in the list of its month, its partner and its days', async () => {
    const { home, host } = treatment
    const supervisor = await officer(host, 'supervisor')
    const ask = (path: string, query: object) => callRoute(host, supervisor, path, { query })
    const sums = { count: 1, fundFen: 3_600_000 }
    expect(await ask('/supervision', { from: '2026-01-01' })).toMatchObject({
      months: [{ month: '2026-05', side: 'host', ...sums }],
      days: [
        { count: 0 },
        { atLeast: 8, lessThan: 16, count: 1 },
        { count: 0 },
        { count: 0 },
        { lessThan: null, count: 0 },
      ],
      flows: [{ insuredRegion: '320000', treatmentRegion: '650000', ...sums, owedFen: 3_600_000, clearedFen: 0 }],
    })
    expect(await ask('/supervision', { from: '2026-07-01' })).toMatchObject({ months: [], flows: [] })
    expect(
      await callRoute(home, await officer(home, 'supervisor'), '/supervision', { query: { from: '2026-01-01' } }),
    ).toMatchObject({ months: [{ side: 'home', ...sums }], flows: [{ insuredRegion: '320000', ...sums }] })
    const counted = (query: object) => ask('/settlements', { side: 'host', ...query })
    for (const [query, count] of [
      [{ month: '2026-05', partner: '320000', daysFrom: 8, daysBelow: 16 }, 1],
      [{ daysFrom: 12, daysBelow: 13 }, 1],
      [{ daysFrom: 13 }, 0],
      [{ daysBelow: 12 }, 0],
      [{ partner: '620000' }, 0],
      [{ month: '2026-06' }, 0],
      [{ from: '2026-01-01', state: 'settled' }, 1],
      [{ from: '2026-07-01' }, 0],
      [{ state: 'undone' }, 0],
    ] as const) {
      expect(await counted(query), JSON.stringify(query)).toMatchObject({ count, rows: { length: count } })
    }
  })

  it('A1-o8, S-28, S-29: the statement of the quarter owes exactly 36,000.00; Jiangsu pays it, Xinjiang receives it', async () => {
    const { home, host } = treatment
    expect(await issueStatements(nation, '2026-07-01')).toEqual([
      {
        quarter: '2026-Q2',
        treatmentRegion: '650000',
        insuredRegion: '320000',
        owedFen: 3_600_000,
        differences: 0,
      },
    ])
    await payStatements(nation)
    expect(await books(home)).toEqual({ ...opening, fiscal_special_account: 6_340_000, benefit_expense: 3_660_000 })
    expect(await books(host)).toEqual(opening)
    expect(await statusOf(host, stayId)).toBe('cleared')
  })

  it('财会〔2017〕28号: the cash-basis book of Jiangsu shows 36,600.00 of benefits, that of Xinjiang money in and out', async () => {
    const { home, host } = treatment
    const period = { from: '2026-05-12', to: '2026-07-31' }
    const items = async (region: typeof home) => {
      const book = await region.run((work) => cashBook(work, { books: fundBooks(region.region), ...period }))
      return Object.fromEntries(book.items.map(({ item, debitFen, creditFen }) => [item, debitFen - creditFen]))
    }
    expect(await items(home)).toEqual({
      benefit_expense: 3_660_000n,
      fiscal_special_account: -3_660_000n,
      expenditure_account: 0n,
    })
    expect(await items(host)).toMatchObject({ fiscal_special_account: 0n, expenditure_account: 0n })
  })
})
