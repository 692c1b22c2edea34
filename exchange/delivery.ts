import { sql } from 'kysely'
import {
  addMilliseconds,
  type Id,
  inTransaction,
  must,
  type Node,
  OperatingFailure,
  type Random,
  randomBelow,
  systemActor,
  type Work,
} from '../ground/door.ts'
import { raiseAlert } from './alert.ts'
import { introductionKind } from './introduction.ts'
import { issueDirectory } from './key-change.ts'
import type { KeyRing } from './key-ring.ts'
import type { KeyStore } from './key-store.ts'
import { giveReceipts } from './receipts.ts'
import { signDrafts } from './signing.ts'
import { exchangeTables } from './tables.ts'
import type { Receipt, Transport } from './transport.ts'

/** How many messages make a round, and how many of them are under way to one partner at once. */
const batchSize = 500
const sentTogether = 64

/**
 * Delivers what is due now, partner by partner, and returns how many messages were acknowledged. A message that goes out for the first time is
 * signed with the others of its round, and an attempt is recorded with the time of the next one, before anything is sent: a crash at any point
 * only means that the same bytes are sent again.
 */
export async function deliverDue(node: Node, transport: Transport, keys: KeyStore): Promise<number> {
  let delivered = 0
  for (;;) {
    const due = await inTransaction(node, systemActor, (work) => claimDue(work, keys), 'exchange.claim')
    if (due.length === 0) return delivered
    const partners = Map.groupBy(due, ({ to }) => to)
    const deliveries = [...partners.values()].map((messages) => deliverToPartner(node, transport, messages))
    // All partners come to their end before a failure of the node itself is passed on.
    for (const outcome of await Promise.allSettled(deliveries)) {
      if (outcome.status === 'rejected') throw outcome.reason
      delivered += outcome.value
    }
  }
}

/** Milliseconds to wait after the given number of attempts: 1 s doubling to 5 min, the half of it random, so that many senders spread out. */
export function backOffMilliseconds(attempts: number, random: Random): number {
  const full = Math.min(1000 * 2 ** (attempts - 1), 300_000)
  return full / 2 + randomBelow(random, full / 2 + 1)
}

type DueMessage = { id: Id; to: string; bytes: Uint8Array; attempts: number }

type Attempt = { message: DueMessage; receipt?: Receipt; failure?: string }

async function claimDue(work: Work, keys: KeyStore): Promise<DueMessage[]> {
  const ring = await keys.refresh(work)
  await giveReceipts(work)
  if (work.node.region === keys.hub) await issueDirectory(work, ring.signingPair(work.now))
  const due = await selectDue(work, ring)
  const drafts = due.flatMap(({ id, to, draft }) => (draft === null ? [] : [{ id, to, text: draft }]))
  const signed = signDrafts(work.node, ring, drafts, work.now)
  await keepSigned(work, due, signed)
  await recordClaim(work, due)
  return due.map(({ id, to, bytes, attempts }) => ({
    id,
    to,
    bytes: must(signed.get(id) ?? bytes, `the bytes of message ${id}`),
    attempts: attempts + 1,
  }))
}

/** What is due; where the node has lost its key, only what introduces the next one. */
function selectDue(work: Work, ring: KeyRing) {
  return exchangeTables(work)
    .selectFrom('exchange.delivery as delivery')
    .innerJoin('exchange.outbox as outbox', 'outbox.message_id', 'delivery.message_id')
    .leftJoin('exchange.draft as draft', 'draft.message_id', 'delivery.message_id')
    .leftJoin('exchange.evidence as evidence', (join) =>
      join
        .onRef('evidence.message_id', '=', 'delivery.message_id')
        .onRef('evidence.signed_no', '=', 'delivery.signed_no')
        .on('evidence.from_region', '=', work.node.region),
    )
    .select([
      'outbox.message_id as id',
      'outbox.to_region as to',
      'draft.envelope as draft',
      'evidence.bytes',
      'delivery.attempts',
      'delivery.signed_no as signedNo',
    ])
    .$if(!ring.canSign, (query) => query.where('outbox.kind', '=', introductionKind))
    .where('delivery.state', '=', 'waiting')
    .where('delivery.next_attempt_at', '<=', work.now)
    .orderBy('delivery.next_attempt_at')
    .orderBy('outbox.seq')
    .limit(batchSize)
    .forUpdate('delivery')
    .skipLocked()
    .execute()
}

async function keepSigned(
  work: Work,
  due: readonly { id: Id; signedNo: number }[],
  signed: ReadonlyMap<Id, Uint8Array>,
): Promise<void> {
  const rows = due.flatMap(({ id: message_id, signedNo: signed_no }) => {
    const bytes = signed.get(message_id)
    return bytes ? [{ from_region: work.node.region, message_id, signed_no, bytes }] : []
  })
  if (rows.length > 0) await exchangeTables(work).insertInto('exchange.evidence').values(rows).execute()
}

async function recordClaim(work: Work, due: readonly { id: Id; attempts: number }[]): Promise<void> {
  const nextAttempts = due.map(({ attempts }) =>
    addMilliseconds(work.now, backOffMilliseconds(attempts + 1, work.node.random)),
  )
  await sql`
    UPDATE exchange.delivery SET attempts = attempts + 1, next_attempt_at = claimed.next_attempt_at
    FROM unnest(${due.map(({ id }) => id)}::uuid[], ${nextAttempts}::timestamptz[]) AS claimed (id, next_attempt_at)
    WHERE message_id = claimed.id`.execute(work.db)
}

async function deliverToPartner(node: Node, transport: Transport, messages: readonly DueMessage[]): Promise<number> {
  const attempts = await attemptAll(node, transport, messages)
  await inTransaction(node, systemActor, (work) => recordAttempts(work, attempts), 'exchange.acknowledge')
  return attempts.filter(({ receipt }) => receipt === 'taken').length
}

/** One message shows whether the partner is there; then the others go, many at a time. Where it is not, they would not arrive either. */
async function attemptAll(node: Node, transport: Transport, messages: readonly DueMessage[]): Promise<Attempt[]> {
  const [first, ...others] = messages
  if (!first) return []
  const attempt = await attemptOnce(node, transport, first)
  const { failure } = attempt
  if (failure === 'partner_unreachable') return [attempt, ...others.map((message) => ({ message, failure }))]
  const attempts = [attempt]
  for (let place = 0; place < others.length; place += sentTogether) {
    const these = others.slice(place, place + sentTogether)
    // All come to their end before a failure of the node itself is passed on.
    const outcomes = await Promise.allSettled(these.map((message) => attemptOnce(node, transport, message)))
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') throw outcome.reason
      attempts.push(outcome.value)
    }
  }
  return attempts
}

async function attemptOnce(node: Node, transport: Transport, message: DueMessage): Promise<Attempt> {
  const attempt: Attempt = await transport.send(message.to, message.bytes).then(
    (receipt) => ({ message, receipt }),
    (error: unknown) => ({ message, failure: error instanceof OperatingFailure ? error.code : String(error) }),
  )
  await node.faults('exchange.deliver.sent')
  return attempt
}

async function recordAttempts(work: Work, attempts: readonly Attempt[]): Promise<void> {
  const column = <Value>(read: (attempt: Attempt) => Value) => attempts.map(read)
  await sql`
    UPDATE exchange.delivery AS d SET state = coalesce(attempt.state, d.state), last_failure = attempt.failure,
      ended_at = CASE WHEN attempt.state IS NULL THEN d.ended_at ELSE ${work.now} END
    FROM unnest(
      ${column(({ message }) => message.id)}::uuid[],
      ${column(({ receipt }) => receipt && endStates[receipt])}::text[],
      ${column(({ failure }) => failure)}::text[]
    ) AS attempt (id, state, failure)
    WHERE d.message_id = attempt.id AND (attempt.state IS NOT NULL OR d.state = 'waiting')`.execute(work.db)
  const refused = attempts.find(({ receipt }) => receipt === 'refused')
  if (refused) await raiseAlert(work, 'refused_by_partner', refused.message.to)
  const answered = attempts.find(({ receipt }) => receipt)
  if (answered) await hasten(work, answered.message.to)
}

const endStates = { taken: 'delivered', refused: 'refused' } as const

/** The partner is there: what could not reach it before is due now. */
async function hasten(work: Work, region: string): Promise<void> {
  await exchangeTables(work)
    .updateTable('exchange.delivery')
    .set({ next_attempt_at: work.now })
    .where('to_region', '=', region)
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '>', work.now)
    .where('last_failure', '=', 'partner_unreachable')
    .execute()
}
