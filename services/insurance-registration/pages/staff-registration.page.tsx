import { standingStaffPage } from '../../../kit/staff/door.ts'
import { registrationForm, registrationTitle } from './form.ts'

/** Registrations, and registering at the counter. */
export const page = standingStaffPage(registrationForm, {
  id: 'insurance-registration',
  title: registrationTitle,
  roles: ['accept', 'review', 'approve', 'supervisor'],
  order: 51,
  path: '/insurance-registration',
})
