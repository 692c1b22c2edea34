import { sql } from 'kysely'
import type { Id, Instant, MessageParams, Work } from '../ground/door.ts'
import { type DeliveryState, exchangeTables, type HandlingState } from './tables.ts'

/** One message of this node's, sent or received, as it is shown with a case. */
export type MessageRecord = {
  id: Id
  direction: 'sent' | 'received'
  /** The other region. */
  partner: string
  kind: string
  version: number
  about: string | null
  sentAt: Instant
  /** Sent: `waiting`, `delivered` or `refused`. Received: `done` or `failed`. */
  state: DeliveryState | HandlingState
  /** When it came to that state; null while it waits. */
  stateAt: Instant | null
  /** How often sending was tried; null for a received one. */
  attempts: number | null
  /** Why it failed or does not arrive. */
  code: string | null
  params: MessageParams | null
}

/** What waits for, failed with or was refused by one partner. */
export type PartnerStatus = {
  region: string
  waiting: number
  oldestWaitingAt: Instant | null
  /** Messages from the partner that could not be handled. */
  failed: number
  /** Messages to the partner that it refused. */
  refusedByPartner: number
}

/** How the exchange stands: counts over all partners, and for each partner that something is open with. */
export type ExchangeStatus = {
  waiting: number
  oldestWaitingAt: Instant | null
  failed: number
  /** Bytes that came in and were refused: forged, misaddressed, unknown. */
  refused: number
  byPartner: PartnerStatus[]
}

/** All messages about a case number that were sent or received, in the order of their sending. Seen by staff and the node itself. */
export async function messagesAbout(work: Work, about: string): Promise<MessageRecord[]> {
  const [sent, received] = [
    await selectSent(work).where('outbox.about', '=', about).execute(),
    await selectReceived(work).where('inbox.about', '=', about).execute(),
  ]
  return [...sent, ...received].sort((a, b) => (`${a.sentAt} ${a.id}` < `${b.sentAt} ${b.id}` ? -1 : 1))
}

/** The messages that were taken and could not be handled, oldest first: what people have to look at and retry. */
export function failedMessages(work: Work): Promise<MessageRecord[]> {
  return selectReceived(work).where('handling.state', '=', 'failed').orderBy('handling.handled_at').execute()
}

/** How the exchange stands, over all and by partner. */
export async function exchangeStatus(work: Work): Promise<ExchangeStatus> {
  const byPartner = await readPartners(work)
  const refused = exchangeTables(work).selectFrom('exchange.refused').select(sql<number>`count(*)`.as('count'))
  return {
    waiting: byPartner.reduce((sum, { waiting }) => sum + waiting, 0),
    oldestWaitingAt: byPartner.flatMap(({ oldestWaitingAt }) => oldestWaitingAt ?? []).sort()[0] ?? null,
    failed: byPartner.reduce((sum, { failed }) => sum + failed, 0),
    refused: (await refused.executeTakeFirstOrThrow()).count,
    byPartner,
  }
}

function selectSent(work: Work) {
  return exchangeTables(work)
    .selectFrom('exchange.outbox as outbox')
    .innerJoin('exchange.delivery as delivery', 'delivery.message_id', 'outbox.message_id')
    .select([
      'outbox.message_id as id',
      sql<'sent'>`'sent'`.as('direction'),
      'outbox.to_region as partner',
      'outbox.kind',
      'outbox.version',
      'outbox.about',
      'outbox.sent_at as sentAt',
      'delivery.state',
      'delivery.ended_at as stateAt',
      'delivery.attempts',
      'delivery.last_failure as code',
      // A failure to send is told with whom it was to reach.
      sql<MessageParams | null>`CASE WHEN delivery.last_failure IS NOT NULL THEN jsonb_build_object('region', outbox.to_region) END`.as(
        'params',
      ),
    ])
}

function selectReceived(work: Work) {
  return exchangeTables(work)
    .selectFrom('exchange.inbox as inbox')
    .innerJoin('exchange.handling as handling', (join) =>
      join
        .onRef('handling.from_region', '=', 'inbox.from_region')
        .onRef('handling.message_id', '=', 'inbox.message_id'),
    )
    .select([
      'inbox.message_id as id',
      sql<'received'>`'received'`.as('direction'),
      'inbox.from_region as partner',
      'inbox.kind',
      'inbox.version',
      'inbox.about',
      'inbox.sent_at as sentAt',
      'handling.state',
      'handling.handled_at as stateAt',
      sql<null>`null`.as('attempts'),
      'handling.code',
      'handling.params',
    ])
}

async function readPartners(work: Work): Promise<PartnerStatus[]> {
  const { rows } = await sql<PartnerStatus>`
    SELECT region, sum(waiting)::bigint AS waiting, min(oldest_waiting_at) AS "oldestWaitingAt",
           sum(failed)::bigint AS failed, sum(refused)::bigint AS "refusedByPartner"
    FROM (
      SELECT o.to_region AS region, count(*) FILTER (WHERE d.state = 'waiting') AS waiting,
             min(o.sent_at) FILTER (WHERE d.state = 'waiting') AS oldest_waiting_at, 0 AS failed,
             count(*) FILTER (WHERE d.state = 'refused') AS refused
      FROM exchange.outbox o JOIN exchange.delivery d USING (message_id) WHERE d.state <> 'delivered' GROUP BY o.to_region
      UNION ALL
      SELECT h.from_region, 0, NULL, count(*), 0
      FROM exchange.handling h WHERE h.state = 'failed' GROUP BY h.from_region
    ) AS counted GROUP BY region ORDER BY region`.execute(work.db)
  return rows
}
