import {
  addMilliseconds,
  BadInput,
  inTransaction,
  type MessageParams,
  must,
  type Node,
  OperatingFailure,
  parseInput,
  Refusal,
  sm3,
  systemActor,
  type Work,
} from '../ground/door.ts'
import { raiseAlert } from './alert.ts'
import { type Envelope, envelopeSm3 } from './envelope.ts'
import { findEvidence, type MessageKey } from './evidence.ts'
import type { MessageHandler } from './handler.ts'
import type { KeyRing } from './key-ring.ts'
import type { KeyStore } from './key-store.ts'
import { type OpenedMessage, openMessage, type RefusalReason } from './opening.ts'
import { receiptKind } from './receipts.ts'
import { asNode, exchangeTables } from './tables.ts'
import type { Receipt } from './transport.ts'
import { getWire, type Wire } from './wire.ts'

/** What a node needs to take messages. */
export type Inbox = { node: Node; keys: KeyStore; handlers: readonly MessageHandler[] }

/**
 * Takes wire bytes: the message's row and its handler's effect are one transaction, so a message delivered any number of times has one
 * effect. What is not truly from a known region to this one is recorded, refused and raises an alert. Rejects where it cannot be taken now.
 */
export async function receiveMessage(inbox: Inbox, bytes: Uint8Array): Promise<Receipt> {
  const { node } = inbox
  const opened = await open(inbox, bytes)
  if (!opened.ok) return refuse(inbox, bytes, opened)
  const message = { wire: opened.wire, bytes }
  await node.faults('exchange.receive.verified')
  try {
    const take = (work: Work) => takeMessage(work, message, () => handle(work, inbox, message.wire))
    return await inTransaction(node, systemActor, take, 'exchange.receive')
  } catch (error) {
    const failure = failureOf(error)
    if (!failure) throw error
    const takeFailed = (work: Work) => takeMessage(work, message, async () => failure)
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

/** Why a message could be taken but not handled. */
type Failure = { code: string; params: MessageParams }

type Message = { wire: Wire; bytes: Uint8Array }

async function takeMessage(
  work: Work,
  message: Message,
  outcome: () => Promise<Failure | undefined>,
): Promise<Receipt> {
  const { wire, bytes } = message
  const { envelope } = wire
  const tables = exchangeTables(work)
  const key = { from_region: envelope.from, message_id: envelope.id }
  const taken = await tables
    .insertInto('exchange.inbox')
    .values({
      ...key,
      kind: envelope.kind,
      version: envelope.bodyVersion,
      about: envelope.about ?? null,
      reply_to: envelope.replyTo ?? null,
      sent_at: envelope.sentAt,
      taken_at: work.now,
      envelope_sm3: envelopeSm3(envelope),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('message_id')
    .executeTakeFirst()
  if (!taken) return takenBefore(work, message)
  // A message to itself has its evidence from sending.
  const evidence = tables.insertInto('exchange.evidence').values({ ...key, bytes })
  await evidence.onConflict((conflict) => conflict.doNothing()).execute()
  await work.reach('exchange.receive.recorded')
  const failure = await outcome()
  await work.reach('exchange.receive.handled')
  await tables
    .insertInto('exchange.handling')
    .values({
      ...key,
      state: failure ? 'failed' : 'done',
      code: failure?.code ?? null,
      params: failure?.params ?? null,
      handled_at: work.now,
      receipt_wanted: isReceiptWanted(work.node, wire),
    })
    .execute()
  return 'taken'
}

/** The first release knows no receipts; and a receipt for a receipt would have no end. */
function isReceiptWanted({ region }: Node, { version, envelope }: Wire): boolean {
  return version >= 2 && envelope.kind !== receiptKind && envelope.from !== region
}

/** A copy long after the sender has the receipt is not its sending again: somebody plays it back. */
const replayMilliseconds = 86_400_000

/** The same message again is taken without effect, also where it was signed anew; another one under the same id is refused. */
async function takenBefore(work: Work, { wire, bytes }: Message): Promise<Receipt> {
  const { from, id } = wire.envelope
  const known = await exchangeTables(work)
    .selectFrom('exchange.inbox as inbox')
    .leftJoin('exchange.handling as handling', (join) =>
      join
        .onRef('handling.from_region', '=', 'inbox.from_region')
        .onRef('handling.message_id', '=', 'inbox.message_id'),
    )
    .leftJoin('exchange.delivery as receipt', 'receipt.message_id', 'handling.receipt_id')
    .select(['inbox.envelope_sm3 as envelopeSm3', 'receipt.ended_at as receiptEndedAt'])
    .where('inbox.from_region', '=', from)
    .where('inbox.message_id', '=', id)
    .executeTakeFirstOrThrow()
  const knownSm3 = known.envelopeSm3 ?? envelopeSm3(await keptEnvelope(work, { from, id }))
  const refused = { claimedFrom: from, partner: from }
  if (knownSm3 !== envelopeSm3(wire.envelope)) return recordRefused(work, bytes, { ...refused, reason: 'id_reused' })
  const { receiptEndedAt } = known
  if (receiptEndedAt !== null && addMilliseconds(receiptEndedAt, replayMilliseconds) < work.now) {
    await recordRefused(work, bytes, { ...refused, reason: 'replayed' })
  }
  return 'taken'
}

async function keptEnvelope(work: Work, key: MessageKey): Promise<Envelope> {
  return getWire(must(await findEvidence(work, key), `evidence of message ${key.id}`)).envelope
}

/** How many refused messages of one alert are recorded one by one; a flood is only counted. */
const recordedMax = 1000

async function recordRefused(
  work: Work,
  bytes: Uint8Array,
  { reason, claimedFrom, partner }: { reason: RefusalReason; claimedFrom: string | null; partner: string | null },
): Promise<Receipt> {
  if ((await raiseAlert(work, reason, partner)) > recordedMax) return 'refused'
  await exchangeTables(work)
    .insertInto('exchange.refused')
    .values({
      id: work.newId(),
      received_at: work.now,
      reason,
      claimed_from: claimedFrom,
      bytes_sm3: sm3(bytes),
      size_bytes: bytes.length,
    })
    .execute()
  return 'refused'
}

async function handle(work: Work, { handlers }: Inbox, { envelope, signer }: Wire): Promise<undefined> {
  const { id, from, kind, bodyVersion: version, sentAt, about = null, replyTo = null } = envelope
  const handler = handlers.find((candidate) => candidate.kind === kind && candidate.version === version)
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
