import { sql } from 'kysely'
import { z } from 'zod'
import { type Id, type Instant, schemaId, schemaInstant, sendAhead, type Work } from '../ground/door.ts'
import { raiseAlert } from './alert.ts'
import { defineHandler } from './handler.ts'
import { schemaSm3 } from './key.ts'
import { sendMessage } from './outbox.ts'
import { exchangeTables } from './tables.ts'

/** A region's signed word that it took messages, kept by their sender. It is a message like others, but gets no receipt itself. */
export const receiptKind = 'exchange.receipt'

/** The body of a receipt: the messages of the other side that were taken, by the SM3 of their envelopes, and when. */
export const schemaReceipt = z.strictObject({
  taken: z.array(z.strictObject({ id: schemaId, envelopeSm3: schemaSm3, takenAt: schemaInstant })).min(1),
})

/** How many receipts are claimed at once at most. */
export const receiptsMax = 500

/** A message of another region that was taken and has no receipt. */
type WantedReceipt = { from: string; id: Id; envelopeSm3: string | null; takenAt: Instant }

/** The receipts that are wanted and not given yet. Nobody else gives them before the transaction ends. */
export function claimReceipts(work: Work): Promise<WantedReceipt[]> {
  return (
    exchangeTables(work)
      .selectFrom('exchange.handling as handling')
      .innerJoin('exchange.inbox as inbox', (join) =>
        join
          .onRef('inbox.from_region', '=', 'handling.from_region')
          .onRef('inbox.message_id', '=', 'handling.message_id'),
      )
      .select([
        'handling.from_region as from',
        'handling.message_id as id',
        'inbox.envelope_sm3 as envelopeSm3',
        'inbox.taken_at as takenAt',
      ])
      // Said in the statement itself: the index of what is wanted serves no value that PostgreSQL learns only when asked.
      .where('handling.receipt_wanted', '=', sql.lit(true))
      .where('handling.receipt_id', 'is', null)
      .orderBy('handling.from_region')
      .limit(receiptsMax)
      .forUpdate('handling')
      .skipLocked()
      .execute()
  )
}

/** Sends receipts that were claimed, one message to each partner. */
export async function giveReceipts(work: Work, wanted: readonly WantedReceipt[]): Promise<void> {
  for (const [from, messages] of Map.groupBy(wanted, (message) => message.from)) {
    const taken = messages.map(({ id, envelopeSm3, takenAt }) => ({ id, envelopeSm3, takenAt }))
    const receiptId = await sendMessage(work, { to: from, kind: receiptKind, version: 1, body: { taken } })
    const given = exchangeTables(work)
      .updateTable('exchange.handling')
      .set({ receipt_id: receiptId })
      .where('from_region', '=', from)
      .where(sql<boolean>`message_id = ANY (${messages.map(({ id }) => id)}::uuid[])`)
    await sendAhead(work.db, given)
  }
}

/** Keeps a receipt with the messages it is for. It acknowledges them too, should the answer have been lost. */
export const receiptHandler = defineHandler({
  kind: receiptKind,
  version: 1,
  schema: schemaReceipt,
  async handle(work, { id: receiptId, from, body: { taken } }) {
    const sent = await readSent(
      work,
      from,
      taken.map(({ id }) => id),
    )
    const right = taken.filter(({ id, envelopeSm3 }) => sent.get(id) === envelopeSm3).map(({ id }) => id)
    const acknowledged = sql`
      UPDATE exchange.delivery SET receipt_id = coalesce(receipt_id, ${receiptId}), state = 'delivered',
        ended_at = coalesce(ended_at, ${work.now}), last_failure = NULL
      WHERE message_id = ANY (${right}::uuid[])`
    await sendAhead(work.db, acknowledged)
    // It says that it took what was never said to it: somebody signs in this node's name, or the partner's books are wrong.
    if (right.length < taken.length) await raiseAlert(work, 'receipt_wrong', from)
  },
})

/** The SM3 of the envelopes of messages that were sent to a region, by id. */
async function readSent(work: Work, to: string, ids: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await exchangeTables(work)
    .selectFrom('exchange.outbox')
    .select(['message_id as id', 'envelope_sm3 as envelopeSm3'])
    .where('to_region', '=', to)
    .where(sql<boolean>`message_id = ANY (${ids}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, envelopeSm3 }) => [id, envelopeSm3]))
}
