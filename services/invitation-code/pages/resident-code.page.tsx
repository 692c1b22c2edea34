import { standingPage } from '../../../kit/door.ts'
import { codeForm } from './form.ts'

/** Booking an invitation code. */
export const page = standingPage(codeForm, {
  id: 'invitation-code',
  title: { zh: '预约择业邀请码', en: 'Book an invitation code' },
  summary: { zh: '车票报销，地铁公交和列名参观处免费', en: 'Ticket paid back, metro, bus and named places free' },
  roles: ['person'],
  order: 64,
  path: '/services/invitation-code',
})
