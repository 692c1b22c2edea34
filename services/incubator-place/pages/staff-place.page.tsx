import { standingStaffPage } from '../../../kit/staff/door.ts'
import { placeForm, placeTitle } from './form.ts'

/** Places in incubators, and applying at the counter. */
export const page = standingStaffPage(placeForm, {
  id: 'incubator-place',
  title: placeTitle,
  summary: {
    zh: '返乡创业人员排在前面，再按申请先后。',
    en: 'Returning entrepreneurs first, then by the day applied.',
  },
  roles: ['accept', 'review', 'approve', 'supervisor'],
  order: 62,
  path: '/incubator-place',
})
