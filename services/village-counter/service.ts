import { defineService } from '../contract.ts'
import { matterFlow } from './matter.ts'
import { serviceId } from './matters.ts'
import { villageRoutes } from './routes.ts'
import { demoLogins, seed } from './seed.ts'

/** Matters of the urban-rural resident pension at village counters, five levels run as one (B3). */
export const service = defineService({
  id: serviceId,
  title: { zh: '村级社保服务平台', en: 'Village counters' },
  summary: {
    zh: '城乡居民养老保险七类高频事项在村（社区）就近办理，受理前提示风险，能比对的不要求提供。',
    en: 'Seven frequent matters of the resident pension in your village; risks are shown before acceptance, and what registers know is not asked.',
  },
  itemCode: 'TB-CJ-0001',
  keywords: { zh: ['村里', '村委会', '村干部', '农保'], en: ['village'] },
  folder: new URL('./', import.meta.url),
  create: (tools) => ({ flows: [matterFlow(tools)], messages: [], routes: villageRoutes(tools), seed, demoLogins }),
})
