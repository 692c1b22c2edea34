import { type PaymentFlowSpec, paymentFlow, type Revisable, revisionFlow } from '../../benefits/door.ts'
import { defineService, type ServiceTools } from '../contract.ts'
import { pensionEntitlement } from './entitlement-outlook.ts'
import { findDue } from './finding.ts'
import { previewPension } from './flow/months.ts'
import { pensionFlow } from './flow/pension.ts'
import { pensionFlowId } from './flow/state.ts'
import { chart, fund } from './fund-books.ts'
import { pensionRoutes } from './routes.ts'
import { seed } from './seed.ts'

const id = 'resident-pension'

const payment: PaymentFlowSpec = {
  id: `${pensionFlowId}-payment`,
  service: id,
  title: { zh: '城乡居民养老金支付批次', en: 'Payment batch of resident pensions' },
  numberPrefix: 'JYP',
  fund,
  chart,
}

/** The pension of urban and rural residents (B1.04): found or applied for, paid month by month, proved every year, ended and settled. */
export const service = defineService({
  id,
  title: { zh: '城乡居民养老保险待遇申请', en: 'Resident pension' },
  summary: {
    zh: '到龄的居民不用填表：登记簿里有缴费和年龄，系统先找到您，按月发放到社保卡。',
    en: 'Nothing to fill in: age and contributions are in the registers, whoever is due is found, and the pension is paid to the card every month.',
  },
  itemCode: 'TB-CN-0008',
  keywords: {
    zh: ['退休', '养老金', '领养老金', '老人', '六十岁', '农保', '新农保', '城居保'],
    en: ['pension', 'retire', 'sixty'],
  },
  maturity: 'efficiently_done',
  folder: new URL('./', import.meta.url),
  create(tools) {
    const pension = pensionFlow(tools)
    const revisable = revisableOf(tools, pension)
    return {
      flows: [pension, paymentFlow(tools, payment), revisionFlow(tools, revisable)],
      messages: [],
      routes: pensionRoutes(tools),
      chart,
      payments: [payment],
      revisables: [revisable],
      seed,
      entitlements: [pensionEntitlement(tools)],
      clockwork: [{ name: 'resident-pension-finding', run: (work) => findDue(work, tools) }],
    }
  },
})

function revisableOf(tools: ServiceTools, pension: ReturnType<typeof pensionFlow>): Revisable {
  return {
    flow: pensionFlowId,
    service: id,
    title: pension.title,
    numberPrefix: pension.numberPrefix,
    decided: ['receiving', 'ended'],
    preview: async (work, file) => previewPension(work, tools, await tools.cases().getOf(work, pension, file.id)),
  }
}
