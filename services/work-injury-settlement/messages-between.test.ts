import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testNation } from './nation.testing.ts'
import { createPostOffice } from './post-office.testing.ts'
import { type Way, wholeJourney } from './whole-journey.testing.ts'

// What regions say to each other arrives any number of times and in any order; a journey that waits only for what it cannot go on without
// ends the same as one in which everything came once and in order.

/** The journey with letters that travel as the numbers say; without numbers once each and in order. */
async function travel(numbers?: readonly number[]): Promise<unknown> {
  const office = createPostOffice()
  const nation = await testNation({ regions: ['000000', '320000', '650000'], transport: office.transport })
  let [next, keys] = [0, 0]
  /** One of so many, as the numbers say; the first when they are used up. */
  const choose = (below: number) => (numbers?.[next++] ?? 0) % below

  async function collect(): Promise<void> {
    for (const region of nation.regions) await region.exchange.pump()
  }

  const way: Way = {
    act: (name, _, action) => action(`${name} ${++keys}`),
    async someTime() {
      await collect()
      if (!numbers) return way.everything()
      // Old letters are among those that arrive; one that came before another that it needs is for later.
      for (let count = choose(4); count > 0 && office.letters.length > 0; count--) {
        const letter = office.letters[choose(office.letters.length)]
        if (letter) await office.deliver(letter).catch(() => {})
        await collect()
      }
    },
    async until(isDone) {
      for (await collect(); !(await isDone()); await collect()) {
        const waiting = office.waiting()
        const letter = waiting[choose(waiting.length)]
        if (!letter) throw new Error('nothing is under way any more')
        await office.deliver(letter).catch(() => {})
      }
    },
    everything: () => way.until(async () => office.waiting().length === 0),
  }
  try {
    return await wholeJourney(nation, way)
  } finally {
    await nation.close()
  }
}

describe('messages delivered 0..n times, in any order, and then all', () => {
  it('S-01, S-02: end in the same books, settlements, cases and claims as once and in order', async () => {
    const expected = await travel()
    expect(expected).toMatchObject({
      settlement: { fundFen: 3_650_000, deductedFen: 40_000, home: 'booked' },
      regions: [
        { failed: [], cases: ['statement issued'], books: {} },
        { failed: [], claims: [60_000], books: { benefit_expense: 3_670_000, fiscal_special_account: 1_330_000 } },
        { failed: [], books: { fiscal_special_account: 14_990_000, 'receivable_from_hospital:body': 10_000 } },
      ],
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 200, maxLength: 200 }), async (numbers) => {
        expect(await travel(numbers)).toEqual(expected)
      }),
      { numRuns: 4, seed: 20_260_511, endOnFailure: true },
    )
  }, 300_000)
})
