import { reviewDeskPage } from '../../../kit/door.ts'
import { healthTitle } from './review.ts'

/** The desk of whoever was drawn as a reviewer. */
export const page = reviewDeskPage(healthTitle, {
  id: 'health-title-desk',
  title: { zh: '卫生高级职称：我的评审', en: 'Senior health title: my review desk' },
  summary: { zh: '供评审专家使用', en: 'For reviewers' },
  roles: ['person'],
  order: 96,
  path: '/services/health-titles/desk',
})
