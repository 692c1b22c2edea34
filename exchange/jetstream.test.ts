import { setTimeout as sleep } from 'node:timers/promises'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection, nkeyAuthenticator } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { prepareInboxes } from './jetstream-inboxes.ts'
import { makeExchangeLogin } from './jetstream-login.ts'
import { answerPrefix, inboxConsumer, inboxStream, messageSubject, receiptSubject } from './jetstream-names.ts'
import { createJetStreamTransport } from './jetstream-transport.ts'
import { natsIsMissing, startTestNats, type TestNats } from './nats.testing.ts'

const [jiangsu, gansu, xinjiang] = ['320000', '620000', '650000'] as const
const regions = [jiangsu, gansu, xinjiang]

let nats: TestNats
beforeAll(async () => {
  if (natsIsMissing === false) nats = await startTestNats(3, regions)
})
afterAll(() => nats?.stop())

const test = (name: string, run: () => Promise<void>) =>
  it(name, async ({ skip }) => {
    if (natsIsMissing !== false) return skip(natsIsMissing)
    await run()
  }, 200_000)

/** A connection past the transport, for what only a defect or an attacker would do. */
function connectAs(seed: string, region: string): Promise<NatsConnection> {
  const authenticator = nkeyAuthenticator(new TextEncoder().encode(seed))
  return connect({ servers: [...nats.servers], authenticator, reconnect: false, inboxPrefix: answerPrefix(region) })
}

async function restingIn(region: string): Promise<number> {
  const connection = await connectAs(nats.operatorSeed, jiangsu)
  const { state } = await (await jetstreamManager(connection)).streams.info(inboxStream(region))
  await connection.close()
  return state.messages
}

/** Every byte that a region was told, once it listens. */
function noting(region: string) {
  const noted: number[] = []
  const transport = nats.transportOf(region)
  const stop = transport.listen(region, async ([first = 0]) => {
    noted.push(first)
    return 'taken'
  })
  return { noted, stop, transport }
}

const send = (from: { send(to: string, bytes: Uint8Array): Promise<string> }, to: string, byte: number) =>
  from.send(to, Uint8Array.of(byte)).catch(({ code }) => String(code))

describe('a partner who is away', () => {
  test('finds what was said to it in its inbox, also when the sender is gone meanwhile; of each message one copy rests', async () => {
    const sender = nats.transportOf(xinjiang)
    await expect.poll(() => send(sender, gansu, 1).then(() => restingIn(gansu)), { timeout: 30_000 }).toBe(1)
    for (const byte of [1, 2, 1, 3, 2, 1]) expect(await send(sender, gansu, byte)).toBe('partner_unreachable')
    expect(await restingIn(gansu)).toBe(3)
    await sender.close()
    const { noted, stop } = noting(gansu)
    await expect.poll(() => noted.toSorted(), { timeout: 30_000 }).toEqual([1, 2, 3])
    await expect.poll(() => restingIn(gansu), { timeout: 30_000 }).toBe(0)
    stop()
  })

  test('a receipt that got lost is said again when the message is sent again', async () => {
    const { noted, stop } = noting(gansu)
    const deaf = await connectAs(nats.seedOf(xinjiang), xinjiang)
    await jetstream(deaf).publish(messageSubject({ to: gansu, from: xinjiang, id: idOf(7) }), Uint8Array.of(7))
    await deaf.close()
    await expect.poll(() => noted, { timeout: 30_000 }).toEqual([7])
    const sender = nats.transportOf(xinjiang)
    await expect.poll(() => send(sender, gansu, 7), { timeout: 30_000 }).toBe('taken')
    expect(noted).toEqual([7, 7])
    stop()
  })
})

describe('the servers', () => {
  test('may be lost one at a time, whichever it is', async () => {
    const { noted, stop } = noting(jiangsu)
    const sender = nats.transportOf(xinjiang)
    for (const number of [0, 1, 2]) {
      await nats.kill(number)
      const byte = 10 + number
      await expect.poll(() => send(sender, jiangsu, byte), { timeout: 50_000 }).toBe('taken')
      expect(noted).toContain(byte)
      await nats.startAgain(number)
    }
    stop()
  })

  test('may all be gone: the sender is told at once, nobody needs a restart, and what rested is still there', async () => {
    const sender = nats.transportOf(xinjiang)
    await expect.poll(() => send(sender, gansu, 20).then(() => restingIn(gansu)), { timeout: 30_000 }).toBe(1)
    for (const number of [0, 1, 2]) await nats.kill(number)
    await expect.poll(() => send(sender, gansu, 21), { timeout: 40_000 }).toBe('partner_unreachable')
    const { noted, stop } = noting(gansu)
    await Promise.all([0, 1, 2].map((number) => nats.startAgain(number)))
    await expect.poll(() => noted, { timeout: 60_000 }).toContain(20)
    await expect.poll(() => send(sender, gansu, 22), { timeout: 40_000 }).toBe('taken')
    stop()
  })

  test('are not spoken to in the clear where they were named as tls://', async () => {
    const failures: unknown[] = []
    const servers = nats.servers.map((server) => server.replace('nats:', 'tls:'))
    const address = { servers, region: xinjiang, seed: nats.seedOf(xinjiang) }
    const transport = createJetStreamTransport(address, (error) => failures.push(error))
    await expect.poll(() => failures.map(String).join(), { timeout: 30_000 }).toMatch(/does not support 'tls'/)
    expect(await send(transport, jiangsu, 23)).toBe('partner_unreachable')
    await transport.close()
    await expect(prepareInboxes({ servers, operatorSeed: nats.operatorSeed, regions })).rejects.toThrow(/tls/)
  })

  test('take no message beyond their limit: it is told as what it is, and others pass', async () => {
    const { noted, stop } = noting(gansu)
    const sender = nats.transportOf(xinjiang)
    await expect.poll(() => send(sender, gansu, 24), { timeout: 40_000 }).toBe('taken')
    const tooLarge = sender.send(gansu, new Uint8Array(8 * 1024 * 1024 + 1))
    await expect(tooLarge).rejects.toMatchObject({ code: 'message_too_large', params: { region: gansu } })
    expect(await send(sender, gansu, 25)).toBe('taken')
    expect(noted).toEqual(expect.arrayContaining([24, 25]))
    stop()
  })

  test('are prepared as often as one likes; a region is added to those that are there', async () => {
    const { servers, operatorSeed } = nats
    await prepareInboxes({ servers, operatorSeed, regions: [...regions, '110000'] })
    await prepareInboxes({ servers, operatorSeed, regions: [...regions, '110000'] })
    expect(await restingIn('110000')).toBe(0)
  })
})

describe('what was taken while servers were lost', () => {
  test('may still rest on one of them, and is removed when the inboxes are prepared again', async () => {
    const { servers, operatorSeed } = nats
    const { stop } = noting(gansu)
    const sender = nats.transportOf(xinjiang)
    // A server that forgets nothing wrongly ends the tries.
    for (let tries = 0; tries < 3 && (await mostRestingOf(gansu)) === 0; tries++)
      await sendWhileServersAreLost(sender, gansu)
    await prepareInboxes({ servers, operatorSeed, regions: [...regions, '110000'] })
    await expect.poll(() => mostRestingOf(gansu), { timeout: 30_000 }).toBe(0)
    expect(await send(sender, gansu, 26)).toBe('taken')
    stop()
  })
})

async function sendWhileServersAreLost(sender: ReturnType<typeof nats.transportOf>, to: string): Promise<void> {
  const load = new AbortController()
  const senders = Array.from({ length: 16 }, async (_, first) => {
    for (let number = 0; !load.signal.aborted; number++) {
      const bytes = Uint8Array.of(first, number >> 8, number)
      while ((await sender.send(to, bytes).catch(() => 'failed')) !== 'taken') await sleep(100)
    }
  })
  for (const number of [0, 1, 2, 0, 1, 2]) {
    await nats.kill(number)
    await sleep(500)
    await nats.startAgain(number)
    await sleep(1000)
  }
  load.abort()
  await Promise.all(senders)
  // What was acknowledged last is forgotten.
  await sleep(2000)
}

const schemaStreams = z.object({
  account_details: z.array(
    z.object({ stream_detail: z.array(z.object({ name: z.string(), state: z.object({ messages: z.int() }) })) }),
  ),
})

/** How many messages rest on the server that has most, by what each says of its own. */
async function mostRestingOf(region: string): Promise<number> {
  const counts = await Promise.all(
    nats.monitors.map(async (monitor) => {
      const answer = schemaStreams.parse(await (await fetch(`${monitor}/jsz?streams=true`)).json())
      const streams = answer.account_details.flatMap(({ stream_detail }) => stream_detail)
      return streams.find(({ name }) => name === inboxStream(region))?.state.messages ?? 0
    }),
  )
  return Math.max(...counts)
}

describe('a region', () => {
  test('speaks only in its own name', async () => {
    const connection = await connectAs(nats.seedOf(gansu), gansu)
    const { noted, stop } = noting(jiangsu)
    const publishAs = (from: string) =>
      jetstream(connection)
        .publish(messageSubject({ to: jiangsu, from, id: idOf(30) }), Uint8Array.of(30), { timeout: 1000 })
        .then(
          () => 'kept',
          () => 'not kept',
        )
    expect(await publishAs(xinjiang)).toBe('not kept')
    expect(await publishAs(gansu)).toBe('kept')
    await expect.poll(() => noted, { timeout: 30_000 }).toEqual([30])
    stop()
    await connection.close()
  })

  test('cannot answer for another, read another’s inbox, nor make or remove a stream', async () => {
    const connection = await connectAs(nats.seedOf(gansu), gansu)
    const refusals: string[] = []
    const listening = (async () => {
      for await (const status of connection.status()) if (status.type === 'error') refusals.push(status.error.message)
    })()
    const inbox = inboxStream(jiangsu)
    connection.publish(receiptSubject({ to: xinjiang, from: jiangsu, id: idOf(1) }), 'taken')
    connection.subscribe(receiptSubject({ to: jiangsu, from: '*', id: '*' }), { callback: () => {} })
    connection.subscribe(messageSubject({ to: jiangsu, from: '*', id: '*' }), { callback: () => {} })
    connection.subscribe(`${answerPrefix(jiangsu)}.>`, { callback: () => {} })
    connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${inbox}.${inboxConsumer}`, '1')
    connection.publish(`$JS.API.STREAM.MSG.GET.${inbox}`, '{"seq":1}')
    connection.publish(`$JS.API.STREAM.DELETE.${inbox}`)
    connection.publish('$JS.API.STREAM.CREATE.MINE', '{"name":"MINE"}')
    await connection.flush()
    await expect.poll(() => refusals.length, { timeout: 30_000 }).toBe(8)
    expect(refusals.every((text) => /Permissions Violation/i.test(text))).toBe(true)
    await connection.close()
    await listening
  })

  test('that the servers do not know is not let in', async () => {
    await expect(connectAs(makeExchangeLogin().seed, gansu)).rejects.toThrow(/Authorization/i)
  })
})

/** Any id will do that looks like one. */
function idOf(number: number): string {
  return number.toString(16).padStart(64, '0')
}
