import { reviewApplyPage } from '../../../kit/door.ts'
import { skilledTitle } from './review.ts'

/** Applying for a title. */
export const page = reviewApplyPage(skilledTitle, {
  id: 'skilled-title',
  title: { zh: '申报高技能人才职称', en: 'Apply: title for a skilled worker' },
  roles: ['person'],
  order: 68,
  path: '/services/skilled-titles/apply',
})
