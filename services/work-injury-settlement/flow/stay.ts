import { z } from 'zod'
import { defineFlow } from '../../../cases/door.ts'
import { sendMessage } from '../../../exchange/door.ts'
import { BadInput, must, Refusal, schemaDate, schemaRegion } from '../../../ground/door.ts'
import { provinceOf } from '../../../law/door.ts'
import { getInstitution } from '../../../people/door.ts'
import { directConnectionStatus } from '../../../registers/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { billLine, billLines, billLinesMax, checkBill, keepBill } from '../bill.ts'
import { careKinds, costTypes } from '../form.ts'
import { cardShown, messageKinds, pricedLineMessage } from '../messages-between.ts'
import { keepPrices, mapLines, type PricedLine, priceLines, sumPrices } from '../pricing.ts'
import { auditSteps } from './stay-audit.ts'
import { requireDischargeDay, tellLeft } from './stay-books.ts'
import { settlementSteps } from './stay-settlement.ts'
import {
  admission,
  billTotals,
  eligibility,
  initialStay,
  preview,
  type StayFile,
  type StayState,
  stayState,
  step,
} from './stay-state.ts'

const admitForm = z.strictObject({
  insuredRegion: schemaRegion,
  shown: cardShown,
  careKind: z.enum(careKinds),
  costType: z.enum(costTypes),
  admittedOn: schemaDate,
  thirdPartyLiable: z.boolean(),
  otherInsuranceOpen: z.boolean(),
  bed: z.string().trim().max(20).optional(),
})

/** What agreement a type of cost needs. */
const agreementKind = { medical: 'medical', rehabilitation: 'rehabilitation', device: 'device' } as const

/** A stay at an institution, from admission to clearing (A1.04-A1.18); kept by the treatment region's node. */
export function stayFlow(tools: ServiceTools) {
  const { rulebook } = tools

  const admit = step({
    title: { zh: '入院登记', en: 'Admit' },
    opens: true,
    by: ['hospital_office'],
    body: admitForm,
    record: admission,
    to: 'pending_eligibility',
    async take({ work, file, body }) {
      const institutionId =
        file.subject.institutionId ?? (work.actor.kind === 'institution' ? work.actor.institutionId : null)
      const institution = await getInstitution(work, must(institutionId, 'institution of an admission'))
      if (body.admittedOn > work.today) {
        throw new BadInput([{ path: 'admittedOn', expected: `${work.today} or earlier`, found: body.admittedOn }])
      }
      const kind = agreementKind[body.costType]
      const state = await directConnectionStatus(work, institution.institutionId, kind, body.admittedOn)
      await sendMessage(work, {
        to: provinceOf(body.insuredRegion).code,
        kind: messageKinds.eligibilityAsk,
        version: 1,
        about: file.number,
        body: {
          stayNumber: file.number,
          shown: body.shown,
          careKind: body.careKind,
          costType: body.costType,
          admittedOn: body.admittedOn,
          thirdPartyLiable: body.thirdPartyLiable,
          otherInsuranceOpen: body.otherInsuranceOpen,
          institution: {
            code: institution.code,
            name: institution.name,
            region: institution.region,
            state: state === 'ended' ? 'none' : state,
          },
        },
      })
      return {
        record: {
          insuredRegion: body.insuredRegion,
          shownBy: body.shown.kind,
          scannedAt: body.shown.kind === 'qr' ? body.shown.scannedAt : null,
          careKind: body.careKind,
          costType: body.costType,
          admittedOn: body.admittedOn,
          bed: body.bed ?? null,
        },
        subject: { institutionId: institution.institutionId, agency: institution.region },
      }
    },
    fold: (state, { body }) => ({ ...state, admission: body }),
  })

  const answerEligibility = step({
    title: { zh: '参保地答复', en: "The insured place's answer" },
    from: ['pending_eligibility'],
    by: ['system'],
    body: eligibility,
    record: eligibility,
    to: { eligible: 'in_hospital', redirected: 'redirected' },
    take: async ({ body }) => ({
      outcome: body.ruling.outcome === 'granted' ? 'eligible' : 'redirected',
      record: body,
      decision: body.ruling,
    }),
    fold: (state, { body }) => ({ ...state, eligibility: body }),
  })

  const importBill = step({
    title: { zh: '导入费用明细', en: 'Import the bill' },
    from: ['in_hospital', 'previewed', 'undone'],
    by: ['hospital_office'],
    body: z.strictObject({
      sourceName: z.string().trim().min(1).max(120),
      lines: z.array(billLine).min(1).max(billLinesMax),
    }),
    record: billTotals,
    to: 'in_hospital',
    async take({ work, file, body }) {
      checkBill(body.lines, { admittedOn: must(file.state.admission, 'admission').admittedOn, today: work.today })
      const version = (file.state.bill?.version ?? 0) + 1
      await keepBill(work, placeOf(file, version), body.lines)
      await work.reach('stay.bill.kept')
      const totalFen = body.lines.reduce((sum, line) => sum + line.amountFen, 0)
      return { record: { version, lineCount: body.lines.length, totalFen, sourceName: body.sourceName } }
    },
    fold: (state, { body }) => ({ ...state, bill: body, preview: null, awaitingPrices: null }),
  })

  const previewBill = step({
    title: { zh: '预结算', en: 'Preview the settlement' },
    from: ['in_hospital', 'previewed'],
    by: ['hospital_office'],
    body: z.strictObject({}),
    record: preview.nullable(),
    to: { priced: 'previewed', asked: 'in_hospital' },
    async take({ work, file }) {
      const { bill, admission, eligibility } = file.state
      if (!bill) throw new Refusal('bill_missing')
      const admitted = must(admission, 'admission')
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
      return { outcome: 'priced', record: await keepPreview(work, file, priced, work.node.region) }
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
      return { record: await keepPreview(work, file, body.lines, provinceOf(insuredRegion).code) }
    },
    fold: (state, { body }) => ({ ...state, preview: body, previews: body.number, awaitingPrices: null }),
  })

  const leave = step({
    title: { zh: '未直接结算出院', en: 'Discharge without direct settlement' },
    from: ['redirected', 'in_hospital', 'previewed', 'pending_eligibility', 'undone'],
    by: ['hospital_office'],
    body: z.strictObject({ dischargedOn: schemaDate, reason: z.string().trim().min(1).max(300) }),
    record: z.strictObject({ dischargedOn: schemaDate, reason: z.string() }),
    to: 'left_without_settlement',
    async take({ work, file, body }) {
      requireDischargeDay(must(file.state.admission, 'admission').admittedOn, body.dischargedOn, work.today)
      await tellLeft(work, file, body.dischargedOn, file.state.eligibility?.manualClaim ?? null)
      return { record: body }
    },
    fold: (state, { body }) => ({ ...state, leftOn: body.dischargedOn }),
  })

  return defineFlow<StayState>({
    id: 'stay',
    service: 'work-injury-settlement',
    version: 1,
    title: { zh: '工伤住院直接结算', en: 'Work-injury stay with direct settlement' },
    numberPrefix: 'ZY',
    state: stayState,
    initial: initialStay,
    deadlines: {
      appeal: { zh: '申诉期限', en: 'Time to appeal' },
    },
    statuses: {
      pending_eligibility: { title: { zh: '待参保地确认', en: 'Waiting for the insured place' }, waitsFor: 'partner' },
      redirected: { title: { zh: '不能直接结算', en: 'Not settled directly' }, waitsFor: 'institution' },
      in_hospital: { title: { zh: '在院', en: 'In hospital' }, waitsFor: 'institution' },
      previewed: { title: { zh: '预结算', en: 'Previewed' }, waitsFor: 'institution' },
      settled: { title: { zh: '已结算', en: 'Settled' }, waitsFor: 'reconciliation' },
      reconciled: { title: { zh: '已对账', en: 'Reconciled' }, task: { role: 'audit' } },
      deduction_proposed: {
        title: { zh: '拟扣款', en: 'Deduction proposed' },
        waitsFor: 'institution',
        automatic: { step: 'confirmDeduction', afterDeadline: 'appeal' },
      },
      appealed: { title: { zh: '申诉中', en: 'Under appeal' }, task: { role: 'approve' } },
      audited: { title: { zh: '已审核', en: 'Audited' }, waitsFor: 'payment' },
      paid: { title: { zh: '已拨付', en: 'Paid' }, waitsFor: 'clearing' },
      cleared: { title: { zh: '已清算', en: 'Cleared' }, waitsFor: 'none' },
      undone: { title: { zh: '已撤销', en: 'Undone' }, waitsFor: 'institution' },
      left_without_settlement: { title: { zh: '未直接结算', en: 'Left without direct settlement' }, final: true },
    },
    steps: {
      admit,
      answerEligibility,
      importBill,
      previewBill,
      receivePrices,
      leave,
      ...settlementSteps(tools),
      ...auditSteps(tools),
    },
    summary: ({ state }) => ({
      costType: state.admission?.costType ?? null,
      insuredRegion: state.admission?.insuredRegion ?? null,
      admittedOn: state.admission?.admittedOn ?? null,
      fundFen: state.settlement?.fundFen ?? state.preview?.fundFen ?? null,
      personFen: state.settlement?.personFen ?? state.preview?.personFen ?? null,
      settlementNumber: state.settlement?.number ?? null,
    }),
  })
}

function placeOf(file: StayFile, version: number) {
  const institutionId = must(file.subject.institutionId, 'institution of a stay')
  return { stayId: file.id, version, agency: file.agency, institutionId }
}

async function keepPreview(
  work: Parameters<typeof keepPrices>[0],
  file: StayFile,
  lines: readonly PricedLine[],
  catalogueRegion: string,
): Promise<z.infer<typeof preview>> {
  const version = must(file.state.bill, 'bill').version
  const number = file.state.previews + 1
  await keepPrices(work, { ...placeOf(file, version), preview: number, catalogueRegion }, lines)
  return { number, billVersion: version, ...sumPrices(lines) }
}
