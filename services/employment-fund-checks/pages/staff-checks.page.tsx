import { defineWords } from '../../../kit/door.ts'
import { type Field, flowPage } from '../../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '就业资金抽查', en: 'Checks of the employment fund' },
  from: { zh: '支付日期从', en: 'Paid from' },
  to: { zh: '到', en: 'to' },
})

const fields: readonly Field[] = [
  { name: 'from', kind: 'date', label: words.from, required: true },
  { name: 'to', kind: 'date', label: words.to, required: true },
]

/** Checks of the fund, and drawing another sample. */
export const page = flowPage(
  'fund-check',
  { id: 'fund-checks', title: words.title, roles: ['audit', 'supervisor'], order: 71, path: '/fund-checks' },
  { opening: { roles: ['audit'], useFields: () => fields, toBody: (values) => values, step: 'draw' } },
)
