import { standingPage } from '../../../kit/door.ts'
import { mentorForm } from './form.ts'

/** Applying to be appointed as a mentor. */
export const page = standingPage(mentorForm, {
  id: 'startup-mentor',
  title: { zh: '申请担任创业导师', en: 'Become a startup mentor' },
  summary: { zh: '百名导师走基层', en: 'A hundred mentors to the grassroots' },
  roles: ['person'],
  order: 69,
  path: '/services/startup-mentor',
})
