import { standingPage } from '../../../kit/door.ts'
import { loanForm, loanTitle } from './form.ts'

/** Applying for a guaranteed loan. */
export const page = standingPage(loanForm, {
  id: 'startup-loan',
  title: loanTitle,
  summary: { zh: '返乡创业，担保后由银行放款', en: 'Guaranteed, and lent by a bank' },
  roles: ['person'],
  order: 66,
  path: '/services/startup-loan',
})
