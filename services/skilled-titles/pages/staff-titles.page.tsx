import { reviewCasesPage } from '../../../kit/staff/door.ts'
import { skilledTitle } from './review.ts'

/** The applications. */
export const page = reviewCasesPage(skilledTitle, {
  id: 'skilled-title',
  title: { zh: '高技能人才职称申报', en: 'Title for a skilled worker: applications' },
  roles: ['accept', 'review', 'approve', 'supervisor', 'audit'],
  order: 68,
  path: '/skilled-titles',
})
