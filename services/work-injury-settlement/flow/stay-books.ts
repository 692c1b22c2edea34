import { sendMessage } from '../../../exchange/door.ts'
import { asActor, BadInput, must, type PlainDate, systemActor, type Work } from '../../../ground/door.ts'
import { provinceOf } from '../../../law/door.ts'
import { findTransferByKey, reverseTransfer } from '../../../ledger/door.ts'
import { pricedLines } from '../bill.ts'
import { messageKinds } from '../messages-between.ts'
import { move } from '../postings.ts'
import { keepSettlement } from '../settlements.ts'
import type { Settlement, StayFile } from './stay-state.ts'

/** The account that stands against the hospital's claim: what the insured region owes us, or our own expense for our own insured. */
function debtorAccount(file: StayFile, work: Work) {
  const insured = insuredProvince(file)
  return insured === work.node.region ? ('benefit_expense' as const) : (`receivable_from_region:${insured}` as const)
}

/** The province whose fund owes a stay. */
export function insuredProvince(file: StayFile): string {
  return provinceOf(must(file.state.admission, 'admission').insuredRegion).code
}

function hospitalOf(file: StayFile): string {
  return must(file.subject.institutionId, 'institution of a stay')
}

/** Discharge: the fund's part is owed to the hospital, and to us by the insured region (domain.md, postings). */
export async function postSettlement(work: Work, file: StayFile, settled: Settlement): Promise<void> {
  if (settled.fundFen === 0) return
  await move(work, {
    key: `settle:${settled.number}`,
    kind: 'settlement',
    on: settled.settledOn,
    from: `payable_to_hospital:${hospitalOf(file)}`,
    to: debtorAccount(file, work),
    amountFen: settled.fundFen,
    caseId: file.id,
    reference: settled.number,
  })
}

/** Audit deduction: the hospital gets less, the insured region owes less. */
export async function postDeduction(work: Work, file: StayFile, settled: Settlement): Promise<void> {
  if (settled.deductedFen === 0) return
  await move(work, {
    key: `deduct:${settled.number}`,
    kind: 'deduction',
    on: work.today,
    from: debtorAccount(file, work),
    to: `payable_to_hospital:${hospitalOf(file)}`,
    amountFen: settled.deductedFen,
    caseId: file.id,
    reference: settled.number,
  })
}

/**
 * Undoing (结算撤销), by how far the money has gone (domain.md): mirrors before the hospital was paid; a receivable from the hospital after;
 * and after clearing what the insured region has paid is owed back to it.
 */
export async function postUndoing(work: Work, file: StayFile, settled: Settlement): Promise<void> {
  const { status } = file
  const netFen = settled.fundFen - settled.deductedFen
  if (status !== 'paid' && status !== 'cleared') {
    for (const event of ['settle', 'deduct']) await mirror(work, `${event}:${settled.number}`, settled.number)
  } else if (netFen > 0) {
    const insured = insuredProvince(file)
    await move(work, {
      key: `undo:${settled.number}`,
      kind: status === 'paid' ? 'undoing_after_payment' : 'undoing_after_clearing',
      on: work.today,
      from: status === 'cleared' ? `payable_to_region:${insured}` : debtorAccount(file, work),
      to: `receivable_from_hospital:${hospitalOf(file)}`,
      amountFen: netFen,
      caseId: file.id,
      reference: settled.number,
    })
  }
}

/** The mirror of a transfer, naming it; nothing where it was never posted (an amount of zero). */
export async function mirror(work: Work, key: string, reference: string): Promise<void> {
  // A hospital does not see the books, yet its undoing stands in them.
  const original = await asActor(work, systemActor, (system) => findTransferByKey(system, key))
  if (!original) return
  await reverseTransfer(work, {
    transferId: original.id,
    key: `undo-${key}`,
    kind: 'undoing',
    on: work.today,
    memo: { code: 'posting.undoing', params: { reference } },
    reference,
  })
}

/** Keeps the settlement's newest revision for lists and tells the insured region its whole state, in the same transaction. */
export async function publishSettlement(work: Work, file: StayFile, settled: Settlement): Promise<void> {
  const { admission, preview } = file.state
  const { insuredRegion, costType, admittedOn } = must(admission, 'admission')
  const state = settled.undoneOn ? ('undone' as const) : ('settled' as const)
  await keepSettlement(work, {
    number: settled.number,
    side: 'host',
    revision: settled.revision,
    case_id: file.id,
    agency: file.agency,
    insured_region: provinceOf(insuredRegion).code,
    treatment_region: work.node.region,
    institution_id: hospitalOf(file),
    person_id: null,
    cost_type: costType,
    state,
    total_fen: settled.totalFen,
    fund_fen: settled.fundFen,
    person_fen: settled.personFen,
    deducted_fen: settled.deductedFen,
    admitted_on: admittedOn,
    discharged_on: settled.dischargedOn,
    settled_on: settled.settledOn,
    undone_on: settled.undoneOn,
    reconciled_on: null,
    audited_on: settled.auditedOn,
    paid_on: null,
    cleared_fen: 0,
    cleared_in: null,
  })
  const lines = await pricedLines(work, file.id, must(preview, 'preview of a settlement').number)
  await sendMessage(work, {
    to: provinceOf(insuredRegion).code,
    kind: messageKinds.settlementState,
    version: 1,
    about: file.number,
    body: {
      settlementNumber: settled.number,
      stayNumber: file.number,
      revision: settled.revision,
      state,
      costType,
      admittedOn,
      dischargedOn: settled.dischargedOn,
      settledOn: settled.settledOn,
      undoneOn: settled.undoneOn,
      auditedOn: settled.auditedOn,
      totalFen: settled.totalFen,
      fundFen: settled.fundFen,
      personFen: settled.personFen,
      deductedFen: settled.deductedFen,
      declaredTravelFen: settled.declaredTravelFen,
      declaredLodgingFen: settled.declaredLodgingFen,
      lines: lines.map((line) => ({
        no: line.no,
        name: line.name,
        amountFen: line.amountFen,
        catalogueCode: line.catalogueCode,
        limitFen: line.limitFen,
        fundFen: line.fundFen,
        personFen: line.personFen,
        finding: line.finding,
        because: line.because,
      })),
    },
  })
}

/** A settlement one revision on. */
export function revised(settled: Settlement, change: Partial<Settlement>): Settlement {
  return { ...settled, ...change, revision: settled.revision + 1 }
}

/** The settlement of a stay that has one. */
export function settlementOf(file: StayFile): Settlement {
  return must(file.state.settlement, 'the settlement of a stay')
}

/** Tells the insured region when a stay ended for which it opened a manual claim. */
export async function tellLeft(
  work: Work,
  file: StayFile,
  dischargedOn: PlainDate,
  manualClaim: string | null,
): Promise<void> {
  if (manualClaim === null) return
  await sendMessage(work, {
    to: insuredProvince(file),
    kind: messageKinds.stayLeft,
    version: 1,
    about: file.number,
    body: { stayNumber: file.number, dischargedOn },
  })
}

/** Business dates in order: admitted, discharged, today. Throws `BadInput`. */
export function requireDischargeDay(admittedOn: PlainDate, dischargedOn: PlainDate, today: PlainDate): void {
  if (admittedOn <= dischargedOn && dischargedOn <= today) return
  throw new BadInput([{ path: 'dischargedOn', expected: `${admittedOn} .. ${today}`, found: dischargedOn }])
}
