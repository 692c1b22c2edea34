import { sql } from 'kysely'
import {
  addMilliseconds,
  builtOnce,
  type Given,
  type Id,
  type MessageParams,
  must,
  type Node,
  sendAhead,
  sideBySide,
  type Work,
} from '../ground/door.ts'
import { hasten } from './delivery.ts'
import { findEvidence, type MessageKey } from './evidence.ts'
import { keepEvidence } from './evidence-keeping.ts'
import { receiptKind } from './receipts.ts'
import { recordRefused } from './refused.ts'
import { exchangeTables } from './tables.ts'
import type { Receipt } from './transport.ts'
import { getWire, type Wire } from './wire.ts'

const inboxColumns = sql.raw('from_region, message_id, kind, version, about, reply_to, sent_at, taken_at, envelope_sm3')
const handlingColumns = sql.raw('from_region, message_id, state, code, params, handled_at, receipt_wanted')

/** A message whose signature holds. */
export type Message = { wire: Wire; bytes: Uint8Array }

/** Why a message could be taken but not handled. */
export type Failure = { code: string; params: MessageParams }

/**
 * How messages of one transaction keep pace with those of the one before: `before` is kept once those have been handled, `recorded` and `handled` say how far
 * these are. May be said again.
 */
export type Pace = { before: Promise<void>; recorded(): void; handled(): void }

/** How new messages are handled; the answer of `handle` says whether one failed. `isApart`: as its handler says (`MessageHandler.apart`). */
export type Handling = { handle(work: Work, wire: Wire): Promise<Failure | undefined>; isApart(wire: Wire): boolean }

/**
 * Takes messages within a work: what is new is recorded, kept as evidence and handled; what was taken before has no effect. Receipts in the order of
 * the messages.
 */
export async function takeMessages(
  work: Work,
  messages: readonly Message[],
  handling: Handling,
  pace?: Pace,
): Promise<Receipt[]> {
  const recorded = await recordNew(work, messages)
  await work.reach('exchange.receive.recorded')
  pace?.recorded()
  await pace?.before
  // The same message twice among these: the second was taken before.
  const fresh = new Set(messages.filter(({ wire }) => recorded.delete(keyText(wire.envelope))))
  const outcomes = await handleAll(
    work,
    [...fresh].map(({ wire }) => wire),
    handling,
  )
  const receipts: Receipt[] = []
  for (const message of messages) receipts.push(fresh.has(message) ? 'taken' : await takenBefore(work, message))
  if (outcomes.length > 0) await recordOutcomes(work, outcomes)
  for (const region of new Set(outcomes.map(({ wire }) => wire.envelope.from))) await hasten(work, region)
  pace?.handled()
  return receipts
}

type Handled = { wire: Wire; failure: Failure | undefined }

/** Handles messages in their order; a stretch of those that are apart at once, by what they are about. */
async function handleAll(work: Work, wires: readonly Wire[], { handle, isApart }: Handling): Promise<Handled[]> {
  const handled: Handled[] = []
  const one = async (part: Work, wire: Wire) => void handled.push({ wire, failure: await handle(part, wire) })
  let stretch: Wire[] = []
  const endStretch = async () => {
    const byThing = Map.groupBy(stretch, ({ envelope }) => envelope.about)
    stretch = []
    await sideBySide(work, [...byThing.values()], async (part, same) => {
      for (const wire of same) await one(part, wire)
    })
  }
  for (const wire of wires) {
    if (isApart(wire) && wire.envelope.about !== undefined) stretch.push(wire)
    else {
      await endStretch()
      await one(work, wire)
    }
  }
  await endStretch()
  return handled
}

function keyText({ from, id }: { from: string; id: string }): string {
  return `${from} ${id}`
}

/** Records those that were not taken before, and returns which they are. */
async function recordNew(work: Work, messages: readonly Message[]): Promise<Set<string>> {
  const rows = messages.map(({ wire: { envelope, envelopeSm3 } }) => ({
    from_region: envelope.from,
    message_id: envelope.id,
    kind: envelope.kind,
    version: envelope.bodyVersion,
    about: envelope.about ?? null,
    reply_to: envelope.replyTo ?? null,
    sent_at: envelope.sentAt,
    taken_at: work.now,
    envelope_sm3: envelopeSm3,
  }))
  const inserted = await work.db.executeQuery(takenIn({ rows: JSON.stringify(rows) }))
  const recorded = new Set(inserted.rows.map(keyText))
  const evidence = messages
    .filter(({ wire }) => recorded.has(keyText(wire.envelope)))
    // A message to itself has its evidence from sending.
    .map(({ wire: { envelope }, bytes }) => ({
      from_region: envelope.from,
      message_id: envelope.id,
      signed_no: 1,
      bytes,
    }))
  await keepEvidence(work, evidence, 'unlessKept')
  return recorded
}

// However many there are, PostgreSQL has one text to read and plan.
const takenIn = builtOnce(
  (_, given: Given<{ rows: string }>) => sql<{ from: string; id: Id }>`
    INSERT INTO exchange.inbox (${inboxColumns})
    SELECT ${inboxColumns} FROM json_populate_recordset(NULL::exchange.inbox, ${given('rows')}::json)
    ON CONFLICT DO NOTHING RETURNING from_region AS "from", message_id AS id`,
)

async function recordOutcomes(work: Work, outcomes: readonly Handled[]): Promise<void> {
  await work.reach('exchange.receive.handled')
  const rows = outcomes.map(({ wire, failure }) => ({
    from_region: wire.envelope.from,
    message_id: wire.envelope.id,
    state: failure ? ('failed' as const) : ('done' as const),
    code: failure?.code ?? null,
    params: failure?.params ?? null,
    handled_at: work.now,
    receipt_wanted: isReceiptWanted(work.node, wire),
  }))
  await sendAhead(work.db, handledNow({ rows: JSON.stringify(rows) }))
}

const handledNow = builtOnce(
  (_, given: Given<{ rows: string }>) => sql`
    INSERT INTO exchange.handling (${handlingColumns})
    SELECT ${handlingColumns} FROM json_populate_recordset(NULL::exchange.handling, ${given('rows')}::json)`,
)

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
  const knownSm3 = known.envelopeSm3 ?? (await keptWire(work, { from, id })).envelopeSm3
  const refused = { claimedFrom: from, partner: from }
  if (knownSm3 !== wire.envelopeSm3) return recordRefused(work, bytes, { ...refused, reason: 'id_reused' })
  const { receiptEndedAt } = known
  if (receiptEndedAt !== null && addMilliseconds(receiptEndedAt, replayMilliseconds) < work.now) {
    await recordRefused(work, bytes, { ...refused, reason: 'replayed' })
  }
  return 'taken'
}

async function keptWire(work: Work, key: MessageKey): Promise<Wire> {
  return getWire(must(await findEvidence(work, key), `evidence of message ${key.id}`))
}
