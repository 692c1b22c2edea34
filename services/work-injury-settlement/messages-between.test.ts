import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failedMessages, type Receive, type Transport } from '../../exchange/door.ts'
import {
  admission,
  bankAnswers,
  bill,
  books,
  discharge,
  line,
  longTermInUrumqi,
  look,
  open,
  reconcileMonth,
  sentBatch,
  statusOf,
  take,
} from './journey.testing.ts'
import {
  callRoute,
  fundRegion,
  officer,
  type TestNation,
  testHospital,
  testNation,
  testPerson,
} from './nation.testing.ts'
import { listSettlements } from './settlements.ts'

// What regions say to each other arrives any number of times and in any order; a journey that waits only for what it cannot go on without
// ends the same as one in which everything came once and in order.

type Letter = { to: string; bytes: Uint8Array; isTaken: boolean }

/** A transport that keeps every letter; the test delivers them, again and again. */
function createPostOffice() {
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
  /** Delivers a letter once more. One that cannot be taken now (it came before another) is for later. */
  async function deliver(letter: Letter): Promise<void> {
    const receipt = await receivers
      .get(letter.to)?.(letter.bytes)
      .catch(() => undefined)
    letter.isTaken ||= receipt === 'taken'
  }
  return { transport, letters, deliver }
}

/** Numbers that fast-check draws, one after the other; zeros when they are used up. */
function tapeOf(numbers: readonly number[]): (below: number) => number {
  let next = 0
  return (below) => (numbers[next++] ?? 0) % below
}

/** A nation whose letters travel as a tape of chance says; without a tape once each and in order. */
async function postalNation(numbers?: readonly number[]) {
  const office = createPostOffice()
  const nation = await testNation({ regions: ['000000', '320000', '650000'], transport: office.transport })
  const chance = tapeOf(numbers ?? [])
  const collect = async () => {
    for (const region of nation.regions) await region.exchange.pump()
  }
  const waiting = () => office.letters.filter(({ isTaken }) => !isTaken)

  /** Between two steps: a few letters arrive, old ones among them. In order: all that wait. */
  async function someTime(): Promise<void> {
    await collect()
    if (!numbers) return everything()
    for (let count = chance(4); count > 0 && office.letters.length > 0; count--) {
      const letter = office.letters[chance(office.letters.length)]
      if (letter) await office.deliver(letter)
      await collect()
    }
  }

  /** One letter after the other until `isDone`, in any order. */
  async function until(isDone: () => Promise<boolean>): Promise<void> {
    for (;;) {
      await collect()
      if (await isDone()) return
      const left = waiting()
      const letter = left[numbers ? chance(left.length) : 0]
      if (!letter) throw new Error('nothing is under way any more')
      await office.deliver(letter)
    }
  }

  async function everything(): Promise<void> {
    await until(async () => waiting().length === 0)
  }

  return { nation, someTime, until, everything }
}

type PostalNation = Awaited<ReturnType<typeof postalNation>>

/** A filing, a stay that is settled, undone, settled again, audited with a deduction, paid and cleared; an advance; the filing's end. */
async function journey({ nation, someTime, until, everything }: PostalNation): Promise<unknown> {
  const [hub, home, host] = ['000000', '320000', '650000'].map((code) => nation.region(code)) as Regions
  for (const region of [home, host]) await fundRegion(region, 10_000_000)
  const person = await testPerson(home, '320100')
  const hospital = await testHospital(host, '650100')
  const [nanjing, urumqi] = [
    (role: string) => officer(home, role, '320100'),
    (role: string) => officer(host, role, '650100'),
  ]

  const filing = await open(home, person.actor, 'filing', longTermInUrumqi, { agency: '320100' })
  await take(home, await nanjing('accept'), filing.caseId, 'accept', { outcome: 'accepted' })
  await take(home, await nanjing('review'), filing.caseId, 'review', { outcome: 'approved', opinion: '符合规定' })
  await callRoute(home, await officer(home, 'pay'), '/prepaid', { body: { to: '650000', amountFen: 5_000_000 } })
  await someTime()

  const shown = { kind: 'card', cardNumber: person.cardNumber }
  const { caseId } = await open(host, hospital.office, 'stay', admission('320000', shown))
  await until(async () => (await statusOf(host, caseId)) === 'in_hospital')
  for (const region of nation.regions) region.clock.moveTo('2026-05-31T01:00:00.000Z')
  const settle = async (lines: object[], personFen: number) => {
    await take(host, hospital.office, caseId, 'importBill', { sourceName: 'bill.csv', lines })
    await take(host, hospital.office, caseId, 'previewBill')
    await someTime()
    await take(host, hospital.office, caseId, 'settle', discharge(personFen))
    await someTime()
  }
  await settle(bill, 400_000)
  await take(host, hospital.office, caseId, 'undo', { reason: '录入错误' })
  await someTime()
  await settle([...bill, line('H-ITEM-1', 50_000)], 400_000)
  await reconcileMonth(host, '650100', hospital)
  await take(host, await urumqi('audit'), caseId, 'audit', {
    outcome: 'deduct',
    amountFen: 20_000,
    reason: '超范围用药',
  })
  await take(host, hospital.office, caseId, 'acceptDeduction')
  await someTime()
  await bankAnswers(host, '650100', await sentBatch(host, '650100'))
  await take(home, await nanjing('accept'), filing.caseId, 'end', { reason: 'entitlement_lost' })
  // What the quarter owes is what both sides know at its end.
  await everything()

  for (const region of nation.regions) region.clock.moveTo('2026-07-01T01:00:00.000Z')
  for (const region of [home, host]) for (const { run } of region.parts.clockwork ?? []) await region.run(run)
  const find = (region: typeof home, flow: string, status: string) =>
    region.run(async (work) => (await region.cases.find(work, { flow, status }))[0])
  await until(async () => (await find(hub, 'statement', 'ready')) !== undefined)
  const statement = await find(hub, 'statement', 'ready')
  await take(hub, await officer(hub, 'hub_clerk'), statement?.caseId ?? '', 'issue')
  await until(async () => (await find(home, 'clearing', 'to_pay')) !== undefined)
  const clearing = await find(home, 'clearing', 'to_pay')
  await take(home, await officer(home, 'pay'), clearing?.caseId ?? '', 'pay')
  await someTime()
  await everything()
  return outcome([hub, home, host], caseId)
}

type Regions = [ReturnType<TestNation['region']>, ReturnType<TestNation['region']>, ReturnType<TestNation['region']>]

/** What must be the same however the letters travelled: books, settlements, where every case stands, the claims that stand. */
async function outcome(regions: Regions, stayId: string) {
  const host = regions[2]
  const { state } = await look(host, host.flows.stay, stayId)
  const perRegion = await Promise.all(
    regions.map((region) =>
      region.run(async (work) => {
        const cases = await region.cases.find(work, { limit: 100 })
        const settlements = [
          ...(await listSettlements(work, { side: 'home' })),
          ...(await listSettlements(work, { side: 'host' })),
        ]
        return {
          failed: await failedMessages(work),
          cases: cases
            .filter(({ status }) => status !== 'cancelled')
            .map(({ flow, status }) => `${flow} ${status}`)
            .sort(),
          claims: cases
            .filter(({ flow, status }) => flow === 'claim' && status !== 'cancelled')
            .map(({ summary }) => summary.totalFen),
          settlements: settlements.map((row) => [
            row.side,
            row.revision,
            row.state,
            row.fund_fen,
            row.deducted_fen,
            row.cleared_fen,
          ]),
        }
      }),
    ),
  )
  const { fundFen, deductedFen, home } = state.settlement ?? {}
  return { perRegion, books: await Promise.all(regions.map(books)), settlement: { fundFen, deductedFen, home } }
}

async function travelled(numbers?: readonly number[]): Promise<unknown> {
  const postal = await postalNation(numbers)
  try {
    return await journey(postal)
  } finally {
    await postal.nation.close()
  }
}

describe('messages delivered 0..n times, in any order, and then all', () => {
  it('end in the same books, settlements, cases and claims as once and in order', async () => {
    const expected = await travelled()
    expect(expected).toMatchObject({
      settlement: { fundFen: 3_650_000, deductedFen: 20_000, home: 'booked' },
      perRegion: [{ failed: [], cases: ['statement issued'] }, { failed: [], claims: [60_000] }, { failed: [] }],
      books: [
        {},
        { benefit_expense: 3_630_000, fiscal_special_account: 1_370_000 },
        { fiscal_special_account: 15_000_000 },
      ],
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 150, maxLength: 150 }), async (numbers) => {
        expect(await travelled(numbers)).toEqual(expected)
      }),
      { numRuns: 5, seed: 20_260_511, endOnFailure: true },
    )
  }, 120_000)
})
