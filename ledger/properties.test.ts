import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMilliseconds, type Instant, Refusal, type Work } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import {
  type AccountRef,
  type Books,
  balanceOf,
  cashBook,
  findHold,
  findTransferByKey,
  placeHold,
  postHold,
  postTransfer,
  releaseHold,
  reverseTransfer,
  trialBalance,
} from './door.ts'
import { clubBooks, clubTransfer, ledgerNode, once } from './testing.ts'

// Any sequence of steps, taken by the ledger and predicted by a model of its own that knows nothing but arithmetic.

type Place = 'bank' | 'till' | 'dues' | 'lessons' | 'payable_to_coach'
type Post = { do: 'post'; key: number; debit: Place; credit: Place; amountFen: number }
type Step =
  | Post
  | { do: 'reverse'; key: number }
  | { do: 'hold'; key: number; amountFen: number; minutes: number }
  | { do: 'post hold'; key: number; amountFen: number }
  | { do: 'release'; key: number }
  | { do: 'wait'; minutes: number }

const places: Place[] = ['bank', 'till', 'dues', 'lessons', 'payable_to_coach']
const minute = 60_000

const place = fc.constantFrom(...places)
const key = fc.nat(3)
const amountFen = fc.integer({ min: 1, max: 300 })
const minutes = fc.integer({ min: 1, max: 60 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('post'), key: fc.nat(9), debit: place, credit: place, amountFen }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reverse'), key: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('hold'), key, amountFen, minutes }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('post hold'), key, amountFen }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release'), key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait'), minutes }) },
)

let node: TestNode
let runs = 0
beforeAll(async () => {
  node = await ledgerNode()
})
afterAll(() => node.close())

describe('any sequence of postings, reversals and holds', () => {
  it('is refused and booked as arithmetic predicts, and every book balances after it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const books = clubBooks(String(100_000 + ++runs))
        const model = createModel(node.clock.now())
        for (const taken of [funding, ...steps]) {
          const predicted = model.take(taken)
          expect(await takeStep(taken, books), JSON.stringify(taken)).toBe(predicted)
        }
        await once(node, (work) => requireModel(work, books, model))
      }),
      { numRuns: 60, seed: 20_260_511 },
    )
  })
})

const funding: Post = { do: 'post', key: 99, debit: 'bank', credit: 'dues', amountFen: 500 }

async function requireModel(work: Work, books: Books, model: ReturnType<typeof createModel>): Promise<void> {
  for (const name of places) {
    const { debitFen, creditFen } = await balanceOf(work, { account: refOf(name), books })
    expect(debitFen - creditFen, name).toBe(model.debitLessCredit(name))
  }
  const { availableFen } = await balanceOf(work, { account: refOf('bank'), books })
  expect(availableFen).toBe(model.availableFen('bank'))
  const { totals } = await trialBalance(work, { agency: books.agency })
  expect(totals.debitFen).toBe(totals.creditFen)
  expect(totals.closingDebitFen).toBe(totals.closingCreditFen)
  const { items } = await cashBook(work, { books, from: '2026-01-01', to: '2026-12-31' })
  expect(items.reduce((sum, item) => sum + item.debitFen - item.creditFen, 0n)).toBe(0n)
}

/** Takes a step in the ledger: `done`, or the code it was refused with. */
async function takeStep(taken: Step, books: Books): Promise<string> {
  if (taken.do === 'wait') node.clock.advance(taken.minutes * minute)
  try {
    await once(node, (work) => stepInLedger(work, taken, books))
    return 'done'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

async function stepInLedger(work: Work, taken: Step, books: Books): Promise<unknown> {
  const holdKey = `${books.agency} hold ${'key' in taken ? taken.key : ''}`
  switch (taken.do) {
    case 'post':
      return postTransfer(work, transferOf(taken, books))
    case 'reverse': {
      const original = await findTransferByKey(work, `${books.agency} post ${taken.key}`)
      const memo = { code: 'undo', params: {} }
      const undo = { key: `${books.agency} undo ${taken.key}`, kind: 'undo', on: '2026-05-11', memo }
      return original && reverseTransfer(work, { ...undo, transferId: original.id })
    }
    case 'hold': {
      const expiresAt = addMilliseconds(work.now, taken.minutes * minute)
      return placeHold(work, { key: holdKey, books, account: refOf('bank'), amountFen: taken.amountFen, expiresAt })
    }
    case 'post hold': {
      if (!(await findHold(work, holdKey))) return
      const { amountFen } = taken
      const paid = clubTransfer(`${holdKey} paid ${amountFen}`, refOf('till'), refOf('bank'), amountFen, { books })
      return postHold(work, { key: holdKey, transfer: paid })
    }
    case 'release':
      return (await findHold(work, holdKey)) && releaseHold(work, { key: holdKey })
    case 'wait':
      return
  }
}

function transferOf({ key: number, debit, credit, amountFen }: Post, books: Books) {
  return clubTransfer(`${books.agency} post ${number}`, refOf(debit), refOf(credit), amountFen, { books })
}

function refOf(name: Place): AccountRef {
  return name === 'payable_to_coach' ? { name, party: 'wang' } : { name }
}

function createModel(start: Instant) {
  let now = start
  const sums = new Map<Place, number>()
  const posts = new Map<number, Post & { undone: boolean }>()
  const holds = new Map<number, { amountFen: number; expiresAt: Instant; end: string | null }>()

  const debitLessCredit = (name: Place) => sums.get(name) ?? 0
  function availableFen(name: Place): number {
    const open = [...holds.values()].filter(({ end, expiresAt }) => end === null && expiresAt > now)
    return debitLessCredit(name) - (name === 'bank' ? open.reduce((sum, hold) => sum + hold.amountFen, 0) : 0)
  }

  function move(debit: Place, credit: Place, amountFen: number): string {
    const isCash = credit === 'bank' || credit === 'till'
    if (isCash && credit !== debit && availableFen(credit) < amountFen) return 'overdraft_refused'
    sums.set(debit, debitLessCredit(debit) + amountFen)
    sums.set(credit, debitLessCredit(credit) - amountFen)
    return 'done'
  }

  function post(taken: Post): string {
    const known = posts.get(taken.key)
    if (known) {
      const same = (['debit', 'credit', 'amountFen'] as const).every((part) => known[part] === taken[part])
      return same ? 'done' : 'transfer_key_reused'
    }
    const outcome = move(taken.debit, taken.credit, taken.amountFen)
    if (outcome === 'done') posts.set(taken.key, { ...taken, undone: false })
    return outcome
  }

  function reverse(number: number): string {
    const original = posts.get(number)
    if (!original || original.undone) return 'done'
    const outcome = move(original.credit, original.debit, original.amountFen)
    original.undone = outcome === 'done'
    return outcome
  }

  function hold(number: number, amountFen: number, expiresAt: Instant): string {
    const known = holds.get(number)
    if (known) return known.amountFen === amountFen && known.expiresAt === expiresAt ? 'done' : 'hold_key_reused'
    if (availableFen('bank') < amountFen) return 'overdraft_refused'
    holds.set(number, { amountFen, expiresAt, end: null })
    return 'done'
  }

  function postHeld(number: number, amountFen: number): string {
    const known = holds.get(number)
    if (!known) return 'done'
    const end = `posted ${amountFen}`
    if (known.end !== null) return known.end === end ? 'done' : 'hold_ended'
    if (known.expiresAt <= now) return 'hold_expired'
    if (amountFen > known.amountFen) return 'hold_exceeded'
    known.end = end
    return move('till', 'bank', amountFen)
  }

  function release(number: number): string {
    const known = holds.get(number)
    if (!known) return 'done'
    known.end ??= 'released'
    return known.end === 'released' ? 'done' : 'hold_ended'
  }

  function take(taken: Step): string {
    switch (taken.do) {
      case 'post':
        return post(taken)
      case 'reverse':
        return reverse(taken.key)
      case 'hold':
        return hold(taken.key, taken.amountFen, addMilliseconds(now, taken.minutes * minute))
      case 'post hold':
        return postHeld(taken.key, taken.amountFen)
      case 'release':
        return release(taken.key)
      case 'wait':
        now = addMilliseconds(now, taken.minutes * minute)
        return 'done'
    }
  }
  return { take, debitLessCredit, availableFen }
}
