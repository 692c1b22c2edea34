import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMilliseconds } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import {
  type AccountRef,
  cashBook,
  correctTransfer,
  postTransfer,
  reverseTransfer,
  type Statement,
  statement,
  trialBalance,
} from './door.ts'
import { clubBooks, clubTransfer, ledgerNode, once, staffOf } from './testing.ts'

// One month of the club, by hand: what is owed first and paid later, rent paid ahead, a payment that comes back.

const books = clubBooks()
const bank = { name: 'bank' }
const till = { name: 'till' }
const dues = { name: 'dues' }
const lessons = { name: 'lessons' }
const rent = { name: 'prepaid_rent' }
const owedByLi = { name: 'dues_receivable', party: 'li' }
const owedToWang = { name: 'payable_to_coach', party: 'wang' }

const month: Array<[on: string, key: string, debit: AccountRef, credit: AccountRef, amountFen: number]> = [
  ['2026-05-01', 'li owes dues', owedByLi, dues, 50_000],
  ['2026-05-04', 'li pays', bank, owedByLi, 50_000],
  ['2026-05-05', 'wang taught', lessons, owedToWang, 20_000],
  ['2026-05-06', 'rent paid ahead', rent, bank, 9_000],
  ['2026-05-07', 'wang is paid', owedToWang, bank, 20_000],
  ['2026-05-08', 'rent used for wang', owedToWang, rent, 3_000],
  ['2026-05-09', 'cash for the till', till, bank, 1_000],
]

let node: TestNode
beforeAll(async () => {
  node = await ledgerNode()
  for (const [on, key, debit, credit, amountFen] of month) {
    await once(node, (work) => postTransfer(work, clubTransfer(key, debit, credit, amountFen, { on })))
  }
  await once(node, async (work) => {
    const paid = await postTransfer(work, clubTransfer('wang is paid', owedToWang, bank, 20_000, { on: '2026-05-07' }))
    const memo = { code: 'payment_returned', params: {} }
    const back = {
      transferId: paid.transferId,
      key: 'payment comes back',
      kind: 'payment_returned',
      on: '2026-05-10',
      memo,
    }
    await reverseTransfer(work, back)
    const elsewhere = { books: clubBooks('650100') }
    await postTransfer(work, clubTransfer('another branch', bank, dues, 77, elsewhere))
  })
})
afterAll(() => node.close())

describe('trial balance', () => {
  it('at the end: every account with its turnover, the totals equal', async () => {
    const { rows, totals } = await once(node, (work) => trialBalance(work, { agency: '320100' }))
    expect(
      rows.map(({ name, openingFen, debitFen, creditFen, closingFen }) => [
        name,
        openingFen,
        debitFen,
        creditFen,
        closingFen,
      ]),
    ).toEqual([
      ['bank', 0n, 70_000n, 30_000n, 40_000n],
      ['dues', 0n, 0n, 50_000n, 50_000n],
      ['dues_receivable', 0n, 50_000n, 50_000n, 0n],
      ['lessons', 0n, 20_000n, 0n, 20_000n],
      ['payable_to_coach', 0n, 23_000n, 40_000n, 17_000n],
      ['prepaid_rent', 0n, 9_000n, 3_000n, 6_000n],
      ['till', 0n, 1_000n, 0n, 1_000n],
    ])
    expect(totals).toEqual({
      ...{ openingDebitFen: 0n, openingCreditFen: 0n, debitFen: 173_000n, creditFen: 173_000n },
      ...{ closingDebitFen: 67_000n, closingCreditFen: 67_000n },
    })
  })

  it.each([
    ['the day before', '2026-05-03', 50_000n],
    ['on the day', '2026-05-04', 0n],
  ])('%s of a payment the receivable is open or not', async (_, asOf, closingFen) => {
    const { rows } = await once(node, (work) => trialBalance(work, { agency: '320100', asOf }))
    expect(rows.find(({ name }) => name === 'dues_receivable')).toMatchObject({ closingFen })
  })

  it('from a day on, what was before is the opening, and an overdrawn account stands on the other side', async () => {
    const early = { agency: '320100', from: '2026-05-08', asOf: '2026-05-09' }
    const { rows, totals } = await once(node, (work) => trialBalance(work, early))
    expect(rows.find(({ name }) => name === 'payable_to_coach')).toMatchObject({
      ...{ openingFen: 0n, debitFen: 3_000n, creditFen: 0n, closingFen: -3_000n },
    })
    expect(totals.openingDebitFen).toBe(totals.openingCreditFen)
    expect(totals.closingDebitFen).toBe(totals.closingCreditFen)
    expect(totals).toMatchObject({ debitFen: 4_000n, creditFen: 4_000n, closingDebitFen: 50_000n })
  })
})

describe('statement', () => {
  const bankFrom = (from: string, to: string): Promise<Statement> =>
    once(node, (work) => statement(work, { account: bank, books, from, to }))

  it('runs from the opening to the closing, line by line', async () => {
    const { openingFen, lines, closingFen } = await bankFrom('2026-05-06', '2026-05-10')
    expect(openingFen).toBe(50_000)
    expect(lines.map(({ on, debitFen, creditFen, balanceFen }) => [on, debitFen, creditFen, balanceFen])).toEqual([
      ['2026-05-06', 0, 9_000, 41_000],
      ['2026-05-07', 0, 20_000, 21_000],
      ['2026-05-09', 0, 1_000, 20_000],
      ['2026-05-10', 20_000, 0, 40_000],
    ])
    expect(closingFen).toBe(40_000)
  })

  it('both ends are included, and the next day opens with the closing', async () => {
    expect((await bankFrom('2026-05-06', '2026-05-06')).lines).toHaveLength(1)
    expect((await bankFrom('2026-05-07', '2026-05-07')).openingFen).toBe(41_000)
  })

  it('of an account that was never opened is empty, and one of another agency is not seen', async () => {
    const days = { from: '2026-05-01', to: '2026-05-31' }
    const never = { account: { name: 'payable_to_coach', party: 'nobody' }, books, ...days }
    expect(await once(node, (work) => statement(work, never))).toEqual({
      ...{ account: undefined, openingFen: 0, lines: [], closingFen: 0 },
    })
    const accountId = (await bankFrom('2026-05-01', '2026-05-31')).account?.id ?? ''
    const own = await once(node, (work) => statement(work, { accountId, ...days }), staffOf('320100'))
    expect(own.lines).toHaveLength(5)
    await expect(once(node, (work) => statement(work, { accountId, ...days }), staffOf('650100'))).rejects.toThrow(
      /missing/,
    )
  })
})

describe('the books as they were known at a past moment', () => {
  // The 12th: 300 of dues are booked for the 11th. The 14th: a third of it is taken back. The 20th: dues of the 11th become known late.
  const agency = '330100'
  const own = clubBooks(agency)
  const day = 86_400_000
  const start = '2026-05-11T01:00:00.000Z'
  const at = (days: number) => addMilliseconds(start, days * day)

  beforeAll(async () => {
    const memo = { code: 'club_undo', params: {} }
    node.clock.moveTo(at(1))
    const { transferId } = await once(node, (work) =>
      postTransfer(work, clubTransfer('known', bank, dues, 300, { books: own, on: '2026-05-11' })),
    )
    node.clock.moveTo(at(3))
    const takeBack = [1, 2].map((no) => ({ no, amountFen: 100 }))
    await once(node, (work) =>
      correctTransfer(work, { transferId, key: 'known less', kind: 'undo', on: '2026-05-12', memo, takeBack }),
    )
    node.clock.moveTo(at(9))
    const late = clubTransfer('known late', bank, dues, 7, { books: own, on: '2026-05-11' })
    await once(node, (work) => postTransfer(work, late))
    node.clock.moveTo(start)
  })

  it.each([
    ['before anything was recorded', addMilliseconds(at(1), -1), '2026-05-31', 0],
    ['to the millisecond', at(1), '2026-05-31', 300],
    ['before the correction was recorded', addMilliseconds(at(3), -1), '2026-05-31', 300],
    ['after it', at(3), '2026-05-31', 200],
    ['after it, as of the day before its own', at(3), '2026-05-11', 300],
    ['with what came late, as of the same day', at(9), '2026-05-11', 307],
    ['with everything', at(9), '2026-05-12', 207],
    ['as of a day before all', at(9), '2026-05-10', 0],
  ])('%s', async (_, knownAt, asOf, balanceFen) => {
    const { rows, totals } = await once(node, (work) => trialBalance(work, { agency, asOf, knownAt }))
    expect(rows.find(({ name }) => name === 'bank')?.closingFen ?? 0n).toBe(BigInt(balanceFen))
    expect(totals.closingDebitFen).toBe(totals.closingCreditFen)
    const spec = { account: bank, books: own, from: '2026-05-12', to: asOf, knownAt }
    if (asOf >= spec.from) expect((await once(node, (work) => statement(work, spec))).closingFen).toBe(balanceFen)
  })
})

describe('cash-basis book', () => {
  it('shows what was paid for what, when money moved; pure accruals do not appear', async () => {
    const { lines, items } = await once(node, (work) => cashBook(work, { books, from: '2026-05-01', to: '2026-05-31' }))
    expect(
      lines.map(({ on, class: itemClass, item, side, amountFen }) => [on, itemClass, item, side, amountFen]),
    ).toEqual([
      ['2026-05-04', 'cash', 'bank', 'debit', 50_000],
      ['2026-05-04', 'income', 'dues', 'credit', 50_000],
      ['2026-05-06', 'advance', 'prepaid_rent', 'debit', 9_000],
      ['2026-05-06', 'cash', 'bank', 'credit', 9_000],
      ['2026-05-07', 'expenditure', 'lessons', 'debit', 20_000],
      ['2026-05-07', 'cash', 'bank', 'credit', 20_000],
      ['2026-05-08', 'expenditure', 'lessons', 'debit', 3_000],
      ['2026-05-08', 'advance', 'prepaid_rent', 'credit', 3_000],
      ['2026-05-09', 'cash', 'till', 'debit', 1_000],
      ['2026-05-09', 'cash', 'bank', 'credit', 1_000],
      ['2026-05-10', 'expenditure', 'lessons', 'credit', 20_000],
      ['2026-05-10', 'cash', 'bank', 'debit', 20_000],
    ])
    expect(items).toEqual([
      { class: 'advance', item: 'prepaid_rent', debitFen: 9_000n, creditFen: 3_000n },
      { class: 'cash', item: 'bank', debitFen: 70_000n, creditFen: 30_000n },
      { class: 'cash', item: 'till', debitFen: 1_000n, creditFen: 0n },
      { class: 'expenditure', item: 'lessons', debitFen: 23_000n, creditFen: 20_000n },
      { class: 'income', item: 'dues', debitFen: 0n, creditFen: 50_000n },
    ])
  })
})
