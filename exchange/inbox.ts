import {
  BadInput,
  inTransaction,
  type MessageParams,
  must,
  type Node,
  parseInput,
  Refusal,
  sm3,
  systemActor,
  type Work,
} from '../ground/door.ts'
import { type Envelope, type KeyOf, openEnvelope, type RefusalReason, readEnvelope } from './envelope.ts'
import { findEvidence, type MessageKey } from './evidence.ts'
import type { MessageHandler } from './handler.ts'
import { asNode, exchangeTables } from './tables.ts'
import type { Receipt } from './transport.ts'

/** What a node needs to take messages. */
export type Inbox = { node: Node; keyOf: KeyOf; handlers: readonly MessageHandler[] }

/**
 * Takes wire bytes: the message's row and its handler's effect are one transaction, so a message delivered any number of times has one
 * effect. What is not truly from a known region to this one is recorded and refused. Rejects where it cannot be taken now.
 */
export async function receiveMessage(inbox: Inbox, bytes: Uint8Array): Promise<Receipt> {
  const { node } = inbox
  const opened = openEnvelope(bytes, node.region, inbox.keyOf)
  if (!opened.ok) {
    const refuse = (work: Work) => recordRefused(work, bytes, opened)
    return inTransaction(node, systemActor, refuse, 'exchange.refuse')
  }
  const { envelope } = opened
  await node.faults('exchange.receive.verified')
  try {
    const take = (work: Work) => takeMessage(work, envelope, bytes, () => handle(work, inbox, envelope))
    return await inTransaction(node, systemActor, take, 'exchange.receive')
  } catch (error) {
    const failure = failureOf(error)
    if (!failure) throw error
    const takeFailed = (work: Work) => takeMessage(work, envelope, bytes, async () => failure)
    return inTransaction(node, systemActor, takeFailed, 'exchange.receive-failed')
  }
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
    await handle(part, inbox, readEnvelope(bytes))
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

async function takeMessage(
  work: Work,
  envelope: Envelope,
  bytes: Uint8Array,
  outcome: () => Promise<Failure | undefined>,
): Promise<Receipt> {
  const tables = exchangeTables(work)
  const key = { from_region: envelope.from, message_id: envelope.id }
  const bytesSm3 = sm3(bytes)
  const taken = await tables
    .insertInto('exchange.inbox')
    .values({
      ...key,
      kind: envelope.kind,
      version: envelope.version,
      about: envelope.about ?? null,
      sent_at: envelope.sentAt,
      taken_at: work.now,
      bytes_sm3: bytesSm3,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('message_id')
    .executeTakeFirst()
  if (!taken) return takenBefore(work, envelope, bytes, bytesSm3)
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
    })
    .execute()
  return 'taken'
}

/** The same message again is taken without effect; another one under the same id is refused. */
async function takenBefore(work: Work, envelope: Envelope, bytes: Uint8Array, bytesSm3: string): Promise<Receipt> {
  const known = await exchangeTables(work)
    .selectFrom('exchange.inbox')
    .select('bytes_sm3')
    .where('from_region', '=', envelope.from)
    .where('message_id', '=', envelope.id)
    .executeTakeFirstOrThrow()
  if (known.bytes_sm3 === bytesSm3) return 'taken'
  return recordRefused(work, bytes, { reason: 'id_reused', claimedFrom: envelope.from })
}

async function recordRefused(
  work: Work,
  bytes: Uint8Array,
  { reason, claimedFrom }: { reason: RefusalReason; claimedFrom: string | null },
): Promise<Receipt> {
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

async function handle(work: Work, { handlers }: Inbox, envelope: Envelope): Promise<undefined> {
  const { id, from, kind, version, sentAt, about = null } = envelope
  const handler = handlers.find((candidate) => candidate.kind === kind && candidate.version === version)
  // A partner may run a newer release: the message waits as failed until this node knows the kind.
  if (!handler) throw new Refusal('message_kind_unknown', { params: { kind, version } })
  const body = parseInput(handler.schema, envelope.body, 'body')
  await handler.handle(work, { id, from, sentAt, about, body })
}

function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Refusal) return { code: error.code, params: error.params }
  if (error instanceof BadInput) return { code: error.code, params: { problems: error.message } }
  return undefined
}
