import { reviewApplyPage } from '../../../kit/door.ts'
import { healthTitle } from './review.ts'

/** Applying for a title. */
export const page = reviewApplyPage(healthTitle, {
  id: 'health-title',
  title: { zh: '申报卫生高级职称', en: 'Apply: senior health title' },
  roles: ['person'],
  order: 66,
  path: '/services/health-titles/apply',
})
