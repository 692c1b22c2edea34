import { reviewParts } from '../../reviews/door.ts'
import { defineService } from '../contract.ts'
import { moveFlow } from './move.ts'
import { healthTitleReview } from './review.ts'
import { history, seed } from './seed.ts'

const entitlements = [
  {
    id: 'senior-health-title',
    title: { zh: '卫生高级职称', en: 'Senior health title' },
    path: '/services/health-titles/apply',
  },
]

/** Senior titles of health professionals, Jiangxi (C11): reviewed in four groups, used where they were assessed for. */
export const service = defineService({
  id: 'senior-health-titles',
  title: { zh: '卫生高级职称评审', en: 'Review of senior health titles' },
  summary: {
    zh: '医德为先，不看论文学历；省市、县区、基层和中医药分组评审，定向使用。',
    en: 'Ethics first, no papers or degrees needed; reviewed by class of institution, Chinese medicine apart, used where assessed.',
  },
  itemCode: 'TB-JX-0001',
  keywords: { zh: ['职称', '医生', '护士', '主任医师', '评职称'], en: ['doctor', 'nurse', 'title'] },
  regions: ['360000'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const { flows, routes } = reviewParts(tools, healthTitleReview)
    return { flows: [...flows, moveFlow(tools)], messages: [], routes, seed, history, entitlements }
  },
})
