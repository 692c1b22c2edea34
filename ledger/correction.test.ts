import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BrokenInvariant, type Id } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import {
  balanceOf,
  correctTransfer,
  type EntrySpec,
  getTransfer,
  postTransfer,
  reverseTransfer,
  type TransferSpec,
} from './door.ts'
import { clubBooks, clubTransfer, ledgerNode, once } from './testing.ts'

const bank = { name: 'bank' }
const dues = { name: 'dues' }
const lessons = { name: 'lessons' }
const caseId = '00000000-0000-7000-8000-0000000000c1'
const mirror = { kind: 'club_undo', on: '2026-05-12', memo: { code: 'club_undo', params: {} } }

let node: TestNode
beforeAll(async () => {
  node = await ledgerNode()
})
afterAll(() => node.close())

describe('taking a transfer back as a whole', () => {
  it('the mirror names the original, stands in its case and books, and brings the balances back', async () => {
    const books = clubBooks('320300')
    const spec = clubTransfer('undo-me', bank, dues, 500, { books, caseId })
    const { transferId } = await once(node, (work) => postTransfer(work, spec))
    const undone = await once(node, (work) => reverseTransfer(work, { transferId, key: 'undone', ...mirror }))
    const correction = await once(node, (work) => getTransfer(work, undone.transferId))
    expect(correction).toMatchObject({ correctsId: transferId, caseId, agency: '320300', on: '2026-05-12' })
    expect(correction.entries.map(({ account, side }) => [account, side])).toEqual([
      ['bank', 'credit'],
      ['dues', 'debit'],
    ])
    const corrected = await once(node, (work) => getTransfer(work, transferId))
    expect(corrected).toMatchObject({ correctedById: undone.transferId, correctedFen: 500 })
    for (const account of [bank, dues]) {
      expect(await once(node, (work) => balanceOf(work, { account, books }))).toMatchObject({ balanceFen: 0 })
    }
  })

  it('a transfer is taken back at most once; the same correction again is the same', async () => {
    const { transferId } = await once(node, (work) => postTransfer(work, clubTransfer('once-only', bank, dues, 7)))
    const undo = (key: string) => once(node, (work) => reverseTransfer(work, { transferId, key, ...mirror }))
    const first = await undo('once-only-undone')
    expect(await undo('once-only-undone')).toEqual({ transferId: first.transferId, existing: true })
    await expect(undo('once-only-undone-again')).rejects.toMatchObject({ code: 'already_corrected' })
  })
})

describe('taking a part of a transfer back', () => {
  // Two entries on the income account: 300 and 200, against 500 at the bank.
  const entries: EntrySpec[] = [
    { account: bank, debitFen: 500 },
    { account: dues, creditFen: 300 },
    { account: dues, creditFen: 200 },
  ]
  async function posted(key: string, more: Partial<TransferSpec> = {}): Promise<Id> {
    const spec = clubTransfer(key, bank, dues, 500, { books: clubBooks('320800'), entries, ...more })
    return (await once(node, (work) => postTransfer(work, spec))).transferId
  }
  const part = (transferId: Id, key: string, ...amounts: Array<[no: number, amountFen: number]>) =>
    once(node, (work) => {
      const takeBack = amounts.map(([no, amountFen]) => ({ no, amountFen }))
      return correctTransfer(work, { transferId, key, ...mirror, takeBack })
    })

  it('each part names the original; together they take back at most what was booked', async () => {
    const transferId = await posted('in parts')
    await part(transferId, 'part 1', [1, 120], [2, 120])
    expect(await once(node, (work) => getTransfer(work, transferId))).toMatchObject({ correctedFen: 120 })
    await expect(part(transferId, 'too much', [1, 381], [2, 381])).rejects.toMatchObject({
      code: 'correction_exceeds',
      params: { wantedFen: 381, remainingFen: 380 },
    })
    const last = await part(transferId, 'part 2', [1, 380], [2, 180], [3, 200])
    expect(await once(node, (work) => getTransfer(work, transferId))).toMatchObject({
      correctedById: last.transferId,
      correctedFen: 500,
    })
    await expect(part(transferId, 'nothing left', [1, 1], [2, 1])).rejects.toMatchObject({ code: 'already_corrected' })
    expect(await once(node, (work) => balanceOf(work, { account: dues, books: clubBooks('320800') }))).toMatchObject({
      balanceFen: 0,
    })
  })

  it('after a part only the rest can be taken back, not the whole', async () => {
    const transferId = await posted('part and whole')
    await part(transferId, 'a part of it', [1, 1], [2, 1])
    const whole = once(node, (work) => reverseTransfer(work, { transferId, key: 'the whole of it', ...mirror }))
    await expect(whole).rejects.toMatchObject({ code: 'correction_exceeds', params: { remainingFen: 499 } })
  })

  it('the same part again is the same; another under its key is refused', async () => {
    const transferId = await posted('same part')
    const first = await part(transferId, 'the part', [1, 500], [2, 300], [3, 200])
    expect(await part(transferId, 'the part', [1, 500], [2, 300], [3, 200])).toEqual({ ...first, existing: true })
    await expect(part(transferId, 'the part', [1, 1], [2, 1])).rejects.toMatchObject({ code: 'transfer_key_reused' })
  })

  it.each<[string, Array<[number, number]>, RegExp]>([
    [
      'that does not balance',
      [
        [1, 10],
        [2, 9],
      ],
      /does not balance/,
    ],
    ['of one side', [[1, 10]], /does not balance/],
    [
      'of nothing',
      [
        [1, 0],
        [2, 0],
      ],
      /whole number/,
    ],
    [
      'of an entry that is not there',
      [
        [1, 10],
        [4, 10],
      ],
      /entry 4/,
    ],
  ])('a part %s is a broken invariant', async (what, amounts, message) => {
    const transferId = await posted(`broken ${what}`)
    const correcting = part(transferId, `broken part ${what}`, ...amounts)
    await expect(correcting).rejects.toThrow(message)
    await expect(correcting).rejects.toBeInstanceOf(BrokenInvariant)
  })

  it('money that is spent cannot be taken back from the bank', async () => {
    const books = clubBooks('320900')
    const transferId = await posted('spent', { books })
    await once(node, (work) => postTransfer(work, clubTransfer('spending', lessons, bank, 450, { books })))
    await expect(part(transferId, 'too late', [1, 51], [2, 51])).rejects.toMatchObject({ code: 'overdraft_refused' })
    await expect(part(transferId, 'what is left', [1, 50], [2, 50])).resolves.toMatchObject({ existing: false })
  })

  it('a correction is not corrected, as a whole or in part', async () => {
    const transferId = await posted('corrected')
    const correction = await part(transferId, 'the correction', [1, 9], [2, 9])
    const second = { transferId: correction.transferId, key: 'second order', ...mirror }
    const refused = { code: 'correction_of_correction' }
    await expect(once(node, (work) => reverseTransfer(work, second))).rejects.toMatchObject(refused)
    await expect(part(correction.transferId, 'second order part', [1, 1], [2, 1])).rejects.toMatchObject(refused)
  })

  it('twenty parts of 30 at once: sixteen of them fit into 500', async () => {
    const transferId = await posted('many parts')
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        part(transferId, `many parts ${index}`, [1, 30], [2, 15], [3, 15]).catch(({ code }) => code),
      ),
    )
    expect(results.filter((result) => result === 'correction_exceeds')).toHaveLength(4)
    expect(await once(node, (work) => getTransfer(work, transferId))).toMatchObject({ correctedFen: 480 })
  })
})
