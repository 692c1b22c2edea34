import { standingStaffPage } from '../../../kit/staff/door.ts'
import { recognitionForm } from './form.ts'

/** Recognised parks and applications for recognition. */
export const page = standingStaffPage(recognitionForm, {
  id: 'park-recognition',
  title: { zh: '返乡创业园认定', en: 'Recognition of return parks' },
  summary: {
    zh: '园区运营单位申请认定；认定后才能申领创业服务补助。',
    en: 'A park is recognised before its operator is subsidised.',
  },
  roles: ['accept', 'review', 'approve', 'supervisor', 'employer_officer'],
  order: 45,
  path: '/park-recognition',
})
