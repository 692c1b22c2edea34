import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Receive, Transport } from '../../exchange/door.ts'
import { type Id, must } from '../../ground/door.ts'
import {
  apply,
  books,
  counted,
  failures,
  type Mover,
  outCaseOf,
  type TestNation,
  take,
  testMover,
  testNation,
} from './nation.testing.ts'

// Messages arrive any number of times and in any order, and people on both sides do what they may at any moment: money is neither made nor lost,
// and every month counts in one region, or is on its way in a case that somebody has on the desk.

type Letter = { to: string; bytes: Uint8Array; isTaken: boolean }

/** A transport that keeps every message, to be delivered as often and in the order that a test likes. */
function createPost() {
  const receivers = new Map<string, Receive>()
  const letters: Letter[] = []
  const transport: Transport = {
    async send(to, bytes) {
      letters.push({ to, bytes: Uint8Array.from(bytes), isTaken: false })
      return 'taken'
    },
    listen(region, receive) {
      receivers.set(region, receive)
      return () => receivers.delete(region)
    },
  }
  const deliver = async (letter: Letter) => {
    const receipt = await receivers.get(letter.to)?.(letter.bytes)
    letter.isTaken ||= receipt === 'taken'
  }
  return { transport, letters, deliver }
}

/** What people may do; each is tried, and what the case does not allow now is refused. */
const deeds = [
  ['there', 'accept', 'prepare', { opinion: '资料齐全', interestFen: 4_321 }],
  ['there', 'approve', 'approve', { outcome: 'approved', opinion: '同意' }],
  ['there', 'pay', 'pay', {}],
  ['here', 'mover', 'recall', { reason: '暂不转移' }],
  ['here', 'accept', 'confirm', { opinion: '一致' }],
  ['here', 'approve', 'sendBack', { reason: '信息有误' }],
] as const

async function act(nation: TestNation, mover: Mover, transfer: { caseId: Id; number: string }, nth: number) {
  const [side, role, step, body] = must(deeds[nth % deeds.length], 'a deed')
  const caseId = side === 'here' ? transfer.caseId : await outCaseOf(nation, transfer.number)
  if (caseId === undefined) return
  await take(nation[side], role === 'mover' ? mover.actor : role, caseId, step, body).catch(() => {})
}

/** Everything that waits is delivered, and what it makes somebody say. */
async function settle(nation: TestNation, post: ReturnType<typeof createPost>): Promise<void> {
  for (;;) {
    for (const { exchange } of nation.regions) await exchange.pump()
    const waiting = post.letters.filter(({ isTaken }) => !isTaken)
    if (waiting.length === 0) return
    for (const letter of waiting) await post.deliver(letter)
  }
}

describe('B1.04 a transfer whose messages come 0..n times in any order, while people act at any moment', () => {
  it('makes and loses no money, and loses and doubles no month', async () => {
    const post = createPost()
    const nation = await testNation(post.transport)
    await settle(nation, post)
    const ways = new Set<string>()
    const journey = async (numbers: readonly number[]) => {
      const mover = await testMover(nation)
      const applied = await apply(nation, mover)
      await take(nation.here, 'review', applied.caseId, 'review', { opinion: '符合条件' })
      for (const number of numbers) {
        for (const { exchange } of nation.regions) await exchange.pump()
        const letter = post.letters[post.letters.length - 1 - (Math.floor(number / 16) % 6)]
        if (number % 2 === 0) await act(nation, mover, applied, Math.floor(number / 2) % 8)
        else if (letter) await post.deliver(letter)
      }
      await settle(nation, post)
      const status = (await nation.here.run((work) => nation.here.cases.get(work, applied.caseId))).file.status
      ways.add(status)
      const [here, there] = [await counted(nation.here, mover.here), await counted(nation.there, mover.there)]
      expect([...new Set([...here, ...there])]).toHaveLength(here.length + there.length)
      // On its way: paid, and not entered yet.
      expect(here.length + there.length).toBe(status === 'received' ? 24 : 72)
      const [booksHere, booksThere] = [await books(nation.here), await books(nation.there)]
      const cash = (booksHere.fiscal_special_account ?? 0) + (booksThere.fiscal_special_account ?? 0)
      expect(cash).toBe(2_000_000_000)
      expect(booksHere.relation_moved_in ?? 0).toBe(booksThere.relation_moved_out ?? 0)
      expect(booksHere.receivable_from_old_region ?? 0).toBe(booksThere.payable_to_new_region ?? 0)
      expect([await failures(nation.here), await failures(nation.there)]).toEqual([[], []])
    }
    const numbers = fc.array(fc.nat({ max: 1_000 }), { minLength: 20, maxLength: 40 })
    await fc.assert(fc.asyncProperty(numbers, journey), { numRuns: 9, seed: 20_260_511, endOnFailure: true })
    // The property is not about transfers that never get anywhere.
    expect(ways.size).toBeGreaterThan(2)
    await nation.close()
  }, 180_000)
})
