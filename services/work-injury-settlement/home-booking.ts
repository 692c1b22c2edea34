import type { z } from 'zod'
import { sendMessage } from '../../exchange/door.ts'
import { type Id, must, type Work } from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'
import type { FlowSet } from './flow-set.ts'
import { followClaim } from './home-claims.ts'
import { endHold } from './home-holds.ts'
import { messageKinds, type settlementStateMessage } from './messages-between.ts'
import { mirror, move } from './postings.ts'
import { findSettlement, keepSettlement, owedFen } from './settlements.ts'
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
  const cases = tools.cases()
  const visit = await findStayCase(work, 'home', told.stayNumber)
  if (!visit) {
    // The question of this stay never came here, or was about nobody: nothing is owed for it; people look at it.
    return tell(work, from, told, { booked: false, disputeCode: 'stay_not_asked', claimNumber: null })
  }
  const file = await cases.getOf(work, flows.visit, visit)
  const personId = must(file.subject.personId, 'person of a visit')
  const before = await findSettlement(work, 'home', told.settlementNumber)
  if (before && before.revision >= told.revision) {
    return tell(work, from, { ...told, revision: before.revision }, receiptOf(file.state.claimNumber))
  }
  if (file.state.enquiry?.ruling.outcome !== 'granted') {
    return tell(work, from, told, { booked: false, disputeCode: 'stay_was_refused', claimNumber: null })
  }
  const row = rowOf(work, from, told, { caseId: visit, agency: file.agency, personId, before })
  if (!(await keepSettlement(work, row))) return
  if (from !== work.node.region) await bookDifference(work, from, told, before, visit)
  await endHold(work, told.settlementNumber)
  await work.reach('home.settlement.booked')
  const { institutionName, treatmentRegion } = file.state.enquiry
  const place = { personId, agency: file.agency, institutionName, treatmentRegion }
  const claimNumber = await followClaim(work, tools, flows, place, told)
  await work.reach('home.settlement.claimed')
  await cases.take(work, {
    caseId: visit,
    step: 'book',
    expectedSeq: file.seq,
    idempotencyKey: `book:${told.settlementNumber}:${told.revision}`,
    body: { settlement: told, claimNumber },
  })
  await tell(work, from, told, receiptOf(claimNumber))
  await work.reach('home.settlement.told')
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

/** Dr benefit expense / Cr payable to the region, and back (domain.md): deductions and undoings by counter-entries that name the settlement. */
async function bookDifference(
  work: Work,
  from: string,
  told: Told,
  before: SettlementRow | undefined,
  caseId: Id,
): Promise<void> {
  const { settlementNumber: reference, revision } = told
  const bookedFen = before ? owedFen(before) : 0
  const nowFen = told.state === 'undone' ? 0 : told.fundFen - told.deductedFen
  const common = { on: work.today, caseId, reference }
  if (told.state === 'undone' && before && before.cleared_fen === 0) {
    // Not cleared yet: exact mirrors of what was booked.
    const keys = Array.from({ length: revision }, (_, index) => `home:${reference}:${index + 1}`)
    for (const key of keys) await mirror(work, key, reference)
  } else if (nowFen > bookedFen) {
    await move(work, {
      ...common,
      key: `home:${reference}:${revision}`,
      kind: 'benefit',
      from: `payable_to_region:${from}`,
      to: 'benefit_expense',
      amountFen: nowFen - bookedFen,
    })
  } else if (nowFen < bookedFen) {
    await move(work, {
      ...common,
      key: `home:${reference}:${revision}`,
      kind: loweringKind(told, before),
      from: 'benefit_expense',
      to: before?.cleared_fen ? `receivable_from_region:${from}` : `payable_to_region:${from}`,
      amountFen: bookedFen - nowFen,
    })
  }
}

function loweringKind({ state }: Told, before: SettlementRow | undefined): string {
  if (!before?.cleared_fen) return 'deduction'
  return state === 'undone' ? 'undoing_after_clearing' : 'correction_after_clearing'
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
