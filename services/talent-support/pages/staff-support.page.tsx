import { standingStaffPage } from '../../../kit/staff/door.ts'
import { supportForm, supportTitle } from './form.ts'

/** Applications of talents, and applying at the counter. */
export const page = standingStaffPage(supportForm, {
  id: 'talent-support',
  title: supportTitle,
  roles: ['accept', 'review', 'approve', 'supervisor'],
  order: 64,
  path: '/talent-support',
})
