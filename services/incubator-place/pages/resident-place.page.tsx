import { standingPage } from '../../../kit/door.ts'
import { placeForm, placeTitle } from './form.ts'

/** Applying for a place in an incubator. */
export const page = standingPage(placeForm, {
  id: 'incubator-place',
  title: placeTitle,
  summary: {
    zh: '返乡创业人员优先推荐，减免场租和管理费',
    en: 'Returning entrepreneurs first, part of the rent spared',
  },
  roles: ['person'],
  order: 62,
  path: '/services/incubator-place',
})
