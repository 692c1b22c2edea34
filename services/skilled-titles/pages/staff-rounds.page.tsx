import { reviewRoundsPage } from '../../../kit/staff/door.ts'
import { skilledTitle } from './review.ts'

/** The rounds, and announcing one. */
export const page = reviewRoundsPage(skilledTitle, {
  id: 'skilled-title-rounds',
  title: { zh: '高技能人才职称评审批次', en: 'Title for a skilled worker: rounds' },
  roles: ['review', 'approve', 'supervisor', 'audit'],
  order: 69,
  path: '/skilled-titles/rounds',
})
