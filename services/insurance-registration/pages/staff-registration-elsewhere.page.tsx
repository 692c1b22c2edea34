import { standingStaffPage } from '../../../kit/staff/door.ts'
import { elsewhereForm, elsewhereWords } from './elsewhere-form.ts'

/** Registrations that were forwarded to other regions, and forwarding one at the counter. */
export const page = standingStaffPage(elsewhereForm, {
  id: 'registration-elsewhere',
  title: elsewhereWords.title,
  summary: elsewhereWords.summary,
  roles: ['accept', 'review', 'supervisor'],
  order: 52,
  path: '/registration-elsewhere',
})
