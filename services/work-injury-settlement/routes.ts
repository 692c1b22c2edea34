import { z } from 'zod'
import {
  actorPersonId,
  daysBetween,
  type Id,
  monthRange,
  must,
  quarterRange,
  Refusal,
  schemaDate,
  schemaFen,
  schemaId,
  schemaRegion,
  unseal,
  type Work,
} from '../../ground/door.ts'
import { getInstitution, schemaMonth } from '../../people/door.ts'
import { provincesMissingMinimum } from '../../registers/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { benefitItems } from './benefits.ts'
import { billLine, billLines, pricedLines } from './bill.ts'
import { billMapping, billProblem, readBillFile } from './bill-file.ts'
import { ruleOnFiling, standingOf } from './flow/filing-facts.ts'
import { agencyOf, subjectOf } from './flow/filing-state.ts'
import type { FlowSet } from './flow-set.ts'
import { filingFields, filingForm, savedProofs } from './form.ts'
import { rulingSummary } from './messages-between.ts'
import { overview, overviewAnswer } from './overview.ts'
import { pilotRoute } from './pilot.ts'
import { payPrepaid } from './prepaid.ts'
import { summaryOf } from './ruling.ts'
import { listSettlements, owedFen } from './settlements.ts'
import { supervision, supervisionAnswer } from './supervision.ts'
import { type SettlementRow, serviceTables } from './tables.ts'

const agencyRoles = ['accept', 'review', 'approve', 'pay', 'audit', 'supervisor']

/** The operations of this service beyond the steps of its cases. */
export function routes(tools: ServiceTools, flows: FlowSet): ServiceRoute[] {
  return [...filingRoutes(tools), ...stayRoutes(tools, flows), ...moneyRoutes(tools), pilotRoute(tools.rulebook)]
}

const both = z.object({ zh: z.string(), en: z.string() })

const assumption = z.object({
  name: z.string(),
  label: both,
  value: z.unknown(),
  unit: z.string(),
  source: z.string(),
  note: z.string().optional(),
})

const rulingAnswer = rulingSummary.extend({
  assumptions: z.array(assumption),
  results: z.record(z.string(), z.unknown()),
})

function filingRoutes({ rulebook }: ServiceTools): ServiceRoute[] {
  const applicants = ['person', 'employer_officer', 'accept']
  return [
    serviceRoute({
      method: 'GET',
      path: '/form/filing',
      title: { zh: '备案表', en: 'The filing form' },
      callers: [...applicants, 'review', 'approve', 'supervisor'],
      query: z.object({ personId: schemaId.optional() }),
      answer: z.object({
        fields: z.array(z.unknown()),
        injuries: z.array(
          z.object({ id: schemaId, occurredOn: schemaDate, bodyPart: z.string(), determination: z.string() }),
        ),
        savedProofs: z.array(both.extend({ sharedFrom: both })),
      }),
      async handle(work, { query }) {
        const personId = actorPersonId(work.actor) ?? query.personId
        return { fields: filingFields, injuries: personId ? await injuriesOf(work, personId) : [], savedProofs }
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/filing/preview',
      title: { zh: '备案预判', en: 'What the rule says to a filing, before it is sent' },
      callers: applicants,
      body: filingForm,
      answer: z.object({ ruling: rulingAnswer }),
      async handle(work, { body }) {
        const personId = subjectOf(work, body)
        const agency = await agencyOf(work, personId, work.today)
        const standing = await standingOf(work, personId, work.today)
        const ruling = await ruleOnFiling(work, rulebook, { personId, agency, form: body, ...standing, on: work.today })
        const { assumptions, results } = ruling.decision
        const labelled = assumptions.map((held) => ({
          ...held,
          label: labelOf(rulebook.messages, `values.${held.name}`),
        }))
        return { ruling: { ...summaryOf(ruling), assumptions: labelled, results } }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/visiting-filings',
      title: { zh: '外地参保人员备案', en: 'Filings of people insured elsewhere' },
      callers: ['hospital_office', ...agencyRoles],
      query: z.object({ card: z.string().min(4).optional() }),
      answer: z.object({
        rows: z.array(
          z.object({
            insuredRegion: z.string(),
            filingNumber: z.string(),
            cardNumber: z.string(),
            filingClass: z.string(),
            treatmentRegion: z.string(),
            validFrom: schemaDate,
            validTo: schemaDate.nullable(),
            state: z.string(),
          }),
        ),
      }),
      handle: async (work, { query }) => ({ rows: await visitingFilings(work, query.card) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/benefits',
      title: { zh: '工伤待遇支付项目及流程', en: 'Benefit items and their procedures' },
      callers: ['public', 'person', 'hospital_office', 'employer_officer', ...agencyRoles],
      answer: z.object({ items: z.array(z.unknown()) }),
      handle: async () => ({ items: benefitItems }),
    }),
  ]
}

function labelOf(messages: ServiceTools['rulebook']['messages'], key: string) {
  return { zh: messages.zh.get(key) ?? key, en: messages.en.get(key) ?? key }
}

async function injuriesOf(work: Work, personId: Id) {
  const rows = await serviceTables(work)
    .selectFrom('svc_work_injury_settlement.injury')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('occurred_on', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    occurredOn: row.occurred_on,
    bodyPart: row.body_part,
    determination: row.determination,
  }))
}

async function visitingFilings(work: Work, card: string | undefined) {
  // A hospital asks by card number only; it does not browse other regions' people.
  if (work.actor.kind === 'institution' && card === undefined) return []
  let query = serviceTables(work)
    .selectFrom('svc_work_injury_settlement.visiting_filing')
    .selectAll()
    .orderBy('told_at', 'desc')
    .limit(200)
  if (card !== undefined) query = query.where('card_number', '=', card)
  const rows = await query.execute()
  return rows.map((row) => ({
    insuredRegion: row.insured_region,
    filingNumber: row.filing_number,
    cardNumber: row.card_number,
    filingClass: row.filing_class,
    treatmentRegion: row.treatment_region,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    state: row.state,
  }))
}

const lineAnswer = billLine.extend({
  no: z.int(),
  catalogueCode: z.string().nullable(),
  limitFen: schemaFen.nullable(),
  fundFen: schemaFen.nullable(),
  personFen: schemaFen.nullable(),
  finding: z.string().nullable(),
  because: z.string().nullable(),
})

function stayRoutes(tools: ServiceTools, flows: FlowSet): ServiceRoute[] {
  const params = z.object({ caseId: schemaId })
  return [
    serviceRoute({
      method: 'POST',
      path: '/bill/read',
      title: { zh: '读取费用明细文件', en: 'Read a bill file' },
      callers: ['hospital_office'],
      body: z.object({
        fileName: z.string().min(1).max(120),
        contentBase64: z.base64().max(7_000_000),
        mapping: billMapping.optional(),
      }),
      answer: z.object({
        headers: z.array(z.string()),
        sample: z.array(z.array(z.string())),
        mapping: billMapping.partial(),
        lines: z.array(billLine).nullable(),
        problems: z.array(billProblem),
      }),
      handle: async (_work, { body }) =>
        readBillFile(body.fileName, Buffer.from(body.contentBase64, 'base64'), body.mapping),
    }),
    serviceRoute({
      method: 'GET',
      path: '/stays/:caseId/lines',
      title: { zh: '费用明细与审核结果', en: 'Bill lines and what they came to' },
      callers: ['hospital_office', ...agencyRoles],
      params,
      answer: z.object({ lines: z.array(lineAnswer) }),
      handle: async (work, { params: { caseId } }) => ({ lines: await linesOf(work, tools, flows, caseId) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/stays/:caseId/slip',
      title: { zh: '结算单', en: 'The settlement slip' },
      callers: ['hospital_office', 'audit'],
      params,
      answer: z.object({
        number: z.string(),
        patientName: z.string(),
        institutionName: z.string(),
        admittedOn: schemaDate,
        totals: z.unknown(),
        lines: z.array(lineAnswer),
        sentences: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }),
      }),
      handle: (work, { params: { caseId } }) => slipOf(work, tools, flows, caseId),
    }),
  ]
}

async function linesOf(
  work: Work,
  tools: ServiceTools,
  flows: FlowSet,
  caseId: Id,
): Promise<z.infer<typeof lineAnswer>[]> {
  const { state } = await tools.cases().getOf(work, flows.stay, caseId)
  if (state.previews > 0 && state.preview) return pricedLines(work, caseId, state.preview.number)
  if (!state.bill) return []
  const lines = await billLines(work, caseId, state.bill.version)
  return lines.map((line) => ({
    ...line,
    ...{ catalogueCode: null, limitFen: null, fundFen: null, personFen: null, finding: null, because: null },
  }))
}

async function slipOf(work: Work, tools: ServiceTools, flows: FlowSet, caseId: Id) {
  const file = await tools.cases().getOf(work, flows.stay, caseId)
  const { preview, eligibility, admission } = file.state
  if (!preview || !eligibility?.patientId || !admission) throw new Refusal('slip_not_ready')
  const institution = await getInstitution(work, must(file.subject.institutionId, 'institution of a stay'))
  return {
    number: file.number,
    patientName: await patientName(work, eligibility.patientId),
    institutionName: institution.name,
    admittedOn: admission.admittedOn,
    totals: preview,
    lines: await pricedLines(work, caseId, preview.number),
    sentences: eligibility.ruling.sentences,
  }
}

async function patientName(work: Work, patientId: Id): Promise<string> {
  const row = await serviceTables(work)
    .selectFrom('svc_work_injury_settlement.patient')
    .select('name_sealed')
    .where('id', '=', patientId)
    .executeTakeFirst()
  return unseal(work.node.keys, must(row, 'patient').name_sealed)
}

const settlementAnswer = z.object({
  number: z.string(),
  caseId: schemaId,
  state: z.string(),
  insuredRegion: z.string(),
  treatmentRegion: z.string(),
  institutionName: z.string().nullable(),
  costType: z.string(),
  totalFen: schemaFen,
  fundFen: schemaFen,
  personFen: schemaFen,
  deductedFen: schemaFen,
  admittedOn: schemaDate,
  dischargedOn: schemaDate,
  settledOn: schemaDate,
  reconciledOn: schemaDate.nullable(),
  auditedOn: schemaDate.nullable(),
  paidOn: schemaDate.nullable(),
  clearedFen: z.int(),
  daysToPayment: z.int().nullable(),
})

function moneyRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/settlements',
      title: { zh: '结算台账', en: 'Settlements' },
      callers: ['hospital_office', ...agencyRoles],
      query: z.object({
        side: z.enum(['host', 'home']),
        quarter: z
          .string()
          .regex(/^\d{4}-Q[1-4]$/)
          .optional(),
        month: schemaMonth.optional(),
        from: schemaDate.optional().describe('discharged from this day on; a quarter or month goes before'),
        partner: schemaRegion.optional(),
        state: z.enum(['settled', 'undone']).optional(),
        daysFrom: z.coerce.number().int().min(0).optional().describe('days from discharge to payment'),
        daysBelow: z.coerce.number().int().min(0).optional(),
      }),
      answer: z.object({
        count: z.int(),
        rows: z.array(settlementAnswer).describe('the newest of them'),
        owed: z.array(z.object({ partner: z.string(), owedFen: z.int(), clearedFen: z.int() })),
      }),
      handle: (work, { query }) => settlementList(work, query),
    }),
    serviceRoute({
      method: 'GET',
      path: '/overview',
      title: { zh: '监管总览', en: 'Overview for supervision' },
      callers: agencyRoles,
      answer: overviewAnswer,
      handle: (work) => overview(work, tools),
    }),
    serviceRoute({
      method: 'GET',
      path: '/supervision',
      title: { zh: '监管图表', en: 'Figures of settlements, for charts' },
      callers: agencyRoles,
      query: z.object({ from: schemaDate }),
      answer: supervisionAnswer,
      handle: (work, { query }) => supervision(work, query.from),
    }),
    serviceRoute({
      method: 'POST',
      path: '/prepaid',
      title: { zh: '拨付预付金', en: 'Pay an advance' },
      callers: ['pay'],
      body: z.object({ to: schemaRegion, amountFen: z.int().min(100).max(1_000_000_000_000) }),
      answer: z.object({ paymentNumber: z.string() }),
      handle: (work, { body }) => payPrepaid(work, body.to, body.amountFen),
    }),
    serviceRoute({
      method: 'GET',
      path: '/missing-minimum',
      title: { zh: '未达最低数量的省份', en: 'Provinces that miss a minimum of institutions' },
      callers: agencyRoles,
      answer: z.object({ provinces: z.array(z.unknown()) }),
      handle: async (work) => ({ provinces: await provincesMissingMinimum(work, [work.node.region], work.today) }),
    }),
  ]
}

/** A page shows the newest; the count and the sums are of all. */
const shownMax = 500

type ListQuery = {
  side: 'host' | 'home'
  quarter?: string | undefined
  month?: string | undefined
  from?: string | undefined
  partner?: string | undefined
  state?: SettlementRow['state'] | undefined
  daysFrom?: number | undefined
  daysBelow?: number | undefined
}

/** The settlements that are asked for; the days are of what is paid. */
async function settlementsAsked(work: Work, query: ListQuery) {
  const { side, quarter, month, from, partner, state, daysFrom, daysBelow } = query
  const range = quarter ? quarterRange(quarter) : month ? monthRange(month) : undefined
  const rows = await listSettlements(work, {
    side,
    ...(from !== undefined && { dischargedFrom: from }),
    ...(range && { dischargedFrom: range.from, dischargedTo: range.to }),
  })
  const isAsked = (row: SettlementRow) => {
    if (partner !== undefined && partnerOf(side, row) !== partner) return false
    if (state !== undefined && row.state !== state) return false
    if (daysFrom === undefined && daysBelow === undefined) return true
    const days = row.paid_on ? daysBetween(row.discharged_on, row.paid_on) : -1
    return days >= (daysFrom ?? 0) && days < (daysBelow ?? Infinity)
  }
  return rows.filter(isAsked)
}

function partnerOf(side: 'host' | 'home', row: SettlementRow): string {
  return side === 'host' ? row.insured_region : row.treatment_region
}

async function settlementList(work: Work, query: ListQuery) {
  const { side } = query
  const rows = await settlementsAsked(work, query)
  const names = new Map<Id, string>()
  for (const { institution_id: id } of rows.slice(0, shownMax))
    if (id && !names.has(id)) names.set(id, (await getInstitution(work, id)).name)
  const owed = new Map<string, { partner: string; owedFen: number; clearedFen: number }>()
  for (const row of rows) {
    const partner = partnerOf(side, row)
    const sum = owed.get(partner) ?? { partner, owedFen: 0, clearedFen: 0 }
    sum.owedFen += owedFen(row)
    sum.clearedFen += row.cleared_fen
    owed.set(partner, sum)
  }
  return {
    count: rows.length,
    rows: rows.slice(0, shownMax).map((row) => ({
      number: row.number,
      caseId: row.case_id,
      state: row.state,
      insuredRegion: row.insured_region,
      treatmentRegion: row.treatment_region,
      institutionName: row.institution_id ? (names.get(row.institution_id) ?? null) : null,
      costType: row.cost_type,
      totalFen: row.total_fen,
      fundFen: row.fund_fen,
      personFen: row.person_fen,
      deductedFen: row.deducted_fen,
      admittedOn: row.admitted_on,
      dischargedOn: row.discharged_on,
      settledOn: row.settled_on,
      reconciledOn: row.reconciled_on,
      auditedOn: row.audited_on,
      paidOn: row.paid_on,
      clearedFen: row.cleared_fen,
      daysToPayment: row.paid_on ? daysBetween(row.discharged_on, row.paid_on) : null,
    })),
    owed: [...owed.values()],
  }
}
