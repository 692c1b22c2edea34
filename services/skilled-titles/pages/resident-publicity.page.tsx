import { publicityPage } from '../../../kit/door.ts'
import { skilledTitle } from './review.ts'

/** What is before the public now. */
export const page = publicityPage(skilledTitle, {
  id: 'skilled-title-publicity',
  title: { zh: '高技能人才职称公示', en: 'Title for a skilled worker: before the public' },
  roles: ['person'],
  order: 69,
  path: '/services/skilled-titles/publicity',
})
