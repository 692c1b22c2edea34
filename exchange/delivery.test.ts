import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { inTransaction, seededRandom } from '../ground/door.ts'
import { backOffMilliseconds } from './delivery.ts'
import {
  createInProcessTransport,
  exchangeStatus,
  messagesAbout,
  type Receipt,
  sendMessage,
  type Transport,
} from './door.ts'
import { bytesOf, type ClubNode, clubNodes, once, scoresOf, tellScore } from './testing.ts'

const transport = createInProcessTransport()
/** The bytes that Nanjing and Urumqi have sent, whether they arrived or not. */
const sent: Uint8Array[] = []
const noting: Transport = {
  ...transport,
  send(to, bytes) {
    sent.push(bytes)
    return transport.send(to, bytes)
  },
}
const minutes = 60_000
let nanjing: ClubNode
let urumqi: ClubNode
beforeAll(async () => {
  const [first, second] = await clubNodes(['320000', '650000'], noting)
  if (!first || !second) throw new Error('two nodes expected')
  nanjing = first
  urumqi = second
  transport.listen('650000', urumqi.exchange.receive)
})
afterAll(() => Promise.all([nanjing.close(), urumqi.close()]))

describe('a message', () => {
  it('E-08: delivered any number of times, in any order and at once, has one effect', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat(3), { maxLength: 4 }), { maxLength: 5 }), async (rounds) => {
        const matches = [0, 1, 2, 3].map((number) => `run ${run}, match ${number}`)
        run += 1
        const ids = await Promise.all(matches.map((match) => tellScore(nanjing, '650000', match)))
        // Signed, and not there yet.
        transport.setReachable('650000', false)
        await nanjing.exchange.pump()
        transport.setReachable('650000', true)
        const copies = await Promise.all(ids.map((id) => bytesOf(nanjing, id)))
        for (const round of rounds) {
          const deliveries = round.map((number) => urumqi.exchange.receive(copies[number] ?? new Uint8Array()))
          expect(await Promise.all(deliveries)).toEqual(round.map(() => 'taken'))
        }
        const seen = await scoresOf(urumqi)
        matches.forEach((match, number) => {
          expect(seen[match], match).toBe(rounds.flat().includes(number) ? 1 : undefined)
        })
        nanjing.clock.advance(1000)
        await nanjing.exchange.pump()
        const after = await scoresOf(urumqi)
        for (const match of matches) expect(after[match], match).toBe(1)
      }),
      { numRuns: 25, seed: 20_260_511 },
    )
  })

  it('is not there when the work that sent it is rolled back', async () => {
    const sending = once(nanjing, async (work) => {
      await sendMessage(work, { to: '650000', kind: 'club.score', version: 1, body: {}, about: 'rolled back' })
      throw new Error('second thoughts')
    })
    await expect(sending).rejects.toThrow('second thoughts')
    expect(await once(nanjing, (work) => messagesAbout(work, 'rolled back'))).toEqual([])
  })

  it('is sent by the node, whoever caused it', async () => {
    const actor = { kind: 'person', userId: idOf(1), personId: idOf(2) } as const
    const body = { match: 'by a person', points: 1 }
    await inTransaction(nanjing, actor, (work) =>
      sendMessage(work, { to: '650000', kind: 'club.score', version: 1, body }),
    )
    expect(await nanjing.exchange.pump()).toBe(1)
    expect(await scoresOf(urumqi)).toMatchObject({ 'by a person': 1 })
  })

  it('is shown with its case on both sides', async () => {
    const id = await tellScore(nanjing, '650000', 'shown')
    const sent = { id, direction: 'sent', partner: '650000', kind: 'club.score', about: 'shown' }
    const waiting = await once(nanjing, (work) => messagesAbout(work, 'shown'))
    expect(waiting).toMatchObject([{ ...sent, state: 'waiting', stateAt: null, attempts: 0 }])
    await nanjing.exchange.pump()
    const delivered = await once(nanjing, (work) => messagesAbout(work, 'shown'))
    expect(delivered).toMatchObject([{ ...sent, state: 'delivered', stateAt: nanjing.clock.now(), attempts: 1 }])
    const received = await once(urumqi, (work) => messagesAbout(work, 'shown'))
    expect(received).toMatchObject([{ ...sent, direction: 'received', partner: '320000', state: 'done' }])
    expect(received[0]?.sentAt).toBe(delivered[0]?.sentAt)
  })
})

describe('a partner who is away', () => {
  it('gets everything once it is back, and nothing is tried before its time', async () => {
    transport.setReachable('650000', false)
    for (const number of [1, 2, 3]) await tellScore(nanjing, '650000', `while away ${number}`)
    const sentAt = nanjing.clock.now()
    expect(await nanjing.exchange.pump()).toBe(0)
    const status = await once(nanjing, exchangeStatus)
    expect(status).toMatchObject({ waiting: 3, oldestWaitingAt: sentAt })
    expect(status.byPartner).toMatchObject([{ region: '650000', waiting: 3 }])

    transport.setReachable('650000', true)
    expect(await nanjing.exchange.pump()).toBe(0)
    nanjing.clock.advance(1000)
    expect(await nanjing.exchange.pump()).toBe(3)
    expect(await scoresOf(urumqi)).toMatchObject({ 'while away 1': 1, 'while away 2': 1, 'while away 3': 1 })
    expect(await once(nanjing, exchangeStatus)).toMatchObject({ waiting: 0, oldestWaitingAt: null, byPartner: [] })
  })

  it('for days: the first message through calls the others that wait', async () => {
    transport.setReachable('650000', false)
    for (const number of [1, 2, 3, 4, 5]) await tellScore(nanjing, '650000', `for days ${number}`)
    for (let attempt = 0; attempt < 12; attempt++) {
      await nanjing.exchange.pump()
      nanjing.clock.advance(5 * minutes)
    }
    await nanjing.exchange.pump()
    transport.setReachable('650000', true)
    expect(await nanjing.exchange.pump()).toBe(0)
    await tellScore(nanjing, '650000', 'for days 6')
    expect(await nanjing.exchange.pump()).toBe(6)
    expect(await scoresOf(urumqi)).toMatchObject({ 'for days 1': 1, 'for days 5': 1, 'for days 6': 1 })
  })

  it('for days: what it says itself calls all that waits for it', async () => {
    transport.setReachable('650000', false)
    for (const number of [1, 2, 3]) await tellScore(nanjing, '650000', `until it speaks ${number}`)
    for (let attempt = 0; attempt < 12; attempt++) {
      await nanjing.exchange.pump()
      nanjing.clock.advance(5 * minutes)
    }
    await nanjing.exchange.pump()
    transport.setReachable('650000', true)
    expect(await nanjing.exchange.pump()).toBe(0)
    const stopListening = transport.listen('320000', nanjing.exchange.receive)
    await tellScore(urumqi, '320000', 'I am back')
    // What it says, and its receipts for what it took in the tests before.
    expect(await urumqi.exchange.pump()).toBe(2)
    stopListening()
    // Its three messages, and the receipt for what it said.
    expect(await nanjing.exchange.pump()).toBe(4)
    expect(await scoresOf(urumqi)).toMatchObject({ 'until it speaks 1': 1, 'until it speaks 3': 1 })
  })

  it('in the middle of many messages: no more of them are tried than were under way', async () => {
    const matches = Array.from({ length: 200 }, (_, number) => `many ${number}`)
    for (const match of matches) await tellScore(nanjing, '650000', match)
    const stopListening = transport.listen('650000', async () => {
      transport.setReachable('650000', false)
      return 'taken'
    })
    sent.length = 0
    expect(await nanjing.exchange.pump()).toBe(1)
    // The first, those together with it, and what the first one's answer called: one more try.
    expect(sent.length).toBe(1 + 128 + 1)
    stopListening()
    transport.listen('650000', urumqi.exchange.receive)
    transport.setReachable('650000', true)
    nanjing.clock.advance(2000)
    expect(await nanjing.exchange.pump()).toBe(199)
  })

  it('E-05: gets the very bytes that did not arrive before', async () => {
    transport.setReachable('650000', false)
    await tellScore(nanjing, '650000', 'the same bytes')
    sent.length = 0
    await nanjing.exchange.pump()
    transport.setReachable('650000', true)
    nanjing.clock.advance(1000)
    expect(await nanjing.exchange.pump()).toBe(1)
    const [before, after] = sent
    expect(sent).toHaveLength(2)
    expect(after).toEqual(before)
  })

  it('does not keep others waiting', async () => {
    await tellScore(nanjing, '620000', 'to nobody')
    await tellScore(nanjing, '650000', 'to somebody')
    expect(await nanjing.exchange.pump()).toBe(1)
    expect(await once(nanjing, (work) => messagesAbout(work, 'to nobody'))).toMatchObject([
      { state: 'waiting', attempts: 1, code: 'partner_unreachable', params: { region: '620000' } },
    ])
  })
})

describe('back-off', () => {
  it.each([
    [1, 500, 1000],
    [2, 1000, 2000],
    [9, 128_000, 256_000],
    [10, 150_000, 300_000],
    [1000, 150_000, 300_000],
  ])('after attempt %i: from %i to %i ms', (attempts, least, most) => {
    const random = seededRandom('back-off')
    const waits = Array.from({ length: 200 }, () => backOffMilliseconds(attempts, random))
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(least)
    expect(Math.max(...waits)).toBeLessThanOrEqual(most)
    expect(new Set(waits).size).toBeGreaterThan(50)
  })
})

describe('in the background', () => {
  it('delivers when woken and ends with stop', async () => {
    nanjing.exchange.start()
    await tellScore(nanjing, '650000', 'woken')
    nanjing.exchange.wake()
    await vi.waitFor(async () => expect(await scoresOf(urumqi)).toMatchObject({ woken: 1 }), { interval: 20 })
    await nanjing.exchange.stop()
    await tellScore(nanjing, '650000', 'after stop')
    nanjing.exchange.wake()
    const { byPartner } = await once(nanjing, exchangeStatus)
    expect(byPartner.find(({ region }) => region === '650000')).toMatchObject({ waiting: 1 })
  })

  it('a partner that is there and does not answer keeps nobody waiting', async () => {
    const silence = Promise.withResolvers<Receipt>()
    const stopListening = transport.listen('620000', () => silence.promise)
    await tellScore(nanjing, '620000', 'into silence')
    nanjing.exchange.start()
    const stateOf = async () => (await once(nanjing, (work) => messagesAbout(work, 'into silence')))[0]
    await vi.waitFor(async () => expect(await stateOf()).toMatchObject({ attempts: 1 }))
    await tellScore(nanjing, '650000', 'meanwhile')
    await vi.waitFor(async () => expect(await scoresOf(urumqi)).toMatchObject({ meanwhile: 1 }), { timeout: 5000 })
    expect(await stateOf()).toMatchObject({ state: 'waiting', attempts: 1 })
    silence.resolve('taken')
    await nanjing.exchange.stop()
    expect(await stateOf()).toMatchObject({ state: 'delivered', attempts: 1 })
    stopListening()
  })

  it('answers a message as soon as it has been taken', async () => {
    // No tick comes.
    const ticks = vi.spyOn(globalThis, 'setInterval').mockImplementation(() => setTimeout(() => {}, 0))
    nanjing.exchange.start()
    urumqi.exchange.start()
    // Urumqi has introduced itself to a hub that is not there, and has nothing to do any more.
    const failures = sql<{ count: number }>`SELECT count(last_failure)::int AS count FROM exchange.delivery`
    const failed = async () => (await once(urumqi, (work) => failures.execute(work.db))).rows[0]?.count
    await expect.poll(failed, { interval: 20, timeout: 5000 }).toBeGreaterThan(0)
    await sleep(200)
    const id = await tellScore(nanjing, '650000', 'answered')
    nanjing.exchange.wake()
    const receipt = sql<{ id: string | null }>`SELECT receipt_id AS id FROM exchange.delivery WHERE message_id = ${id}`
    const receiptId = async () => (await once(nanjing, (work) => receipt.execute(work.db))).rows[0]?.id
    await expect.poll(receiptId, { interval: 20, timeout: 5000 }).toEqual(expect.any(String))
    await nanjing.exchange.stop()
    await urumqi.exchange.stop()
    ticks.mockRestore()
    transport.listen('650000', urumqi.exchange.receive)
  })

  it('looks again after whoever it left out while they were being served', async () => {
    const ticks = vi.spyOn(globalThis, 'setInterval').mockImplementation(() => setTimeout(() => {}, 0))
    const answer = Promise.withResolvers<void>()
    let heard = 0
    transport.listen('650000', async () => {
      heard += 1
      await answer.promise
      return 'taken'
    })
    nanjing.exchange.start()
    const hears = (count: number) => expect.poll(() => heard, { interval: 20, timeout: 3000 }).toBe(count)
    await sleep(200)
    await tellScore(nanjing, '650000', 'slowly answered')
    nanjing.exchange.wake()
    await hears(1)
    // Two rounds may be under way to one partner: this one goes out when it looks.
    await tellScore(nanjing, '650000', 'slowly answered too')
    await hears(2)
    await tellScore(nanjing, '650000', 'said meanwhile')
    // Longer than it waits before it looks after the others.
    await sleep(1300)
    expect(heard).toBe(2)
    answer.resolve()
    await hears(3)
    await nanjing.exchange.stop()
    ticks.mockRestore()
    transport.listen('650000', urumqi.exchange.receive)
  })

  it('delivers within the second without being woken', async () => {
    nanjing.exchange.start()
    await tellScore(nanjing, '650000', 'not woken')
    await vi.waitFor(async () => expect(await scoresOf(urumqi)).toMatchObject({ 'not woken': 1 }), { timeout: 3000 })
    await nanjing.exchange.stop()
  })
})

function idOf(number: number): string {
  return `00000000-0000-7000-8000-00000000000${number}`
}

describe('a backlog of more than a round', () => {
  it('is given all its receipts by one delivery', async () => {
    for (let match = 0; match < 501; match++) await tellScore(nanjing, '650000', `received ${match}`)
    await nanjing.exchange.pump()
    const missing = sql<{ count: number }>`
      SELECT count(*)::int AS count FROM exchange.handling WHERE receipt_wanted AND receipt_id IS NULL`
    const missingCount = async () => (await once(urumqi, (work) => missing.execute(work.db))).rows[0]?.count
    expect(await missingCount()).toBeGreaterThan(500)
    await urumqi.exchange.pump()
    expect(await missingCount()).toBe(0)
  })

  it('goes on with the next round while the last messages of the one before are not answered', async () => {
    const count = 501
    for (let match = 0; match < count; match++) await tellScore(nanjing, '620000', `backlog ${match}`)
    const rest = Promise.withResolvers<void>()
    const seen = new Set<string>()
    transport.listen('620000', async (bytes) => {
      seen.add(String(bytes))
      if (seen.size === count) rest.resolve()
      // The last of the first round hears nothing before the next round has begun.
      if (seen.size >= 500) await rest.promise
      return 'taken'
    })
    expect(await nanjing.exchange.pump()).toBe(count)
    expect(seen.size).toBe(count)
  })
})
