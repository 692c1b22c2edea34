import type { z } from 'zod'
import { sendMessage } from '../../../exchange/door.ts'
import { must, type PlainDate, type Work } from '../../../ground/door.ts'
import { provinceOf } from '../../../law/door.ts'
import { pricedLines } from '../bill.ts'
import { messageKinds, type settlementHoldMessage } from '../messages-between.ts'
import { keepSettlement } from '../settlements.ts'
import { hospitalOf, insuredProvince } from './stay-books.ts'
import type { Settlement, StayFile } from './stay-state.ts'

/** Keeps the settlement's newest revision for lists and tells the insured region its whole state, in the same transaction. */
export async function publishSettlement(work: Work, file: StayFile, settled: Settlement): Promise<void> {
  await keepHostSettlement(work, file, settled, work.today)
  await tellSettlement(work, file, settled, work.today)
}

/** Keeps the newest revision of a stay's settlement, which came to be on `changedOn`, for lists and clearing. */
export async function keepHostSettlement(
  work: Work,
  file: StayFile,
  settled: Settlement,
  changedOn: PlainDate,
): Promise<void> {
  const { insuredRegion, costType, admittedOn } = must(file.state.admission, 'admission')
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
    state: stateOf(settled),
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
    changed_on: changedOn,
    disputed_in: null,
  })
}

/** Tells the insured region the whole state of a settlement, whose newest revision came to be on `changedOn`; again where it asks for it. */
export async function tellSettlement(
  work: Work,
  file: StayFile,
  settled: Settlement,
  changedOn: PlainDate,
): Promise<void> {
  const { insuredRegion, costType, admittedOn } = must(file.state.admission, 'admission')
  const lines = await pricedLines(work, file.id, settled.previewNumber)
  await sendMessage(work, {
    to: provinceOf(insuredRegion).code,
    kind: messageKinds.settlementState,
    version: 1,
    about: file.number,
    body: {
      settlementNumber: settled.number,
      stayNumber: file.number,
      revision: settled.revision,
      state: stateOf(settled),
      costType,
      admittedOn,
      dischargedOn: settled.dischargedOn,
      settledOn: settled.settledOn,
      undoneOn: settled.undoneOn,
      auditedOn: settled.auditedOn,
      changedOn,
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

function stateOf({ undoneOn }: Settlement) {
  return undoneOn ? ('undone' as const) : ('settled' as const)
}

/** Asks the insured region to keep back what a preview will cost its prepaid fund until `heldUntil` (预占), or to let it go. */
export async function tellHold(
  work: Work,
  file: StayFile,
  hold: Omit<z.infer<typeof settlementHoldMessage>, 'settlementNumber'>,
): Promise<void> {
  if (insuredProvince(file) === work.node.region) return
  await sendMessage(work, {
    to: insuredProvince(file),
    kind: messageKinds.settlementHold,
    version: 1,
    about: file.number,
    body: { settlementNumber: nextSettlementNumber(file), ...hold },
  })
}

/** The number that the next settlement of a stay will have: the stay's and how often it was settled. */
export function nextSettlementNumber({ number, state }: StayFile): string {
  return `${number}-${state.settlements + 1}`
}

/** Tells the insured region that a stay ended without settlement: what the person has paid becomes, or is, a manual claim. */
export async function tellLeft(work: Work, file: StayFile, dischargedOn: PlainDate): Promise<void> {
  await sendMessage(work, {
    to: insuredProvince(file),
    kind: messageKinds.stayLeft,
    version: 1,
    about: file.number,
    body: { stayNumber: file.number, dischargedOn },
  })
}
