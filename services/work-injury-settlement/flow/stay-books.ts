import { BadInput, must, type PlainDate, type Work } from '../../../ground/door.ts'
import { provinceOf } from '../../../law/door.ts'
import { mirror, move, takeBack } from '../postings.ts'
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

/** The hospital of a stay. */
export function hospitalOf(file: StayFile): string {
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
export async function postDeduction(
  work: Work,
  file: StayFile,
  { number }: Settlement,
  amountFen: number,
): Promise<void> {
  if (amountFen === 0) return
  await move(work, {
    key: `deduct:${number}`,
    kind: 'deduction',
    on: work.today,
    from: debtorAccount(file, work),
    to: `payable_to_hospital:${hospitalOf(file)}`,
    amountFen,
    caseId: file.id,
    reference: number,
  })
}

/** Has money gone to the hospital for what stands in the stay? */
function isPaid({ status }: Pick<StayFile, 'status'>): boolean {
  return status === 'paid' || status === 'cleared'
}

/**
 * Correction (更正) of a settlement that stands, by how far the money has gone: a part of the settlement's own transfer taken back before the
 * hospital was paid; a receivable from the hospital after.
 */
export async function postCorrection(
  work: Work,
  file: StayFile,
  corrected: Settlement,
  amountFen: number,
): Promise<void> {
  const { number, revision } = corrected
  const key = `correct:${number}:${revision}`
  if (isPaid(file)) await claimBack(work, file, { key, kind: 'correction_after_payment', number, amountFen })
  else await takeBack(work, `settle:${number}`, { key, kind: 'correction', reference: number, amountFen })
}

/**
 * Undoing (结算撤销), by how far the money has gone (domain.md): mirrors before the hospital was paid; a receivable from the hospital after;
 * and after clearing what the insured region has paid is owed back to it.
 */
export async function postUndoing(work: Work, file: StayFile, settled: Settlement): Promise<void> {
  const { number, fundFen, deductedFen } = settled
  if (!isPaid(file)) {
    for (const event of ['settle', 'deduct']) await mirror(work, `${event}:${number}`, number)
    return
  }
  const kind = file.status === 'paid' ? ('undoing_after_payment' as const) : ('undoing_after_clearing' as const)
  await claimBack(work, file, { key: `undo:${number}`, kind, number, amountFen: fundFen - deductedFen })
}

/** The hospital owes what it was paid; the insured region owes it no longer, or, where it has cleared it, gets it back. */
async function claimBack(
  work: Work,
  file: StayFile,
  { key, kind, number, amountFen }: { key: string; kind: string; number: string; amountFen: number },
): Promise<void> {
  if (amountFen === 0) return
  await move(work, {
    key,
    kind,
    on: work.today,
    from: file.status === 'cleared' ? `payable_to_region:${insuredProvince(file)}` : debtorAccount(file, work),
    to: `receivable_from_hospital:${hospitalOf(file)}`,
    amountFen,
    caseId: file.id,
    reference: number,
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

/** Business dates in order: admitted, discharged, today. Throws `BadInput`. */
export function requireDischargeDay(admittedOn: PlainDate, dischargedOn: PlainDate, today: PlainDate): void {
  if (admittedOn <= dischargedOn && dischargedOn <= today) return
  throw new BadInput([{ path: 'dischargedOn', expected: `${admittedOn} .. ${today}`, found: dischargedOn }])
}
