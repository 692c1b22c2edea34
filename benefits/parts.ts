import type { CaseFlow } from '../cases/door.ts'
import { BrokenInvariant } from '../ground/door.ts'
import type { Chart } from '../ledger/door.ts'
import { applicationFlow } from './application-flow.ts'
import { applicationState } from './application-state.ts'
import type { Benefit, BenefitTools } from './benefit.ts'
import { fundChart } from './fund-books.ts'
import { type PaymentFlowSpec, paymentFlow } from './payment-flow.ts'
import { decidedStatuses, previewRecalculation } from './recalculating.ts'
import { revisionFlow } from './revision-flow.ts'
import type { Revisable } from './revision-lines.ts'
import { roundFlow } from './round-flow.ts'

/** A benefit at work: its definition, the flow of its applications and the accounts that it moves. */
export type InstalledBenefit = { benefit: Benefit; tools: BenefitTools; chart: Chart }

/** What the room makes of a service's benefits: spread it into the parts of the service. */
export type BenefitParts = {
  flows: CaseFlow[]
  benefits: InstalledBenefit[]
  payments: PaymentFlowSpec[]
  /** The flows whose cases are decided again when a value changes. */
  revisables: Revisable[]
  chart: Chart
}

/** The flows, accounts and generic pages' data of a service's benefits. All of them are paid from one fund. */
export function benefitParts(tools: BenefitTools, benefits: readonly Benefit[]): BenefitParts {
  const funds = new Set(benefits.map(({ money }) => money.fund))
  if (funds.size > 1)
    throw new BrokenInvariant(`the benefits of one service are paid from one fund, not ${[...funds].join(', ')}`)
  const chart = fundChart(Object.fromEntries(benefits.map(({ money: { expense } }) => [expense.name, expense])))
  const payments = benefits.map((benefit) => paymentsOf(benefit, chart))
  const revisables = benefits.map((benefit) => revisableOf(tools, benefit))
  return {
    chart,
    payments,
    revisables,
    benefits: benefits.map((benefit) => ({ benefit, tools, chart })),
    flows: [
      ...benefits.map((benefit) => applicationFlow(tools, benefit, chart)),
      ...payments.map((batch) => paymentFlow(tools, batch)),
      ...benefits.filter(({ population }) => population).map((benefit) => roundFlow(tools, benefit)),
      ...revisables.map((each) => revisionFlow(tools, each)),
    ],
  }
}

function paymentsOf({ id, service, title, numberPrefix, money }: Benefit, chart: Chart): PaymentFlowSpec {
  return {
    id: `${id}-payment`,
    service,
    title: { zh: `${title.zh}支付批次`, en: `Payment batch: ${title.en}` },
    numberPrefix: `${numberPrefix}P`,
    fund: money.fund,
    chart,
  }
}

function revisableOf(tools: BenefitTools, benefit: Benefit): Revisable {
  return {
    flow: benefit.id,
    service: benefit.service,
    title: benefit.title,
    numberPrefix: benefit.numberPrefix,
    decided: decidedStatuses,
    preview: (work, file, history) =>
      previewRecalculation(work, tools, benefit, { ...file, state: applicationState.parse(file.state) }, history),
  }
}
