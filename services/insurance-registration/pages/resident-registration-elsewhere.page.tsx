import { standingPage } from '../../../kit/door.ts'
import { elsewhereForm, elsewhereWords } from './elsewhere-form.ts'

/** Registering in the region of one's household or work from another one. */
export const page = standingPage(elsewhereForm, {
  id: 'registration-elsewhere',
  title: elsewhereWords.title,
  summary: elsewhereWords.summary,
  roles: ['person'],
  order: 17,
  path: '/services/registration-elsewhere',
})
