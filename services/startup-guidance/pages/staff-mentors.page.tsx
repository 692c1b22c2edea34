import { standingStaffPage } from '../../../kit/staff/door.ts'
import { mentorForm } from './form.ts'

/** Mentors, and appointing one. */
export const page = standingStaffPage(mentorForm, {
  id: 'startup-mentors',
  title: { zh: '创业导师', en: 'Startup mentors' },
  roles: ['accept', 'review', 'approve', 'supervisor'],
  order: 68,
  path: '/startup-mentors',
})
