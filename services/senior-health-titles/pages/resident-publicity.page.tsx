import { publicityPage } from '../../../kit/door.ts'
import { healthTitle } from './review.ts'

/** What is before the public now. */
export const page = publicityPage(healthTitle, {
  id: 'health-title-publicity',
  title: { zh: '卫生高级职称公示', en: 'Senior health title: before the public' },
  roles: ['person'],
  order: 67,
  path: '/services/health-titles/publicity',
})
