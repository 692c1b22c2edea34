import { benefitParts } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { trainingSubsidyBenefit } from './benefit.ts'
import { history, seed } from './seed.ts'

/** Training subsidy for new occupations, Zigong (C7.03): from the application to the cash. */
export const service = defineService({
  id: 'occupation-training-subsidy',
  title: { zh: '新职业培训补贴', en: 'Training subsidy for new occupations' },
  summary: {
    zh: '快递员、视频创推员、网络创业、网络营销、直播销售员等培训合格后领取补贴。',
    en: 'Couriers, video creators, online starters, marketers and live-stream sellers are subsidised once trained.',
  },
  itemCode: 'TB-51-PX',
  keywords: { zh: ['培训', '快递员', '直播', '网店', '电商'], en: ['course', 'courier', 'live stream'] },
  regions: ['510300'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const parts = benefitParts(tools, [trainingSubsidyBenefit])
    return { ...parts, messages: [], routes: [], seed: (world) => seed(world, parts.chart), history }
  },
})
