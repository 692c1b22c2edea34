import { type PaymentFlowSpec, paymentFlow, type Revisable, revisionFlow } from '../../benefits/door.ts'
import { defineService, type ServiceTools } from '../contract.ts'
import { claimFlow } from './claim.ts'
import { claimFlowId } from './claim-facts.ts'
import { decidedStatuses, previewClaim } from './claim-recalculating.ts'
import { chart, fund } from './fund-books.ts'
import { claimEntitlement, claimOffer } from './offer.ts'
import { orderPriceSubsidies } from './price-subsidy.ts'
import { claimRoutes } from './routes.ts'
import { seed } from './seed.ts'

const id = 'unemployment-protection'

const payment: PaymentFlowSpec = {
  id: `${claimFlowId}-payment`,
  service: id,
  title: { zh: '失业保险待遇支付批次', en: 'Payment batch of unemployment benefits' },
  numberPrefix: 'SYP',
  fund,
  chart,
}

/** Unemployment living protection, Hebei (C4) and Ningxia (C6.03): the claim, its months, and what is paid for each. */
export const service = defineService({
  id,
  title: { zh: '失业保险保生活', en: 'Unemployment living protection' },
  summary: {
    zh: '失业人员按月领取失业保险金，由基金代缴医疗（含生育）保险费；大龄的还代缴养老保险费。',
    en: 'People out of work draw a monthly benefit; the fund pays their medical premium, and the pension premium of older ones.',
  },
  itemCode: 'TB-HE-0003',
  keywords: {
    zh: ['失业', '失业金', '失业保险', '下岗', '没工作', '被裁', '离职'],
    en: ['unemployed', 'laid off', 'lost job'],
  },
  maturity: 'efficiently_done',
  regions: ['130000', '640000'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const claim = claimFlow(tools)
    const revisable = revisableOf(tools, claim)
    return {
      flows: [claim, paymentFlow(tools, payment), revisionFlow(tools, revisable)],
      messages: [],
      routes: claimRoutes(tools),
      chart,
      payments: [payment],
      revisables: [revisable],
      seed,
      offers: [claimOffer(tools)],
      entitlements: [claimEntitlement(tools)],
      clockwork: [{ name: 'price-subsidy', run: (work) => orderPriceSubsidies(work, tools) }],
    }
  },
})

function revisableOf(tools: ServiceTools, claim: ReturnType<typeof claimFlow>): Revisable {
  return {
    flow: claimFlowId,
    service: id,
    title: claim.title,
    numberPrefix: claim.numberPrefix,
    decided: decidedStatuses,
    preview: async (work, file) => previewClaim(work, tools, await tools.cases().getOf(work, claim, file.id)),
  }
}
