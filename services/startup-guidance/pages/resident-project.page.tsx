import { standingPage } from '../../../kit/door.ts'
import { projectForm } from './form.ts'

/** Entering a project. */
export const page = standingPage(projectForm, {
  id: 'contest-project',
  title: { zh: '报名返乡创业项目选拔', en: 'Enter the contest of projects' },
  summary: { zh: '三名评委打分，前十名入选', en: 'Three judges score, the best ten are awarded' },
  roles: ['person'],
  order: 68,
  path: '/services/contest-project',
})
