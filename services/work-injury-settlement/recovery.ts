import type { z } from 'zod'
import type { RememberedMessage } from '../../exchange/door.ts'
import { OperatingFailure, type Work } from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'
import { openDifference } from './differences.ts'
import type { FlowSet } from './flow-set.ts'
import { raiseAlert } from './host-handlers.ts'
import type { clearingPaidMessage, clearingReportMessage, settlementStateMessage } from './messages-between.ts'
import { findStayCase } from './stay-places.ts'
import { serviceTables } from './tables.ts'

/**
 * What this node itself said before it was restored to an earlier moment, and has forgotten. A settlement of a stay that it still knows is booked
 * again as it was told; one of a stay that it does not know is for people, who disown it or enter the stay anew.
 */
export async function recoverSettlement(
  work: Work,
  tools: ServiceTools,
  flows: FlowSet,
  { to, body: told }: RememberedMessage<z.infer<typeof settlementStateMessage>>,
): Promise<void> {
  const caseId = await findStayCase(work, 'host', told.stayNumber)
  if (!caseId) {
    const { settlementNumber, revision, state, fundFen, deductedFen } = told
    const here = { settlementNumber, revision, state, fundFen, deductedFen }
    await openDifference(work, tools, { side: 'host', partner: to, settlementNumber, kind: 'missing_there', here })
    return raiseAlert(work, 'alert.settlement_forgotten', settlementNumber, { partner: to })
  }
  const file = await tools.cases().getOf(work, flows.stay, caseId)
  await tools.cases().take(work, {
    caseId,
    step: 'recover',
    expectedSeq: file.seq,
    idempotencyKey: `recover:${told.settlementNumber}:${told.revision}`,
    body: told,
  })
}

/** A report to the hub that was sent is not sent again. */
export async function recoverReport(
  work: Work,
  { sentAt, body }: RememberedMessage<z.infer<typeof clearingReportMessage>>,
): Promise<void> {
  const { quarter, side, partner } = body
  await serviceTables(work)
    .insertInto('svc_work_injury_settlement.clearing_report')
    .values({ quarter, side, partner, reported_at: sentAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A statement that was paid is booked as paid, and not paid again. It waits for the statement, which the hub sends again. */
export async function recoverPayment(
  work: Work,
  { cases }: ServiceTools,
  { body }: RememberedMessage<z.infer<typeof clearingPaidMessage>>,
): Promise<void> {
  const rows = await cases().find(work, { flow: 'clearing', text: body.statementNumber, limit: 5 })
  const row = rows.find(({ summary }) => summary.statementNumber === body.statementNumber)
  if (!row) throw new OperatingFailure('statement_not_here_yet', { statementNumber: body.statementNumber })
  if (row.status !== 'to_pay') return
  const { paidFen, paidOn, frozen } = body
  await cases().take(work, {
    caseId: row.caseId,
    step: 'recoverPayment',
    expectedSeq: row.seq,
    idempotencyKey: `recover:${body.statementNumber}`,
    body: { paidFen, paidOn, frozen },
  })
}
