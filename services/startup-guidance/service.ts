import { defineService } from '../contract.ts'
import { projectFlow } from './contest.ts'
import { mentorFlow, visitFlow } from './mentors.ts'
import { guidanceRoutes } from './routes.ts'
import { history } from './seed.ts'
import { trainingFlow } from './training.ts'

/** Guidance of return entrepreneurs, Hunan (C5.04, C5.07): training, contests of projects, mentors and their visits. */
export const service = defineService({
  id: 'startup-guidance',
  title: { zh: '返乡创业培训与辅导', en: 'Guidance of return entrepreneurs' },
  summary: {
    zh: '“马兰花”创业培训、优秀返乡创业项目选拔和百名导师走基层。',
    en: 'Training, a contest of projects, and mentors who visit them.',
  },
  itemCode: 'TB-43-FD',
  keywords: { zh: ['返乡', '创业培训', '创业导师', '开店'], en: ['mentor', 'course', 'business'] },
  regions: ['430000'],
  folder: new URL('./', import.meta.url),
  create: (tools) => ({
    flows: [trainingFlow(tools), projectFlow(tools), mentorFlow(tools), visitFlow(tools)],
    messages: [],
    routes: guidanceRoutes(tools),
    history,
  }),
})
