import { reviewDeskPage } from '../../../kit/door.ts'
import { skilledTitle } from './review.ts'

/** The desk of whoever was drawn as a reviewer. */
export const page = reviewDeskPage(skilledTitle, {
  id: 'skilled-title-desk',
  title: { zh: '高技能人才职称：我的评审', en: 'Title for a skilled worker: my review desk' },
  summary: { zh: '供评审专家使用', en: 'For reviewers' },
  roles: ['person'],
  order: 98,
  path: '/services/skilled-titles/desk',
})
