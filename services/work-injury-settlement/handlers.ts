import type { z } from 'zod'
import { unlessCrossed } from '../../cases/door.ts'
import { defineHandler, type MessageHandler, sendMessage } from '../../exchange/door.ts'
import { OperatingFailure, type Work } from '../../ground/door.ts'
import { nationCode } from '../../law/door.ts'
import type { ServiceTools } from '../contract.ts'
import { answerDifferences, compareDay } from './daily-reconciliation.ts'
import { hearDispute, hearDisputeAnswer } from './disputes.ts'
import type { FlowSet } from './flow-set.ts'
import { bookSettlement, takeBackDisowned } from './home-booking.ts'
import { noteDischarge } from './home-claims.ts'
import { answerEligibility } from './home-eligibility.ts'
import { takeHold } from './home-holds.ts'
import { keepVisitingFiling, takeAnswer, takePrices, takeReceipt } from './host-handlers.ts'
import {
  clearingPaidMessage,
  clearingReportMessage,
  clearingStatementMessage,
  dayAnswerMessage,
  dayListMessage,
  deviceAnswerMessage,
  deviceAskMessage,
  disputeAnswerMessage,
  disputeStateMessage,
  eligibilityAnswerMessage,
  eligibilityAskMessage,
  filingStateMessage,
  messageKinds,
  prepaidMessage,
  settlementDisownedMessage,
  settlementHoldMessage,
  settlementReceiptMessage,
  settlementStateMessage,
  stayLeftMessage,
} from './messages-between.ts'
import { bookPrepaid, checkPrepaid, receivePrepaid } from './prepaid.ts'
import { priceLines } from './pricing.ts'
import { recoverPayment, recoverReport, recoverSettlement } from './recovery.ts'
import { requireSpeaker } from './speakers.ts'
import { serviceTables } from './tables.ts'

/** What a node does with each message of this service; every node has all of them and plays the part the message asks for. */
export function messageHandlers(tools: ServiceTools, flows: FlowSet): MessageHandler[] {
  const handlers = [
    ...homeHandlers(tools, flows),
    ...hostHandlers(tools, flows),
    ...agreementHandlers(tools, flows),
    ...clearingHandlers(tools),
  ]
  return handlers.map(sentAgainWhenCrossed)
}

/** Whatever it moves on, a case that an officer moved on meanwhile is no refusal of the message. */
function sentAgainWhenCrossed(handler: MessageHandler): MessageHandler {
  return {
    ...handler,
    handle: (work, message) => unlessCrossed(handler.handle(work, message)),
  }
}

function homeHandlers(tools: ServiceTools, flows: FlowSet): MessageHandler[] {
  return [
    defineHandler({
      kind: messageKinds.eligibilityAsk,
      version: 1,
      schema: eligibilityAskMessage,
      handle: (work, message) => answerEligibility(work, tools, flows, message),
    }),
    defineHandler({
      kind: messageKinds.deviceAsk,
      version: 1,
      schema: deviceAskMessage,
      async handle(work, { from, body }) {
        const { region } = work.node
        const place = { catalogueRegion: region, insuredRegion: region, on: body.on }
        const lines = await priceLines(work, tools.rulebook, body.lines, place)
        await sendMessage(work, {
          to: from,
          kind: messageKinds.deviceAnswer,
          version: 1,
          about: body.stayNumber,
          body: { stayNumber: body.stayNumber, billVersion: body.billVersion, lines },
        })
      },
    }),
    defineHandler({
      kind: messageKinds.stayLeft,
      version: 1,
      schema: stayLeftMessage,
      handle: (work, { body }) => noteDischarge(work, tools, flows, body),
    }),
    defineHandler({
      kind: messageKinds.settlementHold,
      version: 1,
      apart: true,
      schema: settlementHoldMessage,
      async handle(work, message) {
        await takeHold(work, message)
        await checkPrepaid(work, tools.rulebook)
      },
    }),
    defineHandler({
      kind: messageKinds.settlementState,
      version: 1,
      apart: true,
      schema: settlementStateMessage,
      async handle(work, message) {
        await bookSettlement(work, tools, flows, message)
        await checkPrepaid(work, tools.rulebook)
      },
      recover: (work, message) => recoverSettlement(work, tools, flows, message),
    }),
    defineHandler({
      kind: messageKinds.settlementDisowned,
      version: 1,
      schema: settlementDisownedMessage,
      handle: (work, message) => takeBackDisowned(work, tools, flows, message),
    }),
  ]
}

function hostHandlers(tools: ServiceTools, flows: FlowSet): MessageHandler[] {
  return [
    defineHandler({
      kind: messageKinds.filingState,
      version: 1,
      schema: filingStateMessage,
      handle: keepVisitingFiling,
    }),
    defineHandler({
      kind: messageKinds.eligibilityAnswer,
      version: 1,
      schema: eligibilityAnswerMessage,
      handle: (work, message) => takeAnswer(work, tools, flows, message),
    }),
    defineHandler({
      kind: messageKinds.deviceAnswer,
      version: 1,
      schema: deviceAnswerMessage,
      handle: (work, message) => takePrices(work, tools, flows, message),
    }),
    defineHandler({
      kind: messageKinds.settlementReceipt,
      version: 1,
      apart: true,
      schema: settlementReceiptMessage,
      handle: (work, message) => takeReceipt(work, tools, flows, message),
    }),
    defineHandler({
      kind: messageKinds.prepaid,
      version: 1,
      schema: prepaidMessage,
      handle: (work, { from, body }) => receivePrepaid(work, from, body),
      recover: (work, { to, body }) => bookPrepaid(work, to, body),
    }),
  ]
}

/** What both sides say until they agree on what is owed. */
function agreementHandlers(tools: ServiceTools, flows: FlowSet): MessageHandler[] {
  return [
    defineHandler({
      kind: messageKinds.dayList,
      version: 1,
      schema: dayListMessage,
      handle: (work, message) => compareDay(work, tools, message),
    }),
    defineHandler({
      kind: messageKinds.dayAnswer,
      version: 1,
      schema: dayAnswerMessage,
      handle: (work, message) => answerDifferences(work, tools, flows, message),
    }),
    defineHandler({
      kind: messageKinds.disputeState,
      version: 1,
      schema: disputeStateMessage,
      handle: (work, message) => hearDispute(work, tools, flows, message),
    }),
    defineHandler({
      kind: messageKinds.disputeAnswer,
      version: 1,
      schema: disputeAnswerMessage,
      handle: (work, message) => hearDisputeAnswer(work, tools, flows, message),
    }),
  ]
}

function clearingHandlers(tools: ServiceTools): MessageHandler[] {
  return [
    defineHandler({
      kind: messageKinds.clearingReport,
      version: 1,
      schema: clearingReportMessage,
      handle: (work, { from, body }) => collectReport(work, tools, from, body),
      recover: recoverReport,
    }),
    defineHandler({
      kind: messageKinds.clearingStatement,
      version: 1,
      schema: clearingStatementMessage,
      async handle(work, { from, body }) {
        requireSpeaker(from, nationCode)
        await tools.cases().open(work, {
          flow: 'clearing',
          subject: {},
          agency: work.node.region,
          // One statement for a quarter and a pair: another under another number is refused.
          idempotencyKey: `statement:${body.quarter}:${body.treatmentRegion}:${body.insuredRegion}`,
          body,
        })
      },
    }),
    defineHandler({
      kind: messageKinds.clearingPaid,
      version: 1,
      schema: clearingPaidMessage,
      handle: (work, message) => receiveClearing(work, tools, message),
      recover: (work, message) => recoverPayment(work, tools, message),
    }),
  ]
}

/** The hub keeps a side's report and matches it with the other side's. */
async function collectReport(
  work: Work,
  tools: ServiceTools,
  from: string,
  report: z.infer<typeof clearingReportMessage>,
): Promise<void> {
  const { quarter, side, partner, items } = report
  const [treatmentRegion, insuredRegion] = side === 'creditor' ? [from, partner] : [partner, from]
  const amount = side === 'creditor' ? 'creditor_fen' : 'debtor_fen'
  for (const item of items) {
    const row = { creditor_fen: null, debtor_fen: null, [amount]: item.owedFen, revision: item.revision }
    await serviceTables(work)
      .insertInto('svc_work_injury_settlement.reported_item')
      .values({
        quarter,
        treatment_region: treatmentRegion,
        insured_region: insuredRegion,
        settlement_number: item.settlementNumber,
        ...row,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['quarter', 'treatment_region', 'settlement_number'])
          .doUpdateSet({ [amount]: item.owedFen, revision: item.revision }),
      )
      .execute()
  }
  const cases = tools.cases()
  const place = { quarter, treatmentRegion, insuredRegion }
  const opened = await cases.open(work, {
    flow: 'statement',
    subject: {},
    agency: work.node.region,
    idempotencyKey: `statement:${quarter}:${treatmentRegion}:${insuredRegion}`,
    body: place,
  })
  const { file } = await cases.get(work, opened.caseId)
  await cases.take(work, {
    caseId: opened.caseId,
    step: 'collect',
    expectedSeq: file.seq,
    idempotencyKey: `collect:${side}`,
    body: { side },
  })
}

/** The payer says it has paid: book it. A payment that comes before its statement is sent again until the statement is here. */
async function receiveClearing(
  work: Work,
  tools: ServiceTools,
  { from, body: paid }: { from: string; body: z.infer<typeof clearingPaidMessage> },
): Promise<void> {
  const cases = tools.cases()
  const rows = await cases.find(work, { flow: 'clearing', text: paid.statementNumber, limit: 5 })
  const row = rows.find(({ summary }) => summary.statementNumber === paid.statementNumber)
  if (!row) throw new OperatingFailure('statement_not_here_yet', { statementNumber: paid.statementNumber })
  const { treatmentRegion, insuredRegion } = row.summary
  requireSpeaker(from, String(treatmentRegion === work.node.region ? insuredRegion : treatmentRegion))
  await cases.take(work, {
    caseId: row.caseId,
    step: 'receive',
    expectedSeq: row.seq,
    idempotencyKey: `receive:${paid.statementNumber}`,
    body: { paidFen: paid.paidFen, paidOn: paid.paidOn, frozen: paid.frozen },
  })
}
