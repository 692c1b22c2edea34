import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestNode } from '../ground/testing.ts'
import {
  balanceOf,
  findTransferByKey,
  type LinkSpec,
  postLinked,
  postTransfer,
  type TransferSpec,
  transfersOfLink,
} from './door.ts'
import { clubBooks, clubTransfer, crashingAt, ledgerNode, once } from './testing.ts'

const bank = { name: 'bank' }
const till = { name: 'till' }
const dues = { name: 'dues' }

let node: TestNode
let count = 0
beforeAll(async () => {
  node = await ledgerNode()
})
afterAll(() => node.close())

/** A link in books of their own: dues of 100 reach the bank, and so much of it goes on to the till. */
function duesToTill(amountFen = 60) {
  const books = clubBooks(String(410_000 + ++count))
  const key = `link-${count}`
  const received = clubTransfer(`${key} received`, bank, dues, 100, { books })
  const movedOn = clubTransfer(`${key} moved on`, till, bank, amountFen, { books })
  const balanceFen = async (account: { name: string }) =>
    (await once(node, (work) => balanceOf(work, { account, books }))).balanceFen
  return { spec: { key, transfers: [received, movedOn] }, received, movedOn, balanceFen }
}

const link = (spec: LinkSpec, on = node) => once(on, (work) => postLinked(work, spec))

describe('linked transfers', () => {
  it('are there together and name their link; the first may bring what the second needs', async () => {
    const { spec, balanceFen } = duesToTill(100)
    const posted = await link(spec)
    const transfers = await once(node, (work) => transfersOfLink(work, posted.linkId))
    expect(transfers.map(({ id, linkId }) => [id, linkId])).toEqual(posted.transferIds.map((id) => [id, posted.linkId]))
    expect([await balanceFen(bank), await balanceFen(till)]).toEqual([0, 100])
  })

  it('are not there at all where one of them is refused', async () => {
    const { spec, received, balanceFen } = duesToTill(101)
    await expect(link(spec)).rejects.toMatchObject({ code: 'overdraft_refused' })
    expect(await once(node, (work) => findTransferByKey(work, received.key))).toBeUndefined()
    expect(await balanceFen(bank)).toBe(0)
  })

  it.each([
    ['ledger.transfers-recorded'],
    ['ledger.link-part-recorded'],
    ['work.before-commit'],
    ['work.after-commit'],
  ])('a crash at %s: sent again they are there once', async (point) => {
    const { spec, balanceFen } = duesToTill()
    await expect(link(spec, crashingAt(node, point))).rejects.toThrow(`crash at ${point}`)
    expect(await link(spec)).toMatchObject({ existing: point === 'work.after-commit' })
    expect([await balanceFen(bank), await balanceFen(till)]).toEqual([40, 60])
  })

  it('a correction and what should have been booked go together', async () => {
    const { spec, received, balanceFen } = duesToTill()
    await link(spec)
    const wrong = await once(node, (work) => findTransferByKey(work, received.key))
    const memo = { code: 'club_undo', params: {} }
    const takenBack = {
      ...{ transferId: wrong?.id ?? '', key: `${spec.key} back`, kind: 'club_undo', on: '2026-05-12', memo },
      takeBack: [
        { no: 1, amountFen: 30 },
        { no: 2, amountFen: 30 },
      ],
    }
    const anew = { ...received, key: `${spec.key} anew`, entries: [...received.entries] }
    const posted = await link({ key: `${spec.key} corrected`, transfers: [takenBack, anew] })
    const transfers = await once(node, (work) => transfersOfLink(work, posted.linkId))
    expect(transfers.map(({ correctsId }) => correctsId)).toEqual([wrong?.id, null])
    expect(await balanceFen(dues)).toBe(170)
  })
})

describe('a link', () => {
  it('again is the same', async () => {
    const { spec } = duesToTill()
    const first = await link(spec)
    expect(await link(spec)).toEqual({ ...first, existing: true })
  })

  it.each<[string, (transfers: TransferSpec[]) => TransferSpec[]]>([
    ['fewer transfers', ([first]) => (first ? [first, { ...first, key: `${first.key} other` }] : [])],
    ['another order', (transfers) => transfers.toReversed()],
    ['another amount', ([first]) => (first ? [first, clubTransfer(`${first.key} x`, till, bank, 1, first)] : [])],
  ])('under the same key with %s is refused', async (_, change) => {
    const { spec } = duesToTill()
    await link(spec)
    await expect(link({ ...spec, transfers: change(spec.transfers) })).rejects.toMatchObject({
      code: 'link_key_reused',
    })
  })

  it('of a transfer that was posted before is refused: it did not happen together', async () => {
    const { spec, received } = duesToTill()
    await once(node, (work) => postTransfer(work, received))
    await expect(link(spec)).rejects.toMatchObject({ code: 'transfer_key_reused' })
  })

  it('of one transfer, or across funds or agencies, is not possible', async () => {
    const { spec, received, movedOn } = duesToTill()
    await expect(link({ ...spec, transfers: [received] })).rejects.toThrow(/check constraint/)
    const elsewhere = { ...movedOn, books: clubBooks('650100') }
    await expect(link({ ...spec, transfers: [received, elsewhere] })).rejects.toThrow(/foreign key/)
    const otherFund = { ...movedOn, books: { ...received.books, fund: 'pension' } }
    await expect(link({ ...spec, transfers: [received, otherFund] })).rejects.toThrow(/foreign key/)
  })

  it('twenty times at once is there once', async () => {
    const { spec, balanceFen } = duesToTill()
    const results = await Promise.all(Array.from({ length: 20 }, () => link(spec)))
    expect(results.filter(({ existing }) => !existing)).toHaveLength(1)
    expect(await balanceFen(till)).toBe(60)
  })
})
