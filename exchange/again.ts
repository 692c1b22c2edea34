import { z } from 'zod'
import {
  type Instant,
  inTransaction,
  type Node,
  Refusal,
  schemaInstant,
  systemActor,
  type Work,
} from '../ground/door.ts'
import { defineHandler, type MessageHandler } from './handler.ts'
import { findNewestDirectory, type KeyStore } from './key-store.ts'
import { openMessage } from './opening.ts'
import { sendMessage } from './outbox.ts'
import { asNode, exchangeTables } from './tables.ts'
import type { Wire } from './wire.ts'

/** A region that was restored to an earlier moment asks its partners for what it has forgotten: what they said to it, and what it said to them. */
const askKind = 'exchange.again.ask'
/** A partner gives a restored region its own signed words back. What the partner itself said comes as it came before. */
const giveKind = 'exchange.again.give'

const schemaAsk = z.strictObject({ since: schemaInstant })
const schemaGive = z.strictObject({ messages: z.array(z.base64()).min(1) })

/** How many messages are given back in one. */
const givenMax = 50

/**
 * Asks every region that this node knows for all that went between them since a moment: after a restore, a little before the moment restored to.
 * Returns whom it asked.
 */
export function askAgain(work: Work, since: Instant): Promise<string[]> {
  return asNode(work, async (part) => {
    const partners = await partnersOf(part)
    for (const to of partners) await sendMessage(part, { to, kind: askKind, version: 1, body: { since } })
    return partners
  })
}

async function partnersOf(work: Work): Promise<string[]> {
  const tables = exchangeTables(work)
  const sent = await tables.selectFrom('exchange.outbox').select('to_region as region').distinct().execute()
  const heard = await tables.selectFrom('exchange.inbox').select('from_region as region').distinct().execute()
  const listed = (await findNewestDirectory(work))?.directory.regions ?? []
  const regions = new Set([...sent, ...heard, ...listed].map(({ region }) => region))
  return [...regions].filter((region) => region !== work.node.region).sort()
}

/** What every node does when a partner was restored, and when it was restored itself. */
export function againHandlers(node: Node, keys: KeyStore, handlers: readonly MessageHandler[]): MessageHandler[] {
  return [
    defineHandler({
      kind: askKind,
      version: 1,
      schema: schemaAsk,
      async handle(work, { from, body: { since } }) {
        await deliverAgain(work, from, since)
        await giveBack(work, from, since)
      },
    }),
    defineHandler({
      kind: giveKind,
      version: 1,
      schema: schemaGive,
      async handle(work, { from, body }) {
        const ring = keys.ring() ?? (await inTransaction(node, systemActor, keys.refresh, 'exchange.keys'))
        for (const message of body.messages) {
          const bytes = Buffer.from(message, 'base64')
          const opened = openMessage(bytes, { ...keys, region: from, ring, now: work.now })
          if (!opened.ok || opened.wire.envelope.from !== work.node.region) {
            throw new Refusal('message_not_ours', { params: { region: from } })
          }
          await remember(work, handlers, opened.wire, bytes)
        }
      },
    }),
  ]
}

/** What was delivered to a region since then is delivered once more, in the order in which it was said. */
async function deliverAgain(work: Work, to: string, since: Instant): Promise<void> {
  await exchangeTables(work)
    .updateTable('exchange.delivery as delivery')
    .from('exchange.outbox as outbox')
    .set({ state: 'waiting', attempts: 0, next_attempt_at: work.now, ended_at: null, last_failure: null })
    .whereRef('outbox.message_id', '=', 'delivery.message_id')
    .where('delivery.to_region', '=', to)
    .where('delivery.state', '<>', 'waiting')
    .where('outbox.sent_at', '>=', since)
    .execute()
}

async function giveBack(work: Work, to: string, since: Instant): Promise<void> {
  const heard = await exchangeTables(work)
    .selectFrom('exchange.inbox as inbox')
    .innerJoin('exchange.evidence as evidence', (join) =>
      join
        .onRef('evidence.from_region', '=', 'inbox.from_region')
        .onRef('evidence.message_id', '=', 'inbox.message_id'),
    )
    .select('evidence.bytes')
    .where('inbox.from_region', '=', to)
    .where('inbox.sent_at', '>=', since)
    .where('inbox.kind', 'not in', [askKind, giveKind])
    .orderBy('inbox.sent_at')
    .orderBy('inbox.message_id')
    .execute()
  const texts = heard.map(({ bytes }) => Buffer.from(bytes).toString('base64'))
  for (let start = 0; start < texts.length; start += givenMax) {
    const messages = texts.slice(start, start + givenMax)
    await sendMessage(work, { to, kind: giveKind, version: 1, body: { messages } })
  }
}

/** Keeps a message of this node's own that it has forgotten, and lets its kind draw the consequences; one that it knows changes nothing. */
async function remember(
  work: Work,
  handlers: readonly MessageHandler[],
  { envelope, envelopeSm3 }: Wire,
  bytes: Uint8Array,
): Promise<void> {
  const { id, from, to, kind, bodyVersion: version, sentAt, about = null, replyTo = null, body } = envelope
  const tables = exchangeTables(work)
  const forgotten = await tables
    .insertInto('exchange.outbox')
    .values({
      message_id: id,
      to_region: to,
      kind,
      version,
      about,
      reply_to: replyTo,
      sent_at: sentAt,
      envelope_sm3: envelopeSm3,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('message_id')
    .executeTakeFirst()
  if (!forgotten) return
  await tables.insertInto('exchange.evidence').values({ from_region: from, message_id: id, bytes }).execute()
  const delivered = { state: 'delivered', attempts: 1, next_attempt_at: work.now, ended_at: work.now } as const
  await tables
    .insertInto('exchange.delivery')
    .values({ message_id: id, to_region: to, ...delivered })
    .execute()
  await work.reach('exchange.remembered')
  const handler = handlers.find((candidate) => candidate.kind === kind && candidate.version === version)
  await handler?.recover?.(work, { id, to, sentAt, about, body: handler.schema.parse(body) })
}
