import type { ReviewOfPages } from '../../../kit/door.ts'

/** The review of this service, for its pages. */
export const skilledTitle: ReviewOfPages = {
  service: 'skilled-titles',
  flow: 'skilled-title',
  title: { zh: '高技能人才职称', en: 'Title for a skilled worker' },
}
