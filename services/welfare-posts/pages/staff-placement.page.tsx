import { standingStaffPage } from '../../../kit/staff/door.ts'
import { placementForm } from './form.ts'

/** Who is placed in a public-welfare post, and placing somebody. */
export const page = standingStaffPage(placementForm, {
  id: 'welfare-posts',
  title: { zh: '公益性岗位安置', en: 'Public-welfare posts' },
  summary: { zh: '市场渠道确实难以就业的，兜底安置。', en: 'The last resort, after offers of the market.' },
  roles: ['accept', 'review', 'approve', 'supervisor'],
  order: 61,
  path: '/welfare-posts',
})
