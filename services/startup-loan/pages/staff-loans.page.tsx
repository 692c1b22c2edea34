import { flowPage } from '../../../kit/staff/door.ts'
import { loanTitle } from './form.ts'

/** Guaranteed loans, for the agency and the banks. */
export const page = flowPage('startup-loan', {
  id: 'startup-loans',
  title: loanTitle,
  roles: ['review', 'approve', 'supervisor', 'bank_officer'],
  order: 66,
  path: '/startup-loans',
})
