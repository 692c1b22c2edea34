import { standingPage } from '../../../kit/door.ts'
import { supportForm, supportTitle } from './form.ts'

/** Applying for support as a talent of the zone. */
export const page = standingPage(supportForm, {
  id: 'talent-support',
  title: supportTitle,
  summary: {
    zh: '住房、医疗、子女教育；一流人才一事一议',
    en: 'Housing, medical care, schools; case by case for the first rank',
  },
  roles: ['person'],
  order: 64,
  path: '/services/talent-support',
})
