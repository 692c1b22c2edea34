import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadInput, type Id, sm2Verify } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import {
  type Closing,
  chainState,
  closePeriod,
  closings,
  confirmClosing,
  correctTransfer,
  findTransferByKey,
  getTransfer,
  postTransfer,
  statement,
  trialBalance,
  verifyLedger,
} from './door.ts'
import { clubBooks, clubTransfer, crashingAt, ledgerNode, officerOf, once, tamper } from './testing.ts'

// It is 11 May 2026. Each case has an agency of its own, with dues of April and of May.

const bank = { name: 'bank' }
const dues = { name: 'dues' }
const payer = '00000000-0000-7000-8000-0000000000a1'
const auditor = '00000000-0000-7000-8000-0000000000a2'

let node: TestNode
let agencies = 0
beforeAll(async () => {
  node = await ledgerNode()
})
afterAll(() => node.close())

async function club(): Promise<ReturnType<typeof clubAt>> {
  const agency = String(510_101 + agencies++)
  const its = clubAt(agency)
  await its.post('april', '2026-04-30', 100)
  await its.post('may', '2026-05-01', 7)
  return its
}

function clubAt(agency: string) {
  const books = clubBooks(agency)
  const as = (role: string, userId: Id) => officerOf(agency, role, userId)
  return {
    agency,
    books,
    post: async (key: string, on: string, amountFen: number) => {
      const spec = clubTransfer(`${agency} ${key}`, bank, dues, amountFen, { books, on })
      return once(node, (work) => postTransfer(work, spec))
    },
    close: (period = '2026-04', actor = as('pay', payer)) =>
      once(node, (work) => closePeriod(work, { books, period }), actor),
    confirm: (closingId: Id, actor = as('audit', auditor), on = node) =>
      once(on, (work) => confirmClosing(work, closingId), actor),
    as,
  }
}

type Club = ReturnType<typeof clubAt>

async function closed(its: Club, period = '2026-04'): Promise<Closing> {
  return its.confirm(await its.close(period))
}

describe('closing a period', () => {
  it('is proposed by payment and in force when audit has confirmed it', async () => {
    const its = await club()
    const closingId = await its.close()
    await expect(its.post('before the confirmation', '2026-04-01', 1)).resolves.toBeDefined()
    await expect(its.confirm(closingId)).rejects.toMatchObject({ code: 'closing_outdated' })
    const confirmed = await its.confirm(await its.close())
    expect(confirmed).toMatchObject({
      ...{ period: '2026-04', from: '2026-04-01', to: '2026-04-30', closedBy: payer, confirmedBy: auditor },
      confirmedAt: '2026-05-11T01:00:00.000Z',
    })
    const listed = await once(node, (work) => closings(work, { agency: its.agency }), its.as('supervisor', auditor))
    expect(listed.map(({ confirmedBy }) => confirmedBy).sort()).toEqual([auditor, null])
  })

  it('keeps the trial balance, signed, with the head of the chain', async () => {
    const its = await club()
    const { document, signature, signer, headNumber, headHash } = await closed(its)
    expect(sm2Verify(signer ?? '', Buffer.from(document ?? ''), signature ?? '')).toBe(true)
    expect(sm2Verify(signer ?? '', Buffer.from(`${document} `), signature ?? '')).toBe(false)
    expect(JSON.parse(document ?? '')).toMatchObject({
      ...{ format: 1, region: '320000', fund: 'club', agency: its.agency, period: '2026-04' },
      ...{ closedBy: payer, confirmedBy: auditor, head: { number: headNumber, hash: headHash } },
      balance: {
        rows: [
          ['bank', null, '0', '100', '0', '100'],
          ['dues', null, '0', '0', '100', '100'],
        ],
        totals: { openingDebitFen: '0', debitFen: '100', creditFen: '100', closingDebitFen: '100' },
      },
    })
    const { head, waitingCount } = await once(node, chainState)
    expect([head?.number, head?.hash, waitingCount]).toEqual([headNumber, headHash, 0])
  })

  it('confirmed again it is the same', async () => {
    const its = await club()
    const closingId = await its.close()
    expect(await its.confirm(closingId)).toEqual(await its.confirm(closingId))
  })

  it.each(['ledger.books-locked', 'ledger.rows-sealed', 'ledger.closing-confirmed', 'work.before-commit'])(
    'a crash at %s leaves the period open and nothing half done; then it is confirmed',
    async (point) => {
      const its = await club()
      const closingId = await its.close()
      await expect(its.confirm(closingId, its.as('control', auditor), crashingAt(node, point))).rejects.toThrow(point)
      await its.post('still open', '2026-03-31', 5)
      await expect(its.confirm(closingId)).rejects.toMatchObject({ code: 'closing_outdated' })
      await closed(its)
      expect(await once(node, (work) => verifyLedger(work))).toMatchObject({ findings: [] })
    },
  )
})

describe('who closes and confirms', () => {
  it.each([
    ['closed by audit', 'audit', '', 'closing_role'],
    ['closed by review', 'review', '', 'closing_role'],
    ['confirmed by payment', 'pay', 'pay', 'closing_role'],
    ['confirmed by supervision', 'pay', 'supervisor', 'closing_role'],
  ])('%s: refused', async (_, closer, confirmer, code) => {
    const its = await club()
    const closing = its.close('2026-04', its.as(closer, payer))
    if (!confirmer) return expect(closing).rejects.toMatchObject({ code })
    const confirming = its.confirm(await closing, its.as(confirmer, auditor))
    await expect(confirming).rejects.toMatchObject({ code })
  })

  it('not by the same officer, whatever their assignment, nor by one of a superior agency', async () => {
    const its = await club()
    const closingId = await its.close()
    await expect(its.confirm(closingId, its.as('audit', payer))).rejects.toMatchObject({ code: 'closing_same_officer' })
    const superior = officerOf('510000', 'audit', auditor)
    await expect(its.confirm(closingId, superior)).rejects.toMatchObject({ code: 'closing_role' })
    await expect(its.close('2026-04', officerOf('510000', 'pay', payer))).rejects.toMatchObject({
      code: 'closing_role',
    })
  })

  it('a closing of another agency is not there', async () => {
    const closingId = await (await club()).close()
    await expect((await club()).confirm(closingId)).rejects.toMatchObject({ code: 'closing_unknown' })
  })
})

describe('which period', () => {
  it.each([
    ['this month', '2026-05', 'period_not_over'],
    ['this quarter', '2026-Q2', 'period_not_over'],
    ['the month before', '2026-03', 'period_closed'],
    ['the same month again', '2026-04', 'period_closed'],
    ['the quarter before', '2026-Q1', 'period_closed'],
  ])('%s, after April was closed: refused', async (_, period, code) => {
    const its = await club()
    await closed(its)
    await expect(its.close(period)).rejects.toMatchObject({ code })
  })

  it.each(['2026', '2026-13', '2026-Q5', 'April'])('%s is no period', async (period) => {
    await expect((await club()).close(period)).rejects.toBeInstanceOf(BadInput)
  })

  it('follows on the last closed one; a quarter may follow on a month', async () => {
    const its = await club()
    await closed(its, '2025-12')
    await expect(its.close('2026-02')).rejects.toMatchObject({ code: 'period_not_next' })
    expect(await closed(its, '2026-Q1')).toMatchObject({ from: '2026-01-01', to: '2026-03-31' })
    expect(await closed(its)).toMatchObject({ from: '2026-04-01' })
  })

  it('two closings of one period: the second confirmation is refused', async () => {
    const its = await club()
    const [first, second] = [await its.close(), await its.close()]
    await its.confirm(first)
    await expect(its.confirm(second)).rejects.toMatchObject({ code: 'period_closed' })
  })
})

describe('after the closing', () => {
  it('what comes late is booked today, with its own day told, and again it is the same', async () => {
    const its = await club()
    await closed(its)
    const late = await its.post('late', '2026-04-30', 3)
    const inTime = await its.post('in time', '2026-05-01', 4)
    const dates = async (id: Id) => {
      const { on, occurredOn } = await once(node, (work) => getTransfer(work, id))
      return [on, occurredOn]
    }
    expect(await dates(late.transferId)).toEqual(['2026-05-11', '2026-04-30'])
    expect(await dates(inTime.transferId)).toEqual(['2026-05-01', null])
    expect(await its.post('late', '2026-04-30', 3)).toEqual({ ...late, existing: true })
    // One from before the closing is still the same, too.
    expect(await its.post('april', '2026-04-30', 100)).toMatchObject({ existing: true })
    const term = { account: bank, books: its.books, from: '2026-05-11', to: '2026-05-11' }
    expect((await once(node, (work) => statement(work, term))).lines).toMatchObject([{ occurredOn: '2026-04-30' }])
  })

  it('its figures stand: a correction of April stands in May', async () => {
    const its = await club()
    const { document } = await closed(its)
    const april = await once(node, (work) => findTransferByKey(work, `${its.agency} april`))
    const takeBack = [1, 2].map((no) => ({ no, amountFen: 40 }))
    const memo = { code: 'club_undo', params: {} }
    const correction = await once(node, (work) => {
      const spec = { transferId: april?.id ?? '', key: `${its.agency} correction`, kind: 'club_undo', on: '2026-04-30' }
      return correctTransfer(work, { ...spec, memo, takeBack })
    })
    expect(await once(node, (work) => getTransfer(work, correction.transferId))).toMatchObject({
      ...{ on: '2026-05-11', occurredOn: '2026-04-30', correctsId: april?.id },
    })
    const { rows } = await once(node, (work) => trialBalance(work, { agency: its.agency, asOf: '2026-04-30' }))
    expect(rows.map(({ closingFen }) => String(closingFen))).toEqual(
      JSON.parse(document ?? '').balance.rows.map((row: string[]) => row[5]),
    )
  })

  it('postings of April that arrive while it is confirmed are in the signed balance or booked today', async () => {
    const its = await club()
    const closingId = await its.close()
    const arriving = Array.from({ length: 10 }, (_, index) => its.post(`arriving ${index}`, '2026-04-15', 1))
    const confirming = its.confirm(closingId).catch(({ code }) => code)
    await Promise.all(arriving)
    const { rows } = await once(node, (work) => trialBalance(work, { agency: its.agency, asOf: '2026-04-30' }))
    const aprilFen = rows.find(({ name }) => name === 'bank')?.closingFen
    // Confirmed before the first of them, or refused because some were there.
    expect((await confirming) === 'closing_outdated' ? aprilFen !== 100n : aprilFen === 100n).toBe(true)
    expect(await once(node, (work) => verifyLedger(work))).toMatchObject({ findings: [] })
  })

  it('closed books that were changed all the same are found', async () => {
    const own = await ledgerNode()
    const agency = '510999'
    const books = clubBooks(agency)
    await once(own, (work) => postTransfer(work, clubTransfer('april', bank, dues, 100, { books, on: '2026-04-30' })))
    const close = (work: Parameters<typeof closePeriod>[0]) => closePeriod(work, { books, period: '2026-04' })
    const closingId = await once(own, close, officerOf(agency, 'pay', payer))
    await once(own, (work) => confirmClosing(work, closingId), officerOf(agency, 'audit', auditor))
    const codes = async () => (await once(own, (work) => verifyLedger(work))).findings.map(({ code }) => code)
    expect(await codes()).toEqual([])
    await tamper(own, `UPDATE ledger.closing_confirmation SET document = replace(document, '"100"', '"900"')`)
    expect(await codes()).toEqual(['closing_changed'])
    await tamper(
      own,
      `UPDATE ledger.closing_confirmation SET document = replace(document, '"900"', '"100"')`,
      `UPDATE ledger.transfer SET booked_on = '2026-05-01'`,
    )
    expect(await codes()).toEqual(['transfer_changed', 'closing_changed'])
    await own.close()
  })
})
