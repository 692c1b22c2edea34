import { standingPage } from '../../../kit/door.ts'
import { trainingForm } from './form.ts'

/** Enrolling in a course. */
export const page = standingPage(trainingForm, {
  id: 'startup-training',
  title: { zh: '“马兰花”创业培训报名', en: 'Entrepreneurship training' },
  summary: { zh: '返乡创业人员参加，免费', en: 'For returning entrepreneurs, free of charge' },
  roles: ['person'],
  order: 67,
  path: '/services/startup-training',
})
