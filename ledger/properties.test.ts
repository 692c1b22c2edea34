import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMilliseconds, type Instant, Refusal, type Work } from '../ground/door.ts'
import type { TestNode } from '../ground/testing.ts'
import {
  type AccountRef,
  type Books,
  balanceOf,
  cashBook,
  correctTransfer,
  findHold,
  findTransferByKey,
  keepBooks,
  placeHold,
  postHold,
  postLinked,
  postTransfer,
  releaseHold,
  reverseTransfer,
  trialBalance,
  verifyLedger,
} from './door.ts'
import { clubBooks, clubTransfer, ledgerNode, once } from './testing.ts'

// Any sequence of steps, taken by the ledger and predicted by a model of its own that knows nothing but arithmetic.

type Place = 'bank' | 'till' | 'dues' | 'lessons' | 'payable_to_coach'
type Post = { do: 'post'; key: number; debit: Place; credit: Place; amountFen: number }
type Leg = Pick<Post, 'debit' | 'credit' | 'amountFen'>
type Step =
  | Post
  | { do: 'reverse'; key: number }
  | { do: 'correct'; key: number; part: number; amountFen: number }
  | { do: 'link'; key: number; first: Leg; second: Leg }
  | { do: 'hold'; key: number; amountFen: number; minutes: number }
  | { do: 'post hold'; key: number; amountFen: number }
  | { do: 'release'; key: number }
  | { do: 'wait'; minutes: number }
  | { do: 'clockwork' }

const places: Place[] = ['bank', 'till', 'dues', 'lessons', 'payable_to_coach']
const minute = 60_000

const place = fc.constantFrom(...places)
const key = fc.nat(3)
const amountFen = fc.integer({ min: 1, max: 300 })
const minutes = fc.integer({ min: 1, max: 60 })
const leg = fc.record({ debit: place, credit: place, amountFen })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('post'), key: fc.nat(9), debit: place, credit: place, amountFen }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reverse'), key: fc.nat(9) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('correct'),
      key: fc.nat(9),
      part: fc.nat(2),
      amountFen: fc.integer({ min: 1, max: 120 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('link'), key, first: leg, second: leg }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('hold'), key, amountFen, minutes }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('post hold'), key, amountFen }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release'), key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait'), minutes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clockwork') }) },
)

let node: TestNode
let runs = 0
beforeAll(async () => {
  node = await ledgerNode()
})
afterAll(() => node.close())

describe('any sequence of postings, corrections, links and holds', () => {
  it('is refused and booked as arithmetic predicts, and every book balances after it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const books = clubBooks(String(100_000 + ++runs))
        const model = createModel(node.clock.now())
        const past = new Map<Instant, Sums>()
        for (const taken of [funding, ...steps]) {
          const predicted = model.take(taken)
          expect(await takeStep(taken, books), JSON.stringify(taken)).toBe(predicted)
          past.set(node.clock.now(), sumsOf(model))
        }
        await once(node, (work) => requireModel(work, books, model))
        await once(node, (work) => requirePast(work, books, past))
      }),
      { numRuns: 60, seed: 20_260_511 },
    )
    // What all the runs together have left behind is sealed, and nothing is wrong with it.
    await keepBooks(node)
    const verified = await once(node, (work) => verifyLedger(work))
    expect(verified).toMatchObject({ findings: [], waitingCount: 0 })
    expect(verified.transferCount).toBeGreaterThan(runs)
  })
})

type Sums = Record<string, number>

function sumsOf(model: ReturnType<typeof createModel>): Sums {
  return Object.fromEntries(places.map((name) => [name, model.debitLessCredit(name)]))
}

/** The books as they were known at each past moment, whatever was corrected since. */
async function requirePast(work: Work, { agency }: Books, past: ReadonlyMap<Instant, Sums>): Promise<void> {
  for (const [knownAt, sums] of past) {
    const { rows, totals } = await trialBalance(work, { agency, knownAt })
    const known = rows.map(({ name, debitFen, creditFen }) => [name, Number(debitFen - creditFen)])
    const moved = Object.entries(sums).filter(([name, fen]) => fen !== 0 || rows.some((row) => row.name === name))
    expect(Object.fromEntries(known), knownAt).toEqual(Object.fromEntries(moved))
    expect(totals.closingDebitFen).toBe(totals.closingCreditFen)
  }
}

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
  if (taken.do === 'clockwork') await keepBooks(node)
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
    case 'correct': {
      const original = await findTransferByKey(work, `${books.agency} post ${taken.key}`)
      const takeBack = [1, 2].map((no) => ({ no, amountFen: taken.amountFen }))
      const memo = { code: 'undo', params: {} }
      const part = { key: `${books.agency} part ${taken.key} ${taken.part}`, kind: 'undo', on: '2026-05-11', memo }
      return original && correctTransfer(work, { ...part, transferId: original.id, takeBack })
    }
    case 'link': {
      const linkKey = `${books.agency} link ${taken.key}`
      const transfers = [taken.first, taken.second].map(({ debit, credit, amountFen }, index) =>
        clubTransfer(`${linkKey} ${index}`, refOf(debit), refOf(credit), amountFen, { books }),
      )
      return postLinked(work, { key: linkKey, transfers })
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
    case 'clockwork':
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
  const posts = new Map<number, Post & { leftFen: number; undone: boolean; parts: Map<number, number> }>()
  const links = new Map<number, { first: Leg; second: Leg }>()
  const holds = new Map<number, { amountFen: number; expiresAt: Instant; end: string | null }>()

  const debitLessCredit = (name: Place) => sums.get(name) ?? 0
  function availableFen(name: Place): number {
    const open = [...holds.values()].filter(({ end }) => end === null)
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
    if (outcome === 'done')
      posts.set(taken.key, { ...taken, leftFen: taken.amountFen, undone: false, parts: new Map() })
    return outcome
  }

  function reverse(number: number): string {
    const original = posts.get(number)
    if (!original || original.undone) return 'done'
    if (original.leftFen === 0) return 'already_corrected'
    if (original.leftFen < original.amountFen) return 'correction_exceeds'
    return takeBack(original, original.amountFen, () => {
      original.undone = true
    })
  }

  function correct(number: number, part: number, amountFen: number): string {
    const original = posts.get(number)
    if (!original) return 'done'
    const earlier = original.parts.get(part)
    if (earlier !== undefined) return earlier === amountFen ? 'done' : 'transfer_key_reused'
    if (original.leftFen === 0) return 'already_corrected'
    if (amountFen > original.leftFen) return 'correction_exceeds'
    return takeBack(original, amountFen, () => original.parts.set(part, amountFen))
  }

  function takeBack(original: Leg & { leftFen: number }, amountFen: number, note: () => void): string {
    const outcome = move(original.credit, original.debit, amountFen)
    if (outcome === 'done') {
      original.leftFen -= amountFen
      note()
    }
    return outcome
  }

  function link(number: number, first: Leg, second: Leg): string {
    const known = links.get(number)
    if (known) return isDeepStrictEqual(known, { first, second }) ? 'done' : 'link_key_reused'
    const before = new Map(sums)
    for (const { debit, credit, amountFen } of [first, second]) {
      const outcome = move(debit, credit, amountFen)
      if (outcome === 'done') continue
      for (const name of places) sums.set(name, before.get(name) ?? 0)
      return outcome
    }
    links.set(number, { first, second })
    return 'done'
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
    if (known.end === 'expired') return 'hold_expired'
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
    return known.end.startsWith('posted') ? 'hold_ended' : 'done'
  }

  function take(taken: Step): string {
    switch (taken.do) {
      case 'post':
        return post(taken)
      case 'reverse':
        return reverse(taken.key)
      case 'correct':
        return correct(taken.key, taken.part, taken.amountFen)
      case 'link':
        return link(taken.key, taken.first, taken.second)
      case 'hold':
        return hold(taken.key, taken.amountFen, addMilliseconds(now, taken.minutes * minute))
      case 'post hold':
        return postHeld(taken.key, taken.amountFen)
      case 'release':
        return release(taken.key)
      case 'wait':
        now = addMilliseconds(now, taken.minutes * minute)
        return 'done'
      case 'clockwork':
        for (const held of holds.values()) if (held.end === null && held.expiresAt <= now) held.end = 'expired'
        return 'done'
    }
  }
  return { take, debitLessCredit, availableFen }
}
