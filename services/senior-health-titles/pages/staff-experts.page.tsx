import { reviewExpertsPage } from '../../../kit/staff/door.ts'
import { healthTitle } from './review.ts'

/** Who may be drawn as a reviewer. */
export const page = reviewExpertsPage(healthTitle, {
  id: 'health-title-experts',
  title: { zh: '卫生高级职称评审专家库', en: 'Senior health title: experts' },
  roles: ['review', 'approve', 'supervisor', 'audit'],
  order: 68,
  path: '/health-titles/experts',
})
