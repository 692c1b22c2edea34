import type { Id, Instant, PlainDate, Work } from '../ground/door.ts'
import { asNode, benefitsTables } from './tables.ts'

/** Money that a bank paid to a person: what was ordered, less what was offset. */
export type ReceivedPayment = {
  orderId: Id
  service: string
  caseId: Id
  caseNumber: string
  /** Message code `payment.<purpose>` of the service. */
  purpose: string
  amountFen: number
  offsetFen: number
  /** Of the account, all but its last digits hidden. */
  accountMasked: string
  paidOn: PlainDate
  recordedAt: Instant
}

/** What was paid to a person by every service whose payments go through this room, the newest first, at most `limit`. */
export async function receivedBy(work: Work, personId: Id, { limit }: { limit: number }): Promise<ReceivedPayment[]> {
  const rows = await asNode(work, (node) =>
    benefitsTables(node)
      .selectFrom('benefits.payment_order as ordered')
      .innerJoin('benefits.payment_line as line', 'line.order_id', 'ordered.id')
      .innerJoin('benefits.payment_result as answered', (join) =>
        join.onRef('answered.order_id', '=', 'line.order_id').onRef('answered.batch_id', '=', 'line.batch_id'),
      )
      .select(['ordered.id', 'ordered.service', 'ordered.case_id', 'ordered.case_number', 'ordered.purpose'])
      .select(['line.amount_fen', 'line.offset_fen', 'line.account_masked'])
      .select(['answered.recorded_on', 'answered.recorded_at'])
      .where('ordered.payee_kind', '=', 'person')
      .where('ordered.payee_id', '=', personId)
      .where('answered.result', '=', 'paid')
      .orderBy('answered.recorded_on', 'desc')
      .orderBy('answered.recorded_at', 'desc')
      .orderBy('ordered.id', 'desc')
      .limit(limit)
      .execute(),
  )
  return rows.map((row) => ({
    ...{ orderId: row.id, service: row.service, caseId: row.case_id, caseNumber: row.case_number },
    ...{ purpose: row.purpose, amountFen: row.amount_fen, offsetFen: row.offset_fen },
    ...{ accountMasked: row.account_masked, paidOn: row.recorded_on, recordedAt: row.recorded_at },
  }))
}
