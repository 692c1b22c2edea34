import {
  BadInput,
  inTransaction,
  must,
  type Node,
  OperatingFailure,
  parseInput,
  Refusal,
  systemActor,
  type Work,
} from '../ground/door.ts'
import { raiseAlert } from './alert.ts'
import { findEvidence, type MessageKey } from './evidence.ts'
import type { MessageHandler } from './handler.ts'
import type { KeyRing } from './key-ring.ts'
import type { KeyStore } from './key-store.ts'
import { type OpenedMessage, openMessage } from './opening.ts'
import { recordRefused } from './refused.ts'
import { asNode, exchangeTables } from './tables.ts'
import { type Failure, type Message, type Pace, takeMessages } from './taking.ts'
import { takingTogether } from './taking-together.ts'
import type { Receipt, Receive } from './transport.ts'
import { getWire, type Wire } from './wire.ts'

/** What a node needs to take messages. */
export type Inbox = { node: Node; keys: KeyStore; handlers: readonly MessageHandler[] }

/**
 * Takes wire bytes: the message's row and its handler's effect are one transaction, so a message delivered any number of times has one
 * effect. Messages that come in while others are being taken share the next transaction. What is not truly from a known region to this one is
 * recorded, refused and raises an alert. Rejects where it cannot be taken now.
 */
export function receivingMessages(inbox: Inbox): Receive {
  const { node } = inbox
  const take = takingTogether((messages, pace) => takeTransaction(inbox, messages, pace), isApartIn(inbox))
  return async (bytes) => {
    const opened = await open(inbox, bytes)
    if (!opened.ok) return refuse(inbox, bytes, opened)
    await node.faults('exchange.receive.verified')
    return take({ wire: opened.wire, bytes })
  }
}

async function takeTransaction(inbox: Inbox, messages: readonly Message[], pace: Pace): Promise<Receipt[]> {
  const { node } = inbox
  const isApart = isApartIn(inbox)
  try {
    const take = (work: Work) =>
      takeMessages(work, messages, { handle: (part, wire) => handle(part, inbox, wire), isApart }, pace)
    return await inTransaction(node, systemActor, take, 'exchange.receive')
  } catch (error) {
    const failure = failureOf(error)
    // Which of several failed is seen when each is taken by itself.
    if (!failure || messages.length > 1) throw error
    const takeFailed = (work: Work) => takeMessages(work, messages, { handle: async () => failure, isApart })
    return inTransaction(node, systemActor, takeFailed, 'exchange.receive-failed')
  }
}

/** A message that is unknown by the keys this process has seen may be known by those that the node has heard of since. */
async function open({ node, keys }: Inbox, bytes: Uint8Array): Promise<OpenedMessage> {
  const { region } = node
  const openWith = (ring: KeyRing) => openMessage(bytes, { ...keys, region, ring, now: node.clock.now() })
  const ring = keys.ring()
  const opened = ring && openWith(ring)
  if (opened && (opened.ok || !mendedByNews.has(opened.reason))) return opened
  return openWith(await inTransaction(node, systemActor, keys.refresh, 'exchange.keys'))
}

const mendedByNews: ReadonlySet<string> = new Set(['unknown_sender', 'wrong_signer', 'directory_behind'])

async function refuse(
  { node, keys }: Inbox,
  bytes: Uint8Array,
  { reason, claimedFrom }: Extract<OpenedMessage, { ok: false }>,
): Promise<Receipt> {
  const partner = claimedFrom !== null && keys.ring()?.knows(claimedFrom) ? claimedFrom : null
  if (reason !== 'directory_behind') {
    const record = (work: Work) => recordRefused(work, bytes, { reason, claimedFrom, partner })
    return inTransaction(node, systemActor, record, 'exchange.refuse')
  }
  await inTransaction(node, systemActor, (work) => raiseAlert(work, reason, partner), 'exchange.refuse')
  throw new OperatingFailure('directory_behind', { region: keys.hub })
}

/**
 * Handles a failed message again within a person's or the system's work. Throws what its handler throws, and then nothing has changed;
 * `Refusal` `message_not_failed` where there is nothing to retry.
 */
export async function retryMessage(work: Work, inbox: Inbox, key: MessageKey): Promise<void> {
  await asNode(work, async (part) => {
    const tables = exchangeTables(part)
    const failed = await tables
      .selectFrom('exchange.handling')
      .select('state')
      .where('from_region', '=', key.from)
      .where('message_id', '=', key.id)
      .where('state', '=', 'failed')
      .forUpdate()
      .executeTakeFirst()
    if (!failed) throw new Refusal('message_not_failed', { params: { messageId: key.id, from: key.from } })
    const bytes = must(await findEvidence(part, key), `evidence of message ${key.id}`)
    await handle(part, inbox, getWire(bytes))
    await tables
      .updateTable('exchange.handling')
      .set({ state: 'done', code: null, params: null, handled_at: part.now })
      .where('from_region', '=', key.from)
      .where('message_id', '=', key.id)
      .execute()
  })
}

/** Whether a message's handler lets it go on beside others; see `MessageHandler.apart`. */
function isApartIn(inbox: Inbox): (wire: Wire) => boolean {
  return (wire) => handlerOf(inbox, wire)?.apart ?? false
}

function handlerOf({ handlers }: Inbox, { envelope }: Wire): MessageHandler | undefined {
  return handlers.find(({ kind, version }) => kind === envelope.kind && version === envelope.bodyVersion)
}

async function handle(work: Work, inbox: Inbox, wire: Wire): Promise<undefined> {
  const { envelope, signer } = wire
  const { id, from, kind, bodyVersion: version, sentAt, about = null, replyTo = null } = envelope
  const handler = handlerOf(inbox, wire)
  // A partner may run a newer release: the message waits as failed until this node knows the kind.
  if (!handler) throw new Refusal('message_kind_unknown', { params: { kind, version } })
  const body = parseInput(handler.schema, envelope.body, 'body')
  await handler.handle(work, { id, from, signer, sentAt, about, replyTo, body })
}

function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Refusal) return { code: error.code, params: error.params }
  if (error instanceof BadInput) return { code: error.code, params: { problems: error.message } }
  return undefined
}
