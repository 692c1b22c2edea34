import { z } from 'zod'
import { sendMessage } from '../../../exchange/door.ts'
import { addDays, must, Refusal, type Work } from '../../../ground/door.ts'
import { provinceOf, type Rulebook } from '../../../law/door.ts'
import { billLine, billLines, billLinesMax, checkBill, keepBill } from '../bill.ts'
import { messageKinds, pricedLineMessage } from '../messages-between.ts'
import { keepPrices, mapLines, type PricedLine, priceLines, sumPrices } from '../pricing.ts'
import { billTotals, type Preview, preview, type StayFile, step } from './stay-state.ts'
import { tellHold } from './stay-telling.ts'

/** The bill and its preview (预结算): priced by the treatment region, devices by the insured region (A1.14, A1.15). */
export function billSteps(rulebook: Rulebook) {
  const importBill = step({
    title: { zh: '导入费用明细', en: 'Import the bill' },
    from: ['pending_eligibility', 'in_hospital', 'previewed', 'undone'],
    by: ['hospital_office'],
    body: z.strictObject({
      sourceName: z.string().trim().min(1).max(120),
      lines: z.array(billLine).min(1).max(billLinesMax),
    }),
    record: billTotals,
    to: { admitted: 'in_hospital', pending: 'stay' },
    async take({ work, file, body }) {
      checkBill(body.lines, { admittedOn: must(file.state.admission, 'admission').admittedOn, today: work.today })
      const version = (file.state.bill?.version ?? 0) + 1
      await keepBill(work, placeOf(file, version), body.lines)
      await work.reach('stay.bill.kept')
      const totalFen = body.lines.reduce((sum, line) => sum + line.amountFen, 0)
      return {
        outcome: file.status === 'pending_eligibility' ? 'pending' : 'admitted',
        record: { version, lineCount: body.lines.length, totalFen, sourceName: body.sourceName },
      }
    },
    fold: (state, { body }) => ({ ...state, bill: body, preview: null, awaitingPrices: null }),
  })

  const previewBill = step({
    title: { zh: '预结算', en: 'Preview the settlement' },
    from: ['pending_eligibility', 'in_hospital', 'previewed'],
    by: ['hospital_office'],
    body: z.strictObject({}),
    record: preview.nullable(),
    to: { priced: 'previewed', asked: 'in_hospital', provisional: 'stay' },
    async take({ work, file }) {
      const { bill, admission, eligibility } = file.state
      if (!bill) throw new Refusal('bill_missing')
      const admitted = must(admission, 'admission')
      const isPending = file.status === 'pending_eligibility'
      // Devices are priced at home, which has not answered yet.
      if (isPending && admitted.costType === 'device') throw new Refusal('prices_need_insured_place')
      const lines = await billLines(work, file.id, bill.version)
      const mapped = await mapLines(work, must(file.subject.institutionId, 'institution'), lines, admitted.admittedOn)
      // Devices follow the insured place's catalogue (A1.15): its node prices them.
      if (eligibility?.catalogueOf === 'insured' && provinceOf(admitted.insuredRegion).code !== work.node.region) {
        await sendMessage(work, {
          to: provinceOf(admitted.insuredRegion).code,
          kind: messageKinds.deviceAsk,
          version: 1,
          about: file.number,
          body: { stayNumber: file.number, billVersion: bill.version, on: admitted.admittedOn, lines: mapped },
        })
        return { outcome: 'asked', record: null }
      }
      const place = {
        catalogueRegion: work.node.region,
        insuredRegion: admitted.insuredRegion,
        on: admitted.admittedOn,
      }
      const priced = await priceLines(work, rulebook, mapped, place)
      await work.reach('stay.preview.priced')
      const record = await keepPreview(work, file, priced, work.node.region)
      if (isPending) return { outcome: 'provisional', record }
      await askHold(work, rulebook, file, record)
      return { outcome: 'priced', record }
    },
    fold: (state, { body }) =>
      body
        ? { ...state, preview: body, previews: body.number, awaitingPrices: null }
        : { ...state, preview: null, awaitingPrices: state.bill?.version ?? null },
  })

  const receivePrices = step({
    title: { zh: '参保地核价', en: 'Priced by the insured place' },
    from: ['in_hospital'],
    by: ['system'],
    body: z.strictObject({ billVersion: z.int(), lines: z.array(pricedLineMessage) }),
    record: preview,
    to: 'previewed',
    async take({ work, file, body }) {
      if (file.state.awaitingPrices !== body.billVersion) throw new Refusal('prices_not_awaited')
      const { insuredRegion } = must(file.state.admission, 'admission')
      const record = await keepPreview(work, file, body.lines, provinceOf(insuredRegion).code)
      await askHold(work, rulebook, file, record)
      return { record }
    },
    fold: (state, { body }) => ({ ...state, preview: body, previews: body.number, awaitingPrices: null }),
  })

  return { importBill, previewBill, receivePrices }
}

function placeOf(file: StayFile, version: number) {
  const institutionId = must(file.subject.institutionId, 'institution of a stay')
  return { stayId: file.id, version, agency: file.agency, institutionId }
}

/** What the fund will pay by this preview is kept back in the prepaid fund for a while (预占); no answer is waited for. */
async function askHold(work: Work, rulebook: Rulebook, file: StayFile, shown: Preview): Promise<void> {
  const term = await rulebook.valueOf(work, 'holdDays', { on: work.today, insuredRegion: file.agency })
  const heldUntil = addDays(work.today, Number(term.value))
  await tellHold(work, file, { revision: shown.number, state: 'held', fundFen: shown.fundFen, heldUntil })
}

async function keepPreview(
  work: Work,
  file: StayFile,
  lines: readonly PricedLine[],
  catalogueRegion: string,
): Promise<Preview> {
  const version = must(file.state.bill, 'bill').version
  const number = file.state.previews + 1
  await keepPrices(work, { ...placeOf(file, version), preview: number, catalogueRegion }, lines)
  return { number, billVersion: version, ...sumPrices(lines) }
}
