import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInProcessTransport, failedMessages, messagesAbout } from './door.ts'
import { type ClubNode, clubNodes, once, scoresOf, tellScore } from './testing.ts'

// A crash at each named point that sending, delivering and taking a message reach, one after the other, on either side.

let faults = (_point: string): void => {}
let nanjing: ClubNode
let urumqi: ClubNode
beforeAll(async () => {
  const transport = createInProcessTransport()
  const [first, second] = await clubNodes(['320000', '650000'], transport, (point) => faults(point))
  if (!first || !second) throw new Error('two nodes expected')
  nanjing = first
  urumqi = second
  transport.listen('650000', urumqi.exchange.receive)
})
afterAll(() => Promise.all([nanjing.close(), urumqi.close()]))

/** Runs `action` with a crash at the n-th point it reaches; returns that point's name, or undefined where it reached fewer. */
async function crashingAt(place: number, action: () => Promise<unknown>): Promise<string | undefined> {
  let reached = 0
  let crashedAt: string | undefined
  faults = (point) => {
    reached += 1
    if (reached !== place) return
    crashedAt = point
    throw new Error(`crash at ${point}`)
  }
  // What the crash leaves behind is what is asked for afterwards, not the error.
  await action().catch(() => {})
  faults = () => {}
  return crashedAt
}

/** Sends and delivers a message with a crash at each place in turn, then everything once more without; `after` looks at what is there. */
async function crashEverywhere(
  name: string,
  after: (match: string, point: string) => Promise<void>,
): Promise<string[]> {
  const points: string[] = []
  for (let place = 1; ; place++) {
    const match = `${name} ${place}`
    const point = await crashingAt(place, async () => {
      await tellScore(nanjing, '650000', match)
      await nanjing.exchange.pump()
    })
    nanjing.clock.advance(1000)
    await nanjing.exchange.pump()
    if (point === undefined) return points
    points.push(point)
    await after(match, point)
  }
}

const pathOfSuccess = [
  'exchange.message-sent',
  'work.before-commit',
  'work.after-commit',
  'exchange.claim.before-commit',
  'exchange.claim.after-commit',
  'exchange.receive.verified',
  'exchange.receive.recorded',
  'exchange.receive.handled',
  'exchange.receive.before-commit',
  'exchange.receive.after-commit',
  'exchange.deliver.sent',
  'exchange.acknowledge.before-commit',
  'exchange.acknowledge.after-commit',
]

const beforeSending = ['exchange.message-sent', 'work.before-commit']

describe('a crash at any point', () => {
  it('E-09: leaves a message with no effect before it is sent, and with exactly one after', async () => {
    const points = await crashEverywhere('handled', async (match, point) => {
      const sent = !beforeSending.includes(point)
      const states = (await once(nanjing, (work) => messagesAbout(work, match))).map(({ state }) => state)
      expect(states, point).toEqual(sent ? ['delivered'] : [])
      expect((await scoresOf(urumqi))[match], point).toBe(sent ? 1 : undefined)
    })
    expect(points).toEqual(pathOfSuccess)
  })

  it('of taking a message that fails leaves it failed once, and a retry that crashes leaves it to be retried', async () => {
    urumqi.trouble.refuse = true
    const points = await crashEverywhere('failed', async (match, point) => {
      const received = await once(urumqi, (work) => messagesAbout(work, match))
      expect(
        received.map(({ state }) => state),
        point,
      ).toEqual(beforeSending.includes(point) ? [] : ['failed'])
    })
    expect(points).toContain('exchange.receive-failed.before-commit')
    expect(points).toContain('exchange.receive-failed.after-commit')
    urumqi.trouble.refuse = false

    for (const { id, partner } of await once(urumqi, failedMessages)) {
      const retry = () => once(urumqi, (work) => urumqi.exchange.retryFailed(work, { from: partner, id }))
      expect(await crashingAt(1, retry)).toBe('work.before-commit')
      expect(await once(urumqi, failedMessages)).toContainEqual(expect.objectContaining({ id }))
      await retry()
    }
    expect(await once(urumqi, failedMessages)).toEqual([])
    const noted = Object.entries(await scoresOf(urumqi)).filter(([match]) => match.startsWith('failed'))
    expect(noted.length).toBe(points.length - beforeSending.length + 1)
    expect(noted.every(([, count]) => count === 1)).toBe(true)
  })
})
