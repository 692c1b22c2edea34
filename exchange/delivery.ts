import { setTimeout as sleep } from 'node:timers/promises'
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
  sendAhead,
  systemActor,
  type Work,
} from '../ground/door.ts'
import { raiseAlert } from './alert.ts'
import { keepEvidence } from './evidence-keeping.ts'
import { introductionKind } from './introduction.ts'
import { issueDirectory } from './key-change.ts'
import type { KeyStore } from './key-store.ts'
import { claimReceipts, giveReceipts, receiptsMax } from './receipts.ts'
import { signDrafts } from './signing.ts'
import { exchangeTables } from './tables.ts'
import type { Receipt, Transport } from './transport.ts'

/** How many messages make a round, how many of them are under way to one partner at once, and how many rounds. */
const batchSize = 500
const sentTogether = 128
const roundsMax = 2

/** The code of a failure that the partner, or the way to it, is away. */
const unreachable = 'partner_unreachable'

/**
 * Delivers what is due now, partner by partner, and returns how many messages were acknowledged. A message that goes out for the first time is
 * signed with the others of its round, and an attempt is recorded with the time of the next one, before anything is sent: a crash at any point
 * only means that the same bytes are sent again. Where a round is full more waits, and the next is made as the last of it are on their way. With
 * `lookMilliseconds`, whoever is not being served is looked after that often while a partner takes its time; without, once all have been served. What is
 * said meanwhile is left to the next delivery.
 */
export async function deliverDue(
  node: Node,
  transport: Transport,
  keys: KeyStore,
  lookMilliseconds?: number,
): Promise<number> {
  let delivered = 0
  const failures: unknown[] = []
  const served = new Set<Round>()
  let isMoreDue = false

  function serve(region: string, messages: readonly DueMessage[]): void {
    const sent = Promise.withResolvers<void>()
    const round: Round = { region, messages, isSent: false, sent: sent.promise, ended: Promise.resolve() }
    const markSent = () => {
      round.isSent = true
      sent.resolve()
    }
    round.ended = deliverToPartner(node, transport, messages, markSent)
      .then(
        ({ taken, isMoreDue: isHastened }) => {
          delivered += taken
          isMoreDue ||= isHastened
        },
        (error: unknown) => void failures.push(error),
      )
      .finally(() => {
        served.delete(round)
        markSent()
      })
    served.add(round)
  }

  try {
    for (;;) {
      // Whoever is being served may be left out.
      isMoreDue = served.size > 0
      const claim = (work: Work) => claimDue(work, keys, [...served])
      const { due, isFull } = await inTransaction(node, systemActor, claim, 'exchange.claim')
      for (const [region, messages] of Map.groupBy(due, ({ to }) => to)) serve(region, messages)
      isMoreDue ||= isFull
      await untilMoreMayGo([...served], isFull, lookMilliseconds)
      if (failures.length > 0) throw failures[0]
      if (served.size === 0 && !isMoreDue) return delivered
    }
  } finally {
    // All partners come to their end before a failure of the node itself is passed on.
    await Promise.all([...served].map(({ ended }) => ended))
  }
}

/** Messages that are being brought to a partner. `sent` once all of them are on their way, `ended` once they are answered and that is recorded. */
type Round = {
  region: string
  messages: readonly DueMessage[]
  isSent: boolean
  sent: Promise<void>
  ended: Promise<void>
}

async function untilMoreMayGo(
  served: readonly Round[],
  isMoreWaiting: boolean,
  milliseconds: number | undefined,
): Promise<void> {
  const impatience = new AbortController()
  const ends = [Promise.all(served.map(({ ended }) => ended))]
  const sents = isMoreWaiting ? served.filter(({ isSent }) => !isSent).map(({ sent }) => sent) : []
  const later = milliseconds ? [sleep(milliseconds, undefined, { signal: impatience.signal }).catch(() => {})] : []
  await Promise.race([...ends, ...sents, ...later])
  impatience.abort()
}

/** Milliseconds to wait after the given number of attempts: 1 s doubling to 5 min, the half of it random, so that many senders spread out. */
export function backOffMilliseconds(attempts: number, random: Random): number {
  const full = Math.min(1000 * 2 ** (attempts - 1), 300_000)
  return full / 2 + randomBelow(random, full / 2 + 1)
}

type DueMessage = { id: Id; to: string; bytes: Uint8Array; attempts: number }

type Attempt = { message: DueMessage; receipt?: Receipt; failure?: string }

/** What makes a round; `isFull` where there may be more. */
type Claim = { due: DueMessage[]; isFull: boolean }

async function claimDue(work: Work, keys: KeyStore, served: readonly Round[]): Promise<Claim> {
  const isHub = work.node.region === keys.hub
  const [ring, wanted, dueBefore] = await Promise.all([
    keys.refresh(work),
    claimReceipts(work),
    // Good unless something more is said here.
    keys.ring()?.canSign && !isHub ? selectDue(work, true, served) : undefined,
  ])
  await giveReceipts(work, wanted)
  if (isHub) await issueDirectory(work, ring.signingPair(work.now))
  const isAsBefore = ring.canSign && wanted.length === 0
  const due = (isAsBefore && dueBefore) || (await selectDue(work, ring.canSign, served))
  const drafts = due.flatMap(({ id, to, draft }) => (draft === null ? [] : [{ id, to, text: draft }]))
  const signed = signDrafts(work.node, ring, drafts, work.now)
  const isFull = due.length === batchSize || wanted.length === receiptsMax
  if (due.length === 0) return { due: [], isFull }
  await keepSigned(work, due, signed)
  await recordClaim(work, due)
  const claimed = due.map(({ id, to, bytes, attempts }) => ({
    id,
    to,
    bytes: must(signed.get(id) ?? bytes, `the bytes of message ${id}`),
    attempts: attempts + 1,
  }))
  return { due: claimed, isFull }
}

/**
 * What is due and not being brought already, to others than those to whom a round has still to be sent or two are under way; where the node has lost its key, only what
 * introduces the next one. A round is chosen before its texts are read, so that a long backlog costs no more than a short one.
 */
function selectDue(work: Work, canSign: boolean, served: readonly Round[]) {
  const tables = exchangeTables(work)
  const busy = [...Map.groupBy(served, ({ region }) => region)].flatMap(([region, rounds]) =>
    rounds.length === roundsMax || rounds.some(({ isSent }) => !isSent) ? [region] : [],
  )
  const onTheirWay = served.flatMap(({ messages }) => messages.map(({ id }) => id))
  const introductions = tables.selectFrom('exchange.outbox').select('message_id').where('kind', '=', introductionKind)
  const round = tables
    .selectFrom('exchange.delivery')
    .select(['message_id', 'next_attempt_at', 'attempts', 'signed_no'])
    .$if(busy.length > 0, (query) => query.where('to_region', 'not in', busy))
    .$if(onTheirWay.length > 0, (query) => query.where(sql<boolean>`message_id <> ALL (${onTheirWay}::uuid[])`))
    .$if(!canSign, (query) => query.where('message_id', 'in', introductions))
    .where('state', '=', sql.lit('waiting'))
    .where('next_attempt_at', '<=', work.now)
    .orderBy('next_attempt_at')
    .orderBy('message_id')
    .limit(sql.lit(batchSize))
    .forUpdate()
    .skipLocked()
  return tables
    .with('due', () => round)
    .selectFrom('due')
    .innerJoin('exchange.outbox as outbox', 'outbox.message_id', 'due.message_id')
    .select(({ selectFrom }) => [
      'outbox.message_id as id',
      'outbox.to_region as to',
      // By its key each: as joins they were planned for tables that look empty, and read as a whole for each message.
      selectFrom('exchange.draft as draft')
        .select('draft.envelope')
        .whereRef('draft.message_id', '=', 'due.message_id')
        .as('draft'),
      selectFrom('exchange.evidence as evidence')
        .select('evidence.bytes')
        .where('evidence.from_region', '=', work.node.region)
        .whereRef('evidence.message_id', '=', 'due.message_id')
        .whereRef('evidence.signed_no', '=', 'due.signed_no')
        .as('bytes'),
      'due.attempts',
      'due.signed_no as signedNo',
    ])
    .orderBy('due.next_attempt_at')
    .orderBy('outbox.seq')
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
  await keepEvidence(work, rows)
}

async function recordClaim(work: Work, due: readonly { id: Id; attempts: number }[]): Promise<void> {
  const nextAttempts = due.map(({ attempts }) =>
    addMilliseconds(work.now, backOffMilliseconds(attempts + 1, work.node.random)),
  )
  const claimed = sql`
    UPDATE exchange.delivery SET attempts = attempts + 1, next_attempt_at = claimed.next_attempt_at
    FROM unnest(${due.map(({ id }) => id)}::uuid[], ${nextAttempts}::timestamptz[]) AS claimed (id, next_attempt_at)
    WHERE message_id = claimed.id`
  await sendAhead(work.db, claimed)
}

async function deliverToPartner(
  node: Node,
  transport: Transport,
  messages: readonly DueMessage[],
  markSent: () => void,
): Promise<{ taken: number; isMoreDue: boolean }> {
  const attempts = await attemptAll(node, transport, messages, markSent)
  const record = (work: Work) => recordAttempts(work, attempts)
  const isMoreDue = await inTransaction(node, systemActor, record, 'exchange.acknowledge')
  return { taken: attempts.filter(({ receipt }) => receipt === 'taken').length, isMoreDue }
}

/** One message shows whether the partner is there; then the others go, many at a time. Once it is not, they would not arrive either. */
async function attemptAll(
  node: Node,
  transport: Transport,
  messages: readonly DueMessage[],
  markSent: () => void,
): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  const untried = [...messages]

  async function attemptNext(): Promise<void> {
    try {
      const message = must(untried.shift(), 'a message that is due')
      if (untried.length === 0) markSent()
      const attempt = await attemptOnce(node, transport, message)
      attempts.push(attempt)
      if (attempt.failure !== unreachable) return
      attempts.push(...untried.splice(0).map((message) => ({ ...attempt, message })))
    } catch (error) {
      untried.length = 0
      throw error
    }
  }
  const line = async () => {
    while (untried.length > 0) await attemptNext()
  }
  if (untried.length > 0) await attemptNext()
  // All come to their end before a failure of the node itself is passed on.
  const lines = await Promise.allSettled(Array.from({ length: sentTogether }, line))
  for (const ended of lines) if (ended.status === 'rejected') throw ended.reason
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

/** Answers whether that made more due. */
async function recordAttempts(work: Work, attempts: readonly Attempt[]): Promise<boolean> {
  const column = <Value>(read: (attempt: Attempt) => Value) => attempts.map(read)
  const answers = sql`
    UPDATE exchange.delivery AS d SET state = coalesce(attempt.state, d.state), last_failure = attempt.failure,
      ended_at = CASE WHEN attempt.state IS NULL THEN d.ended_at ELSE ${work.now} END
    FROM unnest(
      ${column(({ message }) => message.id)}::uuid[],
      ${column(({ receipt }) => receipt && endStates[receipt])}::text[],
      ${column(({ failure }) => failure)}::text[]
    ) AS attempt (id, state, failure)
    WHERE d.message_id = attempt.id AND (attempt.state IS NOT NULL OR d.state = 'waiting')`
  await sendAhead(work.db, answers)
  const refused = attempts.find(({ receipt }) => receipt === 'refused')
  if (refused) await raiseAlert(work, 'refused_by_partner', refused.message.to)
  const answered = attempts.find(({ receipt }) => receipt)
  if (!answered) return false
  const { numAffectedRows = 0n } = await work.db.executeQuery(hastened(work, answered.message.to))
  return numAffectedRows > 0n
}

const endStates = { taken: 'delivered', refused: 'refused' } as const

/** The partner is there, since it answered or said something itself: what could not reach it before is due now. What is under way is left alone. */
export async function hasten(work: Work, region: string): Promise<void> {
  await sendAhead(work.db, hastened(work, region))
}

function hastened(work: Work, region: string) {
  const tables = exchangeTables(work)
  const waiting = tables
    .selectFrom('exchange.delivery')
    .select('message_id')
    .where('to_region', '=', region)
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '>', work.now)
    .where('last_failure', '=', unreachable)
    .forUpdate()
    .skipLocked()
  const due = tables.updateTable('exchange.delivery').set({ next_attempt_at: work.now })
  return due.where('message_id', 'in', waiting).compile()
}
