import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { natsIsMissing, startTestNats, type TestNats } from './nats.testing.ts'
import { createInProcessTransport, type Receive, type Transport } from './transport.ts'

/** The ways there are, each with what is needed to begin, and what a region holds in its hand. */
type Way = { name: string; missing: string | false; begin(): Promise<Ways> }
type Ways = { transportOf(region: string): Transport; end(): Promise<void> }

const regions = ['320000', '620000', '650000']

const ways: Way[] = [
  {
    name: 'in one process',
    missing: false,
    begin: async () => {
      const transport = createInProcessTransport({ delay: () => 1 })
      return { transportOf: () => transport, end: async () => {} }
    },
  },
  { name: 'NATS JetStream, one server', missing: natsIsMissing, begin: () => beginNats(1) },
  { name: 'NATS JetStream, three servers', missing: natsIsMissing, begin: () => beginNats(3) },
]

async function beginNats(servers: 1 | 3): Promise<Ways> {
  const nats: TestNats = await startTestNats(servers, regions)
  const transports = new Map(regions.map((region) => [region, nats.transportOf(region)]))
  return {
    transportOf: (region) => {
      const transport = transports.get(region)
      if (!transport) throw new Error(`no transport of ${region}`)
      return transport
    },
    end: nats.stop,
  }
}

describe.each(ways)('a transport: $name', ({ missing, begin }) => {
  let way: Ways
  beforeAll(async () => {
    if (missing === false) way = await begin()
  })
  afterAll(() => way?.end())

  const test = (name: string, run: () => Promise<void>) =>
    it(name, async ({ skip }) => {
      if (missing !== false) return skip(missing)
      await run()
    })
  const send = (bytes: Uint8Array) => way.transportOf('650000').send('320000', bytes)
  /** Listens until the test ends; ready once the receiver is heard of, which takes a moment. */
  const listen = async (receive: Receive, region = '320000') => {
    const hello = Uint8Array.of(255)
    const stop = way.transportOf(region).listen(region, async (bytes) => {
      return bytes.length === 1 && bytes[0] === 255 ? 'taken' : receive(bytes)
    })
    onTestFinished(stop)
    const greet = () => way.transportOf('650000').send(region, hello)
    await expect.poll(() => greet().catch(() => 'not yet'), { timeout: 30_000 }).toBe('taken')
    return stop
  }

  test('passes bytes, not objects, and not within the sender’s turn', async () => {
    const received: number[][] = []
    await listen(async (bytes) => {
      received.push([...bytes])
      return 'taken'
    })
    const bytes = Uint8Array.of(1, 2, 3)
    const sending = send(bytes)
    expect(received).toEqual([])
    bytes[0] = 9
    expect(await sending).toBe('taken')
    expect(received).toEqual([[1, 2, 3]])
  })

  test('tells the receiver’s own words: taken, refused', async () => {
    await listen(async ([first]) => (first === 1 ? 'taken' : 'refused'))
    expect(await send(Uint8Array.of(1))).toBe('taken')
    expect(await send(Uint8Array.of(2))).toBe('refused')
    expect(await Promise.all([send(Uint8Array.of(1)), send(Uint8Array.of(2))])).toEqual(['taken', 'refused'])
  })

  test('a partner who fails gives no answer, and may take the same bytes later', async () => {
    let fails = true
    await listen(() => (fails ? Promise.reject(new Error('disk full')) : Promise.resolve('taken')))
    await expect(send(Uint8Array.of(3))).rejects.toMatchObject({ code: 'partner_failed' })
    fails = false
    expect(await send(Uint8Array.of(3))).toBe('taken')
  })

  test('a partner who does not listen, or not any more, is unreachable; once it listens it gets what is sent', async () => {
    const toGansu = (byte: number) => way.transportOf('650000').send('620000', Uint8Array.of(byte))
    const unreachable = { code: 'partner_unreachable', params: { region: '620000' } }
    await expect(toGansu(4)).rejects.toMatchObject(unreachable)
    const received = new Set<number>()
    const receive: Receive = async ([first = 0]) => {
      received.add(first)
      return 'taken'
    }
    const stop = await listen(receive, '620000')
    expect(await toGansu(4)).toBe('taken')
    expect(await toGansu(5)).toBe('taken')
    expect(received).toEqual(new Set([4, 5]))
    stop()
    await expect.poll(() => toGansu(6).catch(({ code }) => code), { timeout: 20_000 }).toBe('partner_unreachable')
  })

  test('many at once, large and small: each gets its own answer', async () => {
    await listen(async (bytes) => (bytes.length % 2 === 0 ? 'taken' : 'refused'))
    const sizes = Array.from({ length: 100 }, (_, index) => index + 2).concat(3_000_000, 3_000_001)
    const receipts = await Promise.all(sizes.map((size) => send(new Uint8Array(size))))
    expect(receipts).toEqual(sizes.map((size) => (size % 2 === 0 ? 'taken' : 'refused')))
  })
})

describe('a transport in one process', () => {
  it('can be cut off by hand', async () => {
    const transport = createInProcessTransport()
    transport.listen('320000', async () => 'refused')
    transport.setReachable('320000', false)
    await expect(transport.send('320000', Uint8Array.of(1))).rejects.toMatchObject({ code: 'partner_unreachable' })
    transport.setReachable('320000', true)
    expect(await transport.send('320000', Uint8Array.of(1))).toBe('refused')
  })
})
