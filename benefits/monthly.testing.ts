import { z } from 'zod'
import { type CaseFile, defineFlow, stepsOf } from '../cases/door.ts'
import { addMonths, asActor, type Id, monthOf, schemaDate, schemaFen, schemaId, systemActor } from '../ground/door.ts'
import type { Rulebook } from '../law/door.ts'
import { getPerson } from '../people/door.ts'
import { orderedPayment } from './application-state.ts'
import { fundChart } from './fund-books.ts'
import { type MonthlyBenefit, type MonthlyStatus, recipientOf } from './monthly-benefit.ts'
import { monthlyPaymentSteps } from './monthly-payments.ts'
import { beginSpell } from './monthly-settling.ts'
import { monthlySteps } from './monthly-steps.ts'
import { paymentFlow } from './payment-flow.ts'
import { type BenefitSite, benefitSite } from './testing.ts'

const lines = ['swimming', 'premium'] as const
const month = z.strictObject({
  month: z.string(),
  orders: z.array(orderedPayment.extend({ line: z.enum(lines) })),
})
const carried = z.strictObject({
  spellId: schemaId.nullable(),
  months: z.array(month),
  owedFen: schemaFen,
  ended: z.strictObject({ reason: z.string(), since: schemaDate }).nullable(),
})
const state = carried.extend({ personId: schemaId.nullable(), from: z.string() })

/** The state of a made-up allowance that is paid month by month. */
export type MonthlyPoolState = z.infer<typeof state>
type Month = z.infer<typeof month>
type Ended = NonNullable<MonthlyPoolState['ended']>
type Monthly = MonthlyBenefit<Month, Ended, MonthlyPoolState>

/** A site of the allowance. `lengths` is its register: how many are swum in a month; with fewer than ten nothing is paid for it. */
export type MonthlyPoolSite = BenefitSite & {
  lengths: Map<string, number>
  stateOf(caseId: Id): Promise<MonthlyPoolState>
}

const chart = fundChart({ pool_expense: { title: { zh: '泳池支出', en: 'Pool expense' } } })
const premiumFen = 2_000

/** Opens a site: an allowance for the person, by the rule of the pool grant, and a premium of 20 yuan that a fund gets on their behalf. */
export async function monthlyPoolSite(): Promise<MonthlyPoolSite> {
  const lengths = new Map<string, number>()
  const site = await benefitSite({
    region: '130000',
    on: '2025-07-01',
    service: {
      id: 'pool-grant',
      folder: new URL('./pool-grant.testing/', import.meta.url),
      create: (tools) => ({
        chart,
        flows: [
          flowOf(monthlyPool(tools.rulebook, lengths)),
          paymentFlow(tools, {
            id: 'pool-months-payment',
            service: 'pool-grant',
            title: { zh: '支付批次（示例）', en: 'Payments (made up)' },
            numberPrefix: 'YMP',
            fund: 'unemployment',
            chart,
          }),
        ],
      }),
    },
  })
  const stateOf = async (caseId: Id) => state.parse((await site.view(caseId)).file.state)
  return { ...site, lengths, stateOf }
}

function monthlyPool(rulebook: Rulebook, lengths: ReadonlyMap<string, number>): Monthly {
  return {
    service: 'pool-grant',
    fund: 'unemployment',
    chart,
    kind: 'unemployment_benefit',
    carried,
    basisOf: (known) => known,
    nextMonth: (known) => ({ month: monthOf(nextOn(known)), orders: [] }),
    beginsOn: (_, known) => `${known.month}-01`,
    async decide(work, file, _, before) {
      const on = `${before.month}-01`
      const { diedOn } = await asActor(work, systemActor, (node) => getPerson(node, recipientOf(file), 'test'))
      const ruling = await rulebook.decide(work, {
        policy: 'pool-grant',
        on,
        insuredRegion: file.agency,
        facts: { lengths: lengths.get(before.month) ?? 0, extraLengths: 0 },
      })
      const isOver = diedOn !== null && diedOn < on
      const isDue = ruling.decision.outcome === 'granted' && !isOver
      return {
        ruling,
        month: before,
        lines: lines.map((line) => ({
          key: `${before.month}:${line}`,
          dueFen: dueOf(line, isDue ? Number(ruling.decision.results.grantFen?.value) : 0),
          payee:
            line === 'swimming'
              ? { kind: 'person' as const, id: recipientOf(file) }
              : { kind: 'fund' as const, id: 'medical' },
          expense: 'pool_expense',
          purpose: 'benefit',
          holds: (order: Month['orders'][number]) => order.line === line,
          keep: (order: z.infer<typeof orderedPayment>) => ({ ...order, line }),
        })),
        ended: isOver ? { reason: 'died', since: on } : null,
      }
    },
    tellMonth: () => [],
    tellEnd: () => [],
    tellAgain: () => [],
    tellPaid: () => [],
    isForPerson: ({ line }) => line === 'swimming',
  }
}

function dueOf(line: (typeof lines)[number], grantFen: number): number {
  return line === 'swimming' ? grantFen : grantFen > 0 ? premiumFen : 0
}

function nextOn({ months, from }: MonthlyPoolState) {
  const last = months.at(-1)
  return last ? addMonths(`${last.month}-01`, 1) : `${from}-01`
}

function flowOf(monthly: Monthly) {
  const step = stepsOf<MonthlyPoolState, MonthlyStatus>()
  return defineFlow<MonthlyPoolState>({
    id: 'pool-months',
    service: 'pool-grant',
    version: 1,
    title: { zh: '泳池津贴（示例）', en: 'Pool allowance (made up)' },
    numberPrefix: 'YM',
    state,
    initial: { personId: null, from: '', spellId: null, months: [], owedFen: 0, ended: null },
    statuses: {
      accepted: { title: { zh: '待批准', en: 'To be granted' }, task: { role: 'approve' } },
      receiving: {
        title: { zh: '领取中', en: 'Receiving' },
        waitsFor: 'system',
        automatic: { step: 'payMonth', on: nextOn },
      },
      ended: { title: { zh: '已停发', en: 'Ended' }, final: true },
      reviewed: { title: { zh: '待复核', en: 'To be reviewed' }, task: { role: 'review' } },
      refused: { title: { zh: '不予', en: 'Refused' }, final: true },
      under_objection: { title: { zh: '复议中', en: 'Objected to' }, task: { role: 'approve' } },
    },
    steps: {
      apply: step({
        title: { zh: '申请', en: 'Apply' },
        opens: true,
        by: ['accept'],
        body: z.strictObject({ personId: schemaId, from: z.string() }),
        record: z.strictObject({ personId: schemaId, from: z.string() }),
        to: 'accepted',
        take: async ({ work, body }) => ({
          record: body,
          subject: { personId: body.personId, agency: work.node.region },
        }),
        fold: (known, { body }) => ({ ...known, ...body }),
      }),
      approve: step({
        title: { zh: '批准', en: 'Grant' },
        from: ['accepted'],
        by: ['approve'],
        body: z.strictObject({}),
        record: z.strictObject({ spellId: schemaId }),
        to: 'receiving',
        take: async ({ work, file }) => ({ record: { spellId: await beginSpell(work, monthly, file) } }),
        fold: (known, { body }) => ({ ...known, ...body }),
      }),
      ...endings(step),
      ...monthlySteps(monthly),
      ...monthlyPaymentSteps(monthly),
    },
    summary: ({ state: { owedFen } }: CaseFile<MonthlyPoolState>) => ({ owedFen }),
  })
}

/** Statuses that the mechanism knows need a way in and out here too. */
function endings(step: ReturnType<typeof stepsOf<MonthlyPoolState, MonthlyStatus>>) {
  const said = z.strictObject({})
  const plain = { by: ['review'], body: said, record: said, take: async () => ({ record: {} }) }
  return {
    look: step({ ...plain, title: { zh: '复核', en: 'Look' }, from: ['accepted'], to: 'reviewed' }),
    refuse: step({ ...plain, title: { zh: '不予', en: 'Refuse' }, from: ['reviewed'], to: 'refused' }),
    doubt: step({ ...plain, title: { zh: '复议', en: 'Doubt' }, from: ['refused'], to: 'under_objection' }),
    uphold: step({ ...plain, title: { zh: '维持', en: 'Uphold' }, from: ['under_objection'], to: 'refused' }),
  }
}
