import { reviewExpertsPage } from '../../../kit/staff/door.ts'
import { skilledTitle } from './review.ts'

/** Who may be drawn as a reviewer. */
export const page = reviewExpertsPage(skilledTitle, {
  id: 'skilled-title-experts',
  title: { zh: '高技能人才职称评审专家库', en: 'Title for a skilled worker: experts' },
  roles: ['review', 'approve', 'supervisor', 'audit'],
  order: 70,
  path: '/skilled-titles/experts',
})
