import { defineService } from '../contract.ts'
import { matterFlow } from './matter.ts'
import { replacementOffer } from './offer.ts'
import { matterRoutes } from './routes.ts'
import { seed } from './seed.ts'

/** Card matters at bank counters, Zengdu (B4): seven matters in one go, outlets and how far they reach, blank cards, the list of cardholders. */
export const service = defineService({
  id: 'card-matters',
  title: { zh: '社会保障卡业务', en: 'Social-security card matters' },
  summary: {
    zh: '在家门口的银行网点申领、换卡、补卡、领卡、激活、变更信息、开通金融功能，一次办好。',
    en: 'Get, exchange, replace, collect and activate the card, change data and open its account at a bank outlet nearby, in one go.',
  },
  itemCode: 'TB-HB-0001',
  keywords: {
    zh: ['社保卡', '办卡', '申领', '补卡', '换卡', '丢卡', '挂失', '激活', '银行网点', '老年卡'],
    en: ['replace card', 'lost card', 'new card', 'activate'],
  },
  maturity: 'efficiently_done',
  folder: new URL('./', import.meta.url),
  create: (tools) => ({
    flows: [matterFlow(tools)],
    messages: [],
    routes: matterRoutes(tools),
    seed,
    offers: [replacementOffer(tools)],
  }),
})
