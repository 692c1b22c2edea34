import { benefitParts } from '../../benefits/door.ts'
import { defineService } from '../contract.ts'
import { bookingFlow } from './booking.ts'
import { gateRoutes } from './routes.ts'
import { history, seed } from './seed.ts'
import { travelBenefit } from './travel.ts'

/** Invitation code of Hefei (M5.01): booked, used at gates, and the ticket to the city paid back. */
export const service = defineService({
  id: 'invitation-code',
  title: { zh: '择业邀请码', en: 'Invitation code' },
  summary: {
    zh: '市外应届毕业生、港澳台和海外学生预约邀请码：车票报销、地铁公交和列名参观处免费。',
    en: 'Graduates from elsewhere book a code: ticket paid back, metro, bus and named places free.',
  },
  itemCode: 'TB-34-YQ',
  keywords: { zh: ['来求职', '大学生', '车票', '免费住宿', '人才驿站'], en: ['job seeker', 'graduate', 'ticket'] },
  regions: ['340100'],
  folder: new URL('./', import.meta.url),
  create(tools) {
    const { flows, ...parts } = benefitParts(tools, [travelBenefit])
    return {
      ...parts,
      flows: [...flows, bookingFlow(tools)],
      messages: [],
      routes: gateRoutes(tools),
      seed: (world) => seed(world, parts.chart),
      history,
    }
  },
})
