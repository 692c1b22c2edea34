import { z } from 'zod'
import { reviewParts } from '../../reviews/door.ts'
import { defineService, serviceRoute } from '../contract.ts'
import { skilledTitleReview } from './review.ts'
import { history, seed } from './seed.ts'

const entitlements = [
  {
    id: 'skilled-title',
    title: { zh: '高技能人才职称', en: 'Title for skilled workers' },
    path: '/services/skilled-titles/apply',
  },
]

/** Titles for highly skilled workers, Inner Mongolia (C12): eight series, a green channel, a preference for the rural front line. */
export const service = defineService({
  id: 'skilled-titles',
  title: { zh: '高技能人才职称评审', en: 'Review of titles for skilled workers' },
  summary: {
    zh: '高级工及以上可以在八个系列申报职称；世赛奖牌和中华技能大奖得主直接申报正高级。',
    en: 'Senior workers and above apply in eight series; winners of WorldSkills medals apply for the senior title directly.',
  },
  itemCode: 'TB-NM-0001',
  keywords: { zh: ['职称', '技师', '工程师', '评职称'], en: ['technician', 'engineer', 'title'] },
  regions: ['150000'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const { flows, routes } = reviewParts(tools, skilledTitleReview)
    const schoolClass = z.enum([
      'intermediate_class',
      'senior_class',
      'preparatory_technician_class',
      'technician_class',
    ])
    const education = serviceRoute({
      method: 'GET',
      path: '/education/:schoolClass',
      title: { zh: '技工院校学历对待', en: 'As what education a class of a technical school counts (C12.04)' },
      callers: ['public', 'person', 'accept', 'review'],
      params: z.object({ schoolClass }),
      answer: z.object({ ruling: z.unknown().describe('a ruling as a case keeps it') }),
      handle: async (work, { params }) => ({
        ruling: await tools.rulebook.decide(work, {
          policy: 'school-class-education',
          on: work.today,
          insuredRegion: work.node.region,
          facts: params,
        }),
      }),
    })
    return { flows, messages: [], routes: [...routes, education], seed, history, entitlements }
  },
})
