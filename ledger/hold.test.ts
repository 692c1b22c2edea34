import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMilliseconds } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import {
  balanceOf,
  expireHolds,
  findHold,
  type HoldSpec,
  placeHold,
  postHold,
  postTransfer,
  releaseHold,
} from './door.ts'
import { clubBooks, clubTransfer, ledgerNode, once } from './testing.ts'

const bank = { name: 'bank' }
const till = { name: 'till' }
const books = clubBooks()
const hour = 3_600_000

let node: TestNode
let count = 0
beforeAll(async () => {
  node = await ledgerNode()
})
afterAll(() => node.close())

/** A hold of an hour on a bank account of its own with 1,000 fen. */
async function heldBank(amountFen: number): Promise<{ spec: HoldSpec; available: () => Promise<number> }> {
  const own = clubBooks(String(330_000 + ++count))
  await once(node, (work) =>
    postTransfer(work, clubTransfer(`fill-${count}`, bank, { name: 'dues' }, 1000, { books: own })),
  )
  const expiresAt = addMilliseconds(node.clock.now(), hour)
  const spec = { key: `hold-${count}`, books: own, account: bank, amountFen, expiresAt }
  await once(node, (work) => placeHold(work, spec))
  const available = async () =>
    (await once(node, (work) => balanceOf(work, { account: bank, books: own }))).availableFen
  return { spec, available }
}

function payment(spec: HoldSpec, amountFen: number) {
  return clubTransfer(`pay ${spec.key} ${amountFen}`, till, bank, amountFen, { books: spec.books })
}

describe('a hold keeps its amount back', () => {
  it('until it is released; releasing again is no harm', async () => {
    const { spec, available } = await heldBank(400)
    expect(await available()).toBe(600)
    await once(node, (work) => releaseHold(work, spec))
    await once(node, (work) => releaseHold(work, spec))
    expect(await available()).toBe(1000)
    expect(await once(node, (work) => findHold(work, spec.key))).toMatchObject({ ended: 'released', transferKey: null })
  })

  it('until the clockwork ends it after its term, to the millisecond; no reading at a later hour frees anything', async () => {
    const { spec, available } = await heldBank(400)
    const start = node.clock.now()
    node.clock.advance(hour - 1)
    await once(node, expireHolds)
    expect(await available()).toBe(600)
    node.clock.advance(1)
    expect(await available()).toBe(600)
    const post = () => once(node, (work) => postHold(work, { key: spec.key, transfer: payment(spec, 400) }))
    await expect(post()).rejects.toMatchObject({ code: 'hold_expired' })
    await once(node, expireHolds)
    expect(await available()).toBe(1000)
    await expect(post()).rejects.toMatchObject({ code: 'hold_expired' })
    expect(await once(node, (work) => findHold(work, spec.key))).toMatchObject({ ended: 'expired', transferKey: null })
    node.clock.moveTo(start)
  })

  it('an expired hold frees its amount once, however often and by how many it is ended', async () => {
    const { spec, available } = await heldBank(400)
    const start = node.clock.now()
    node.clock.advance(hour)
    const ended = await Promise.all([1, 2, 3, 4].map(() => once(node, expireHolds)))
    await once(node, (work) => releaseHold(work, spec))
    expect(ended.filter((count) => count > 0)).toHaveLength(1)
    expect(await available()).toBe(1000)
    node.clock.moveTo(start)
  })

  it('what is released in time does not expire, and its term is not waited for', async () => {
    const { spec, available } = await heldBank(400)
    const start = node.clock.now()
    await once(node, (work) => releaseHold(work, spec))
    node.clock.advance(hour)
    await once(node, expireHolds)
    expect(await available()).toBe(1000)
    expect(await once(node, (work) => findHold(work, spec.key))).toMatchObject({ ended: 'released' })
    node.clock.moveTo(start)
  })

  it('from every other payment, up to the last fen that is available', async () => {
    const { spec } = await heldBank(400)
    const pay = (amountFen: number) => once(node, (work) => postTransfer(work, payment(spec, amountFen)))
    await expect(pay(601)).rejects.toMatchObject({ code: 'overdraft_refused', params: { missingFen: 1 } })
    await expect(pay(600)).resolves.toMatchObject({ existing: false })
  })

  it('from another hold', async () => {
    const { spec } = await heldBank(400)
    const another = (amountFen: number) =>
      once(node, (work) => placeHold(work, { ...spec, key: `${spec.key} other ${amountFen}`, amountFen }))
    await expect(another(601)).rejects.toMatchObject({ code: 'overdraft_refused' })
    await expect(another(600)).resolves.toMatchObject({ existing: false })
  })

  it('money that comes in is never refused', async () => {
    const { spec } = await heldBank(1000)
    const deposit = clubTransfer(`deposit ${spec.key}`, bank, { name: 'dues' }, 1, { books: spec.books })
    await expect(once(node, (work) => postTransfer(work, deposit))).resolves.toMatchObject({ existing: false })
  })

  it('an account that may be overdrawn can hold more than it has', async () => {
    const expiresAt = addMilliseconds(node.clock.now(), hour)
    const spec = { key: 'beyond', books, account: { name: 'prepaid_rent' }, amountFen: 50, expiresAt }
    await once(node, (work) => placeHold(work, spec))
    const balance = await once(node, (work) => balanceOf(work, spec))
    expect(balance).toMatchObject({ balanceFen: 0, availableFen: -50 })
  })
})

describe('posting a hold', () => {
  it('ends the hold and makes the transfer in one; again is the same', async () => {
    const { spec, available } = await heldBank(1000)
    const post = () => once(node, (work) => postHold(work, { key: spec.key, transfer: payment(spec, 900) }))
    const first = await post()
    expect(await available()).toBe(100)
    expect(await post()).toEqual({ transferId: first.transferId, existing: true })
    expect(await once(node, (work) => findHold(work, spec.key))).toMatchObject({ ended: 'posted' })
  })

  it.each([
    ['more than was held', 401, 'hold_exceeded'],
    ['exactly what was held', 400, undefined],
  ])('%s', async (_, amountFen, code) => {
    const { spec } = await heldBank(400)
    const posting = once(node, (work) => postHold(work, { key: spec.key, transfer: payment(spec, amountFen) }))
    await (code ? expect(posting).rejects.toMatchObject({ code }) : expect(posting).resolves.toBeDefined())
  })

  it('what was released cannot be posted, what was posted neither released nor posted otherwise', async () => {
    const released = (await heldBank(10)).spec
    await once(node, (work) => releaseHold(work, released))
    await expect(
      once(node, (work) => postHold(work, { key: released.key, transfer: payment(released, 10) })),
    ).rejects.toMatchObject({ code: 'hold_ended' })

    const posted = (await heldBank(10)).spec
    await once(node, (work) => postHold(work, { key: posted.key, transfer: payment(posted, 10) }))
    await expect(once(node, (work) => releaseHold(work, posted))).rejects.toMatchObject({ code: 'hold_ended' })
    await expect(
      once(node, (work) => postHold(work, { key: posted.key, transfer: payment(posted, 9) })),
    ).rejects.toMatchObject({ code: 'hold_ended' })
  })

  it('the same key places the same hold once, and another under it is refused', async () => {
    const { spec } = await heldBank(10)
    for (const expiresAt of [spec.expiresAt, spec.expiresAt.replace('.000Z', 'Z')]) {
      expect(await once(node, (work) => placeHold(work, { ...spec, expiresAt }))).toMatchObject({ existing: true })
    }
    await expect(once(node, (work) => placeHold(work, { ...spec, amountFen: 11 }))).rejects.toMatchObject({
      code: 'hold_key_reused',
    })
  })

  it('twenty holds at once never keep back more than there is', async () => {
    const { spec, available } = await heldBank(10)
    const placed = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        once(node, (work) => placeHold(work, { ...spec, key: `${spec.key}-${index}`, amountFen: 100 })).catch(
          () => undefined,
        ),
      ),
    )
    expect(placed.filter(Boolean)).toHaveLength(9)
    expect(await available()).toBe(90)
  })
})
