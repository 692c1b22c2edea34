import { defineService } from '../contract.ts'
import { placementFlow } from './placement.ts'
import { history, seed } from './seed.ts'

/** Public-welfare posts, Ningxia (C6.05): the last resort of placement. */
export const service = defineService({
  id: 'welfare-posts',
  title: { zh: '公益性岗位兜底安置', en: 'Public-welfare posts' },
  summary: {
    zh: '登记失业、推荐市场岗位未成的就业困难人员，安置到公益性岗位。',
    en: 'Unemployed people in hardship whom no offer of the market has placed are given a public-welfare post.',
  },
  itemCode: 'TB-64-GY',
  keywords: { zh: ['公益岗', '就业困难', '安置'], en: ['public post', 'hard to employ'] },
  regions: ['640000'],
  folder: new URL('./', import.meta.url),
  create: (tools) => ({ flows: [placementFlow(tools)], messages: [], routes: [], seed, history }),
})
