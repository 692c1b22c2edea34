import type { z } from 'zod'
import type { Cases } from '../../cases/door.ts'
import { sendMessage } from '../../exchange/door.ts'
import { asActor, BrokenInvariant, type Id, must, Refusal, systemActor, type Work } from '../../ground/door.ts'
import { provinceOf } from '../../law/door.ts'
import { transfersOf } from '../../ledger/door.ts'
import type { ServiceTools } from '../contract.ts'
import { closeDifference, hearDifference } from './differences.ts'
import { endWhereAgreed } from './disputes.ts'
import { visitFlow } from './flow/visit.ts'
import type { FlowSet } from './flow-set.ts'
import { followClaim } from './home-claims.ts'
import { endHold } from './home-holds.ts'
import { messageKinds, type settlementDisownedMessage, type settlementStateMessage } from './messages-between.ts'
import { move, takeBack } from './postings.ts'
import { findSettlement, keepSettlement, owedFen, replaceSettlement } from './settlements.ts'
import { requireSpeaker } from './speakers.ts'
import { findStayCase } from './stay-places.ts'
import type { SettlementRow } from './tables.ts'

type Told = z.infer<typeof settlementStateMessage>

/**
 * Home books what host tells of a settlement: the newest revision only, whatever order they come in. The books move by the difference
 * between what was booked and what is owed now; the visit is brought up to date; the rest (meal allowance, declared travel) becomes a claim.
 */
export async function bookSettlement(
  work: Work,
  tools: ServiceTools,
  flows: FlowSet,
  { from, body: told }: { from: string; body: Told },
): Promise<void> {
  const visit = await findStayCase(work, 'home', told.stayNumber)
  if (!visit) {
    // The question of this stay never came here, or was about nobody: nothing is owed for it; people look at it.
    return tell(work, from, told, { booked: false, disputeCode: 'stay_not_asked', claimNumber: null })
  }
  const { file, take } = await tools.cases().lockOf(work, flows.visit, visit)
  const enquiry = must(file.state.enquiry, 'enquiry of a visit')
  requireSpeaker(from, provinceOf(enquiry.treatmentRegion).code)
  const personId = must(file.subject.personId, 'person of a visit')
  const before = await findSettlement(work, 'home', told.settlementNumber)
  if (before && before.revision >= told.revision) {
    await hearKnown(work, tools, file.state.settlement, told)
    return tell(work, from, { ...told, revision: before.revision }, receiptOf(file.state.claimNumber))
  }
  if (enquiry.ruling.outcome !== 'granted') {
    return tell(work, from, told, { booked: false, disputeCode: 'stay_was_refused', claimNumber: null })
  }
  const row = rowOf(work, from, told, { caseId: visit, agency: file.agency, personId, before })
  if (!(await keepSettlement(work, row))) return
  const key = `home:${told.settlementNumber}:${told.revision}`
  if (from !== work.node.region) await bookDifference(work, from, told, before, { caseId: visit, key })
  await endHold(work, told.settlementNumber)
  await work.reach('home.settlement.booked')
  const { institutionName, treatmentRegion } = enquiry
  const place = { personId, agency: file.agency, institutionName, treatmentRegion }
  const claimNumber = await followClaim(work, tools, flows, place, told)
  await work.reach('home.settlement.claimed')
  await take({
    step: 'book',
    idempotencyKey: `book:${told.settlementNumber}:${told.revision}`,
    body: { settlement: told, claimNumber },
  })
  if (before) {
    // What is told for the first time was in no difference and in no dispute.
    await closeDifference(work, tools, told.settlementNumber)
    if (before.disputed_in !== null) await endWhereAgreed(work, tools, told.settlementNumber)
  }
  await tell(work, from, told, receiptOf(claimNumber))
  await work.reach('home.settlement.told')
}

/** The same revision told again: the same, and a difference has ended; or another word, which people look at. */
async function hearKnown(work: Work, tools: ServiceTools, known: Told | null, told: Told): Promise<void> {
  if (known?.settlementNumber !== told.settlementNumber || known.revision !== told.revision) return
  const row = must(await findSettlement(work, 'home', told.settlementNumber), `settlement ${told.settlementNumber}`)
  const isSame = row.state === told.state && row.fund_fen === told.fundFen && row.deducted_fen === told.deductedFen
  if (isSame) await closeDifference(work, tools, told.settlementNumber)
  else await hearDifference(work, tools, told)
}

function receiptOf(claimNumber: string | null) {
  return { booked: true, disputeCode: null, claimNumber }
}

function rowOf(
  work: Work,
  from: string,
  told: Told,
  place: { caseId: Id; agency: string; personId: Id; before: SettlementRow | undefined },
): SettlementRow {
  return {
    number: told.settlementNumber,
    side: 'home',
    revision: told.revision,
    case_id: place.caseId,
    agency: place.agency,
    insured_region: work.node.region,
    treatment_region: from,
    institution_id: null,
    person_id: place.personId,
    cost_type: told.costType,
    state: told.state,
    total_fen: told.totalFen,
    fund_fen: told.fundFen,
    person_fen: told.personFen,
    deducted_fen: told.deductedFen,
    admitted_on: told.admittedOn,
    discharged_on: told.dischargedOn,
    settled_on: told.settledOn,
    undone_on: told.undoneOn,
    reconciled_on: null,
    audited_on: told.auditedOn,
    paid_on: null,
    cleared_fen: place.before?.cleared_fen ?? 0,
    cleared_in: place.before?.cleared_in ?? null,
    changed_on: told.changedOn,
    disputed_in: place.before?.disputed_in ?? null,
  }
}

/**
 * Dr benefit expense / Cr payable to the region, by the difference between what was booked and what is owed now (domain.md). What is owed less is
 * taken back from the transfer that booked it, naming it; what was cleared already, the treatment region owes back.
 */
async function bookDifference(
  work: Work,
  from: string,
  told: Told,
  before: SettlementRow | undefined,
  { caseId, key }: { caseId: Id; key: string },
): Promise<void> {
  const { settlementNumber: reference } = told
  const bookedFen = before ? owedFen(before) : 0
  const nowFen = told.state === 'undone' ? 0 : told.fundFen - told.deductedFen
  const common = { on: work.today, caseId, reference, key }
  if (nowFen > bookedFen) {
    await move(work, {
      ...common,
      kind: 'benefit',
      from: `payable_to_region:${from}`,
      to: 'benefit_expense',
      amountFen: nowFen - bookedFen,
    })
  } else if (nowFen < bookedFen && before?.cleared_fen) {
    await move(work, {
      ...common,
      kind: told.state === 'undone' ? 'undoing_after_clearing' : 'correction_after_clearing',
      from: 'benefit_expense',
      to: `receivable_from_region:${from}`,
      amountFen: bookedFen - nowFen,
    })
  } else if (nowFen < bookedFen) {
    const kind = told.state === 'undone' ? 'undoing' : 'deduction'
    await takeBackBenefit(work, caseId, { key, kind, reference, amountFen: bookedFen - nowFen })
  }
}

async function takeBackBenefit(
  work: Work,
  caseId: Id,
  { key, kind, reference, amountFen }: { key: string; kind: string; reference: string; amountFen: number },
): Promise<void> {
  const transfers = await asActor(work, systemActor, (system) => transfersOf(system, { caseId }))
  let leftFen = amountFen
  for (const benefit of transfers.filter(
    (transfer) => transfer.kind === 'benefit' && transfer.reference === reference,
  )) {
    if (leftFen === 0) return
    const part = { key: `${key}:${benefit.seq}`, kind, reference, amountFen: leftFen }
    leftFen -= await takeBack(work, benefit.key, part)
  }
  if (leftFen !== 0)
    throw new BrokenInvariant(`${leftFen} fen more than was booked for ${reference} were to be taken back`)
}

/**
 * Puts home's books right where they differ from what host has signed at the same revision: an officer's step, after reconciliation found it.
 * `difference`: the number of its case.
 */
export async function adoptSettlement(
  work: Work,
  cases: Cases,
  { from, told, difference }: { from: string; told: Told; difference: string },
): Promise<void> {
  const before = must(await findSettlement(work, 'home', told.settlementNumber), `settlement ${told.settlementNumber}`)
  const place = { caseId: before.case_id, agency: before.agency, personId: must(before.person_id, 'person'), before }
  const key = `adopt:${told.settlementNumber}:${difference}`
  await bookDifference(work, from, told, before, { caseId: before.case_id, key })
  await replaceSettlement(work, rowOf(work, from, told, place))
  const claimNumber = await asActor(work, systemActor, async (system) => {
    const visit = await cases.getOf(system, visitFlow(), before.case_id)
    await cases.take(system, {
      caseId: before.case_id,
      step: 'book',
      expectedSeq: visit.seq,
      idempotencyKey: key,
      body: { settlement: told, claimNumber: visit.state.claimNumber },
    })
    return visit.state.claimNumber
  })
  await tell(work, from, told, receiptOf(claimNumber))
}

/** Home takes back a settlement that its host does not have: as undone, one revision on. */
export async function takeBackDisowned(
  work: Work,
  tools: ServiceTools,
  flows: FlowSet,
  { from, body }: { from: string; body: z.infer<typeof settlementDisownedMessage> },
): Promise<void> {
  const { settlementNumber, revision, disownedOn } = body
  const row = await findSettlement(work, 'home', settlementNumber)
  if (!row || row.treatment_region !== from) throw new Refusal('settlement_unknown', { params: { settlementNumber } })
  const { state } = await tools.cases().getOf(work, flows.visit, row.case_id)
  const known = must(state.settlement, `the settlement of visit ${row.case_id}`)
  if (known.settlementNumber !== settlementNumber) return
  const told = { ...known, revision, state: 'undone' as const, undoneOn: disownedOn, changedOn: disownedOn }
  await bookSettlement(work, tools, flows, { from, body: told })
}

async function tell(
  work: Work,
  to: string,
  told: Pick<Told, 'settlementNumber' | 'stayNumber' | 'revision'>,
  receipt: { booked: boolean; disputeCode: string | null; claimNumber: string | null },
): Promise<void> {
  await sendMessage(work, {
    to,
    kind: messageKinds.settlementReceipt,
    version: 1,
    about: told.stayNumber,
    body: { settlementNumber: told.settlementNumber, revision: told.revision, ...receipt },
  })
}
