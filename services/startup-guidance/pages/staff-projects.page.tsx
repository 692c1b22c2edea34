import { flowPage } from '../../../kit/staff/door.ts'

/** Projects of the contest. */
export const page = flowPage('contest-project', {
  id: 'contest-projects',
  title: { zh: '返乡创业项目选拔', en: 'Contest of projects' },
  roles: ['accept', 'review', 'approve', 'supervisor'],
  order: 67,
  path: '/contest-projects',
})
