import { standingPage } from '../../../kit/door.ts'
import { registrationForm, registrationTitle } from './form.ts'

/** Registering for a pension insurance. */
export const page = standingPage(registrationForm, {
  id: 'insurance-registration',
  title: registrationTitle,
  summary: {
    zh: '城乡居民、灵活就业人员线上登记，不用跑窗口',
    en: 'Residents and flexible workers, without going to a counter',
  },
  roles: ['person'],
  order: 16,
  path: '/services/insurance-registration',
})
