import type { ReviewOfPages } from '../../../kit/door.ts'

/** The review of this service, for its pages. */
export const healthTitle: ReviewOfPages = {
  service: 'senior-health-titles',
  flow: 'health-title',
  title: { zh: '卫生高级职称', en: 'Senior health title' },
}
