import { benefitParts } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { talentHousingBenefit } from './benefit.ts'
import { housingRoutes } from './routes.ts'
import { history, seed } from './seed.ts'

/** Home-purchase subsidy for talents, Hefei (M5.02): from the application to the cash, and what a degree brings besides. */
export const service = defineService({
  id: 'talent-housing',
  title: { zh: '人才购房补贴', en: 'Home-purchase subsidy for talents' },
  summary: {
    zh: '认定的人才、买首套自住房的博士领取购房补贴；学位带来的购房待遇可先查询。',
    en: 'Recognised talents, and doctors who buy a first own home, are subsidised.',
  },
  itemCode: 'TB-34-ZF',
  keywords: { zh: ['买房', '购房', '房子', '人才'], en: ['home', 'housing', 'talent'] },
  regions: ['340100'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const parts = benefitParts(tools, [talentHousingBenefit])
    const routes = housingRoutes(tools)
    return { ...parts, messages: [], routes, seed: (world) => seed(world, parts.chart), history }
  },
})
