import { defineService } from '../contract.ts'
import { comparisonFlow } from './comparison.ts'
import { consentFlow } from './consent.ts'
import { sharingHandlers } from './handlers.ts'
import { demoLogins, liveElsewhere } from './history.ts'
import { questionFlow } from './question.ts'
import { sharingRoutes } from './routes.ts'
import { seed } from './seed.ts'

/** Data sharing and comparison between regions and with other departments, by consent or legal basis (B2.03). */
export const service = defineService({
  id: 'data-sharing',
  title: { zh: '数据共享与比对', en: 'Data sharing' },
  summary: {
    zh: '经本人同意，向其他地区取得参保、就业、证书、待遇等数据，办事时不再要求提供；谁取得了我的数据随时可查，同意可以随时撤回。',
    en: 'With your consent other regions are asked what they know, so that you are not; you see who was told what, and may withdraw.',
  },
  itemCode: 'TB-GX-0001',
  keywords: { zh: ['授权', '共享', '证明', '免证明', '个人信息'], en: ['consent', 'privacy'] },
  maturity: 'easy_to_do',
  folder: new URL('./', import.meta.url),
  create: (tools) => ({
    flows: [consentFlow(tools), questionFlow(tools), comparisonFlow(tools)],
    messages: sharingHandlers(tools),
    routes: sharingRoutes(tools),
    seed,
    demoLogins,
    history: liveElsewhere,
  }),
})
