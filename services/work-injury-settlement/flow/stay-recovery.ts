import type { z } from 'zod'
import type { Work } from '../../../ground/door.ts'
import { billLineOf, keepBill } from '../bill.ts'
import { settlementStateMessage } from '../messages-between.ts'
import { keepPrices } from '../pricing.ts'
import { settlementOrdinal } from '../settlements.ts'
import { hospitalOf, postCorrection, postDeduction, postSettlement, postUndoing } from './stay-books.ts'
import { onceSettled, type Settlement, type StayFile, settlement, step } from './stay-state.ts'
import { keepHostSettlement } from './stay-telling.ts'

type Told = z.infer<typeof settlementStateMessage>

/**
 * What this node told of a settlement before it was restored to an earlier moment, booked again as it was told. It stands as settled: reconciliation
 * and audit, whose steps are forgotten too, come once more before anything is paid.
 */
export function recoverySteps() {
  const recover = step({
    title: { zh: '恢复后补记', en: 'Recovered after a restore' },
    from: ['pending_eligibility', ...onceSettled],
    by: ['system'],
    body: settlementStateMessage,
    record: settlement.nullable(),
    to: { settled: 'settled', undone: 'undone', known: 'stay' },
    async take({ work, file, body: told }) {
      const known = file.state.settlement
      const isSame = known?.number === told.settlementNumber
      if (isSame && known.revision >= told.revision) return { outcome: 'known', record: null }
      if (known && settlementOrdinal(known.number) > settlementOrdinal(told.settlementNumber)) {
        return { outcome: 'known', record: null }
      }
      const previewNumber = isSame ? known.previewNumber : await keepTold(work, file, told)
      const recovered = recoveredSettlement(told, previewNumber)
      if (!isSame) await postSettlement(work, file, recovered)
      await postLowering(work, file, recovered, isSame ? known.deductedFen : 0)
      if (told.state === 'undone') await postUndoing(work, file, recovered)
      await keepHostSettlement(work, file, recovered, told.changedOn)
      return { outcome: told.state, record: recovered }
    },
    fold: (state, { body }) => {
      if (!body) return state
      const settlements = Math.max(state.settlements, settlementOrdinal(body.number))
      return { ...state, settlement: body, settlements, previews: Math.max(state.previews, body.previewNumber) }
    },
  })

  return { recover }
}

/** Deducted at the audit where it was closed by then, corrected otherwise: the accounts are the same. */
async function postLowering(work: Work, file: StayFile, recovered: Settlement, knownFen: number): Promise<void> {
  const lessFen = recovered.deductedFen - knownFen
  if (lessFen === 0) return
  if (recovered.auditedOn && knownFen === 0) await postDeduction(work, file, recovered, lessFen)
  else await postCorrection(work, file, recovered, lessFen)
}

/** The lines as they were told, as a bill and its preview; the hospital's own codes are not known any more. */
async function keepTold(work: Work, file: StayFile, told: Told): Promise<number> {
  const version = (file.state.bill?.version ?? 0) + 1
  const preview = file.state.previews + 1
  const place = { stayId: file.id, version, agency: file.agency, institutionId: hospitalOf(file) }
  if (told.lines.length > 0) {
    await keepBill(
      work,
      place,
      told.lines.map((line) => billLineOf(line, told.dischargedOn)),
    )
    await keepPrices(work, { ...place, preview, catalogueRegion: work.node.region }, told.lines)
  }
  return preview
}

function recoveredSettlement(told: Told, previewNumber: number): Settlement {
  const { dischargedOn, settledOn, totalFen, fundFen, personFen, deductedFen } = told
  return {
    ...{ number: told.settlementNumber, revision: told.revision, dischargedOn, settledOn },
    ...{ totalFen, fundFen, personFen, deductedFen, previewNumber },
    ...{ declaredTravelFen: told.declaredTravelFen, declaredLodgingFen: told.declaredLodgingFen },
    ...{ auditedOn: told.auditedOn, undoneOn: told.undoneOn },
    ...{ transactionNumber: null, home: 'waiting', homeCode: null, claimNumber: null },
  }
}
