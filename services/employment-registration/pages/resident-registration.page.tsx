import { standingPage } from '../../../kit/door.ts'
import { registrationForm, registrationTitle } from './form.ts'

/** Registering as employed or unemployed. */
export const page = standingPage(registrationForm, {
  id: 'employment-registration',
  title: registrationTitle,
  summary: { zh: '没有劳动合同的新就业形态劳动者也可以登记', en: 'Open to new-form workers without a contract' },
  roles: ['person'],
  order: 60,
  path: '/services/employment-registration',
})
