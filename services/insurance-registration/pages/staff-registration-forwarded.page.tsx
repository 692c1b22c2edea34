import { flowPage } from '../../../kit/staff/door.ts'

/** Registrations that other regions have forwarded here. */
export const page = flowPage('registration-forwarded', {
  id: 'registration-forwarded',
  title: { zh: '外地转来的参保登记', en: 'Registrations forwarded here' },
  summary: {
    zh: '外地受理、转到本地办理的参保登记，办结后自动答复',
    en: 'Forwarded by other regions; answered by themselves when decided',
  },
  roles: ['accept', 'review', 'supervisor'],
  order: 53,
  path: '/registration-forwarded',
})
