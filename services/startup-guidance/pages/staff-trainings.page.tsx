import { flowPage } from '../../../kit/staff/door.ts'

/** Who is enrolled in courses. */
export const page = flowPage('startup-training', {
  id: 'startup-trainings',
  title: { zh: '“马兰花”创业培训', en: 'Malanhua training' },
  roles: ['accept', 'review', 'supervisor'],
  order: 69,
  path: '/startup-trainings',
})
