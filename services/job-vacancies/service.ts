import { defineService } from '../contract.ts'
import { vacancyRoutes } from './routes.ts'
import { seedVacancies } from './seed.ts'

/** Vacancies of employers, looked up by everybody (B1.05). */
export const service = defineService({
  id: 'job-vacancies',
  title: { zh: '就业岗位信息', en: 'Vacancies' },
  summary: {
    zh: '查找附近的岗位，中文、拼音、首字母都可以；单位在线发布。',
    en: 'Look for work nearby, by Chinese words, pinyin or its first letters; employers publish online.',
  },
  itemCode: 'TB-CN-0006',
  keywords: { zh: ['劳动就业', '找工作', '招聘', '求职', '岗位', '上班'], en: ['job', 'work', 'hiring'] },
  maturity: 'easy_to_do',
  folder: new URL('./', import.meta.url),
  create: ({ rulebook }) => ({
    flows: [],
    messages: [],
    routes: vacancyRoutes(rulebook),
    seed: (world) => seedVacancies(world, rulebook),
  }),
})
