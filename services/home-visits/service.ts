import { defineService } from '../contract.ts'
import { visitRoutes } from './routes.ts'
import { seed } from './seed.ts'
import { visitFlow } from './visit.ts'

const entitlements = [
  { id: 'home-visit', title: { zh: '上门服务', en: 'Service at home' }, path: '/services/home-visit' },
]

/** Service at home (B4.10, B4.11) for the very old, the seriously ill, people of limited mobility and people without time. */
export const service = defineService({
  id: 'home-visits',
  title: { zh: '上门服务', en: 'Service at home' },
  summary: {
    zh: '高龄、重病、行动不便、时间不便的，工作人员带着移动终端、认证设备和制卡机上门办。',
    en: 'Who is very old, seriously ill, cannot move easily or has no time is visited, with terminal, authentication device and card-making machine.',
  },
  itemCode: 'TB-HB-0003',
  keywords: { zh: ['行动不便', '老人', '上门', '重病', '残疾'], en: ['elderly', 'disabled', 'visit at home'] },
  maturity: 'easy_to_do',
  folder: new URL('./', import.meta.url),
  create: (tools) => ({ flows: [visitFlow(tools)], messages: [], routes: visitRoutes(tools), seed, entitlements }),
})
