import { setTimeout as sleep } from 'node:timers/promises'
import { type ConsumerMessages, type JsMsg, jetstream } from '@nats-io/jetstream'
import { type NatsConnection, RequestError } from '@nats-io/transport-node'
import { z } from 'zod'
import { OperatingFailure, sm3 } from '../ground/door.ts'
import { type BrokerAddress, connectToBroker } from './jetstream-connection.ts'
import {
  inboxConsumer,
  inboxStream,
  messageSubject,
  presenceSubject,
  readSubject,
  receiptSubject,
} from './jetstream-names.ts'
import type { Receipt, Receive, Transport } from './transport.ts'

/** One region's way to the others through a NATS JetStream cluster. It is closed by whoever made it. */
export type JetStreamTransport = Transport & { close(): Promise<void> }

/** What a receiver says: its receipt, or that it could not take the message now and will be told again. */
const schemaAnswer = z.enum(['taken', 'refused', 'failed'])
type Answer = z.infer<typeof schemaAnswer>

/** Milliseconds: how long the servers may take to keep a message, how long before asking whether the partner is there, and how long in all. */
const waits = { publish: 5000, beforeAsking: 250, asking: 1000, receipt: 10_000, afterFailure: 2000, afterBreak: 1000 }

/** How many messages one asking is for and how long it stands; where the server's sign of life is missed twice, it ends. */
const pulling = { max_messages: 64, expires: 5000, idle_heartbeat: 1000 }

/**
 * The transport of the region that `address` logs in as. A message rests in the partner's inbox (a replicated stream) until the partner has
 * taken it, however long that is; `taken` and `refused` are the partner's own words, said after its transaction has committed, and never the
 * servers' acknowledgement that they keep the message. Receipts are not kept: where one is lost the sender sends again, the copy takes the
 * place of the one that may still rest, and the partner, who knows the message already, only says `taken` once more.
 */
export function createJetStreamTransport(
  address: BrokerAddress,
  onFailure: (error: unknown) => void = () => {},
): JetStreamTransport {
  const { region } = address
  const broker = connectToBroker(address, onFailure)
  const receipts = waitingReceipts()
  const reception = new Set<Promise<unknown>>()
  void broker.first.then((connection) => connection && hearReceipts(connection, region, receipts, onFailure))

  return {
    async send(to, bytes) {
      const connection = broker.find()
      if (!connection) throw unreachable(to, new Error('no NATS server is reached'))
      // The library sends when it gets round to it; by then the caller may have changed its bytes.
      const copy = Uint8Array.from(bytes)
      if (copy.length > (connection.info?.max_payload ?? Number.POSITIVE_INFINITY)) {
        throw new OperatingFailure('message_too_large', { region: to })
      }
      const id = sm3(copy)
      const awaited = receipts.await(to, id)
      try {
        await publish(connection, messageSubject({ to, from: region, id }), copy).catch((error: unknown) => {
          throw unreachable(to, error)
        })
        return receiptOf(to, await Promise.race([awaited.answer, untilHopeless(connection, to, awaited.isOpen)]))
      } finally {
        awaited.end()
      }
    },
    listen(listening, receive) {
      const stopped = new AbortController()
      void broker.first.then(async (connection) => {
        if (!connection || stopped.signal.aborted) return
        const presence = connection.subscribe(presenceSubject(listening), {
          callback: (_, asked) => {
            asked?.respond()
          },
        })
        stopped.signal.addEventListener('abort', () => presence.unsubscribe())
        const take = (message: JsMsg) => {
          const taking = takeMessage(connection, listening, receive, message).catch(onFailure)
          reception.add(taking)
          void taking.finally(() => reception.delete(taking))
        }
        await consume(connection, listening, take, stopped.signal, onFailure)
      })
      return () => stopped.abort()
    },
    async close() {
      await Promise.all(reception)
      await broker.close()
    },
  }
}

type WaitingReceipts = ReturnType<typeof waitingReceipts>

/** Who waits for which partner's answer about which message. */
function waitingReceipts() {
  const waiting = new Map<string, Set<(answer: Answer) => void>>()
  return {
    await(partner: string, id: string) {
      const key = `${partner} ${id}`
      const { promise, resolve } = Promise.withResolvers<Answer>()
      const those = waiting.get(key) ?? new Set()
      waiting.set(key, those.add(resolve))
      return {
        answer: promise,
        isOpen: () => those.has(resolve),
        end() {
          those.delete(resolve)
          if (those.size === 0) waiting.delete(key)
        },
      }
    },
    give(partner: string, id: string, answer: Answer) {
      for (const resolve of waiting.get(`${partner} ${id}`) ?? []) resolve(answer)
    },
  }
}

function hearReceipts(
  connection: NatsConnection,
  region: string,
  receipts: WaitingReceipts,
  onFailure: (error: unknown) => void,
): void {
  connection.subscribe(receiptSubject({ to: region, from: '*', id: '*' }), {
    callback(error, message) {
      if (error) return onFailure(error)
      const { from, id } = readSubject(message.subject)
      const answer = schemaAnswer.safeParse(message.string())
      if (answer.success) receipts.give(from, id, answer.data)
      else onFailure(new Error(`region ${from} answered what is no receipt`))
    },
  })
}

/** Answers once the servers keep the message. */
async function publish(connection: NatsConnection, subject: string, bytes: Uint8Array): Promise<void> {
  await jetstream(connection).publish(subject, bytes, { timeout: waits.publish })
}

/** Comes to its end when nobody listens on the partner's side, or no answer came in all the time there is. */
async function untilHopeless(connection: NatsConnection, to: string, isOpen: () => boolean): Promise<never> {
  await sleep(waits.beforeAsking)
  for (let waited = waits.beforeAsking; isOpen() && waited < waits.receipt; waited += waits.asking) {
    await requirePresence(connection, to)
    await sleep(waits.asking)
  }
  throw unreachable(to, new Error('the partner listens, and has not answered'))
}

async function requirePresence(connection: NatsConnection, to: string): Promise<void> {
  try {
    await connection.request(presenceSubject(to), undefined, { timeout: waits.asking })
  } catch (error) {
    // Silence may be a server that is just being replaced; that nobody listens is certain.
    if (error instanceof RequestError && error.isNoResponders()) throw unreachable(to, error)
  }
}

function receiptOf(partner: string, answer: Answer): Receipt {
  if (answer === 'failed') throw new OperatingFailure('partner_failed', { region: partner })
  return answer
}

function unreachable(region: string, cause: unknown): OperatingFailure {
  return new OperatingFailure('partner_unreachable', { region }, { cause })
}

/** Takes what comes into the inbox until it is stopped, through every loss of servers: each asking is new, and none outlives its server long. */
async function consume(
  connection: NatsConnection,
  region: string,
  take: (message: JsMsg) => void,
  stopped: AbortSignal,
  onFailure: (error: unknown) => void,
): Promise<void> {
  let asking: ConsumerMessages | undefined
  stopped.addEventListener('abort', () => asking?.stop())
  while (!stopped.aborted && !connection.isDraining()) {
    try {
      const inbox = await jetstream(connection).consumers.get(inboxStream(region), inboxConsumer)
      while (!stopped.aborted) {
        asking = await inbox.fetch(pulling)
        if (stopped.aborted) asking.stop()
        for await (const message of asking) take(message)
      }
    } catch (error) {
      if (!stopped.aborted) onFailure(error)
      await sleep(waits.afterBreak, undefined, { signal: stopped }).catch(() => {})
    }
  }
}

/** Lets the node take a message, tells the sender what became of it, and only then lets the servers forget it. */
async function takeMessage(
  connection: NatsConnection,
  region: string,
  receive: Receive,
  message: JsMsg,
): Promise<void> {
  const { from, id } = readSubject(message.subject)
  const answer = (said: Answer) => connection.publish(receiptSubject({ to: from, from: region, id }), said)
  try {
    answer(await receive(message.data))
    message.ack()
  } catch (error) {
    answer('failed')
    message.nak(waits.afterFailure)
    throw error
  }
}
