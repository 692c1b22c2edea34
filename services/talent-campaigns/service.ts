import { defineService } from '../contract.ts'
import { campaignFlow } from './campaign.ts'
import { campaignRoutes } from './routes.ts'
import { history } from './seed.ts'

/** Campaigns of Hefei for talents (M5.03-M5.05): live streams, the campus tour, industry chains and what they lack. */
export const service = defineService({
  id: 'talent-campaigns',
  title: { zh: '招才引智活动', en: 'Talent campaigns' },
  summary: {
    zh: '直播带岗、高校行和产业链缺人情况的登记与汇总，各项数字分开统计。',
    en: 'Live streams, campus tour and chains that lack people; each figure is counted apart.',
  },
  itemCode: 'TB-34-ZC',
  keywords: { zh: ['招聘会', '引才', '高校'], en: ['job fair', 'talent'] },
  regions: ['340100'],
  folder: new URL('./', import.meta.url),
  create: (tools) => ({ flows: [campaignFlow(tools)], messages: [], routes: campaignRoutes(tools), history }),
})
