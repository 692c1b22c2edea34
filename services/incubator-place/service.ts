import { defineService } from '../contract.ts'
import { placeFlow } from './place.ts'
import { placeRoutes } from './routes.ts'
import { history } from './seed.ts'

/** Places in incubators, Hunan (C5.02): returning entrepreneurs first, with part of rent and fees spared. */
export const service = defineService({
  id: 'incubator-place',
  title: { zh: '创业孵化载体入驻', en: 'Places in incubators' },
  summary: {
    zh: '返乡创业人员优先推荐入驻孵化载体，按规定减免场租和管理费。',
    en: 'Returning entrepreneurs come first in incubators and are spared part of rent and fees.',
  },
  itemCode: 'TB-43-FH',
  keywords: { zh: ['创业园', '孵化器', '工位', '场地', '房租'], en: ['office space', 'incubator'] },
  regions: ['430000'],
  folder: new URL('./', import.meta.url),
  create: (tools) => ({ flows: [placeFlow(tools)], messages: [], routes: placeRoutes(tools), history }),
})
