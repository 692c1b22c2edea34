import { reviewCasesPage } from '../../../kit/staff/door.ts'
import { healthTitle } from './review.ts'

/** The applications. */
export const page = reviewCasesPage(healthTitle, {
  id: 'health-title',
  title: { zh: '卫生高级职称申报', en: 'Senior health title: applications' },
  roles: ['accept', 'review', 'approve', 'supervisor', 'audit'],
  order: 66,
  path: '/health-titles',
})
