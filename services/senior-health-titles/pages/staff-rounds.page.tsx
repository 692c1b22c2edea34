import { reviewRoundsPage } from '../../../kit/staff/door.ts'
import { healthTitle } from './review.ts'

/** The rounds, and announcing one. */
export const page = reviewRoundsPage(healthTitle, {
  id: 'health-title-rounds',
  title: { zh: '卫生高级职称评审批次', en: 'Senior health title: rounds' },
  roles: ['review', 'approve', 'supervisor', 'audit'],
  order: 67,
  path: '/health-titles/rounds',
})
