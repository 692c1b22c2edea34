import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, systemActor } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import { chainState, postTransfer, sealBooks, verifyLedger } from './door.ts'
import { clubBooks, clubTransfer, crashingAt, ledgerNode, once, staffOf } from './testing.ts'

const bank = { name: 'bank' }
const dues = { name: 'dues' }

let node: TestNode
let count = 0
beforeAll(async () => {
  node = await ledgerNode()
})
afterAll(() => node.close())

/** Posts so many transfers, each committed by itself. */
async function post(transfers: number): Promise<void> {
  for (let index = 0; index < transfers; index++) {
    await once(node, (work) => postTransfer(work, clubTransfer(`sealed-${++count}`, bank, dues, 100)))
  }
}

const state = () => once(node, chainState)
const verified = () => once(node, (work) => verifyLedger(work))

describe('sealing', () => {
  it('nothing is sealed where nothing was posted', async () => {
    expect(await sealBooks(node)).toBe(0)
    expect(await state()).toEqual({ head: null, sealedCount: 0, waitingCount: 0 })
  })

  it('takes what was committed, once, and the next block stands on the one before', async () => {
    await post(3)
    expect(await state()).toMatchObject({ head: null, waitingCount: 3 })
    expect(await sealBooks(node)).toBe(3)
    expect(await sealBooks(node)).toBe(0)
    const first = (await state()).head
    await post(2)
    expect(await sealBooks(node)).toBe(2)
    expect(await state()).toMatchObject({ head: { number: 2 }, sealedCount: 5, waitingCount: 0 })
    expect(await verified()).toMatchObject({ blockCount: 2, transferCount: 5, findings: [] })
    expect(await once(node, (work) => verifyLedger(work, { head: first ?? undefined }))).toMatchObject({ findings: [] })
  })

  it('what is not committed yet is left for a later block, though it was recorded earlier', async () => {
    const early = Promise.withResolvers<void>()
    const recorded = Promise.withResolvers<void>()
    const late = inTransaction(node, systemActor, async (work) => {
      await postTransfer(work, clubTransfer('recorded first', bank, dues, 1, { books: clubBooks('320500') }))
      recorded.resolve()
      await early.promise
    })
    await recorded.promise
    await post(1)
    expect(await sealBooks(node)).toBe(1)
    early.resolve()
    await late
    expect(await sealBooks(node)).toBe(1)
    expect(await verified()).toMatchObject({ findings: [], waitingCount: 0 })
  })

  it.each(['ledger.block-recorded', 'ledger.rows-sealed', 'ledger.seal.before-commit', 'ledger.seal.after-commit'])(
    'a crash at %s leaves whole blocks behind, and the next turn goes on',
    async (point) => {
      const before = await state()
      await post(2)
      await expect(sealBooks(crashingAt(node, point))).rejects.toThrow(`crash at ${point}`)
      await post(1)
      await sealBooks(node)
      expect(await state()).toMatchObject({ sealedCount: before.sealedCount + 3, waitingCount: 0 })
      expect(await verified()).toMatchObject({ findings: [] })
    },
  )

  it('ten sealers, twenty postings and five verifications at once: every transfer in one block, no gap, no false alarm', async () => {
    const before = await state()
    const postings = Array.from({ length: 20 }, () => post(1))
    const sealings = Array.from({ length: 10 }, () => sealBooks(node))
    const verifications = Array.from({ length: 5 }, verified)
    await Promise.all([...postings, ...sealings])
    for (const { findings } of await Promise.all(verifications)) expect(findings).toEqual([])
    await sealBooks(node)
    expect(await state()).toMatchObject({ sealedCount: before.sealedCount + 20, waitingCount: 0 })
    expect(await verified()).toMatchObject({ findings: [] })
  })

  it('any officer may keep the head; a person sees nothing of it', async () => {
    const { head } = await state()
    expect((await once(node, chainState, staffOf('650100'))).head).toEqual(head)
    expect((await once(node, chainState, { kind: 'public' })).head).toBeNull()
  })

  it('a backlog is sealed in several blocks, at more than five hundred transfers a second', async () => {
    await once(node, async (work) => {
      for (let index = 0; index < 2_200; index++) {
        await postTransfer(work, clubTransfer(`backlog-${index}`, bank, dues, 1, { books: clubBooks('320700') }))
      }
    })
    const blocksBefore = (await state()).head?.number ?? 0
    const start = performance.now()
    expect(await sealBooks(node)).toBe(2_200)
    const seconds = (performance.now() - start) / 1000
    expect(2_200 / seconds).toBeGreaterThan(500)
    expect((await state()).head?.number).toBe(blocksBefore + 3)
    expect(await verified()).toMatchObject({ findings: [] })
  }, 60_000)
})
