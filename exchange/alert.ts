import { sql } from 'kysely'
import { actorUserId, type Id, type Instant, must, Refusal, type Work } from '../ground/door.ts'
import { asNode, exchangeTables } from './tables.ts'

/** What raises an alert: why bytes were refused, and what else is out of order between regions. Each has a sentence `alert.<kind>`. */
export const alertKinds = [
  'malformed',
  'not_canonical',
  'not_in_batch',
  'misaddressed',
  'unknown_sender',
  'wrong_signer',
  'wrong_signature',
  'key_revoked',
  'key_not_in_force',
  'id_reused',
  'replayed',
  'directory_behind',
  'directory_wrong',
  'enrolment_asked',
  'receipt_wrong',
  'refused_by_partner',
] as const

/** See `alertKinds`. */
export type AlertKind = (typeof alertKinds)[number]

/** All of one kind with one partner since an officer last looked. `partner` is null where nobody known is concerned. */
export type Alert = {
  id: Id
  kind: AlertKind
  partner: string | null
  firstSeenAt: Instant
  lastSeenAt: Instant
  count: number
}

/** Raises an alert, or counts once more in the one that is open: a flood makes one. Returns how often it was seen. */
export async function raiseAlert(work: Work, kind: AlertKind, partner: string | null): Promise<number> {
  const { now } = work
  const row = { id: work.newId(), kind, partner, first_seen_at: now, last_seen_at: now, count: 1 }
  const { count } = await exchangeTables(work)
    .insertInto('exchange.alert')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'partner'])
        .where('acknowledged_at', 'is', null)
        .doUpdateSet({ count: sql`exchange.alert.count + 1`, last_seen_at: now }),
    )
    .returning('count')
    .executeTakeFirstOrThrow()
  return count
}

/** What an alert tells of has mended itself. */
export async function endAlerts(work: Work, kind: AlertKind): Promise<void> {
  const open = exchangeTables(work).updateTable('exchange.alert').set({ acknowledged_at: work.now })
  await open.where('kind', '=', kind).where('acknowledged_at', 'is', null).execute()
}

/** The alerts that nobody has acknowledged, the latest first. Seen by staff. */
export async function openAlerts(work: Work): Promise<Alert[]> {
  const open = exchangeTables(work).selectFrom('exchange.alert').where('acknowledged_at', 'is', null)
  return open
    .select(['id', 'kind', 'partner', 'first_seen_at as firstSeenAt', 'last_seen_at as lastSeenAt', 'count'])
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .execute()
}

/** An officer has seen an alert: the next of its kind raises another. Throws `Refusal` `alert_unknown`. */
export async function acknowledgeAlert(work: Work, id: Id): Promise<void> {
  const acknowledged = {
    acknowledged_at: work.now,
    acknowledged_by: must(actorUserId(work.actor), 'an officer who acts'),
  }
  await asNode(work, async (part) => {
    const { numUpdatedRows } = await exchangeTables(part)
      .updateTable('exchange.alert')
      .set(acknowledged)
      .where('id', '=', id)
      .where('acknowledged_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new Refusal('alert_unknown', { params: { alertId: id } })
  })
}
