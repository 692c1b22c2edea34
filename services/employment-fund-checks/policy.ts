import { count, grant, min, policy, refuse, rises } from '../../policy/door.ts'

/** C5.09: how many payments of the employment special fund are drawn to be checked afterwards? */
export const fundSample = policy({
  id: 'fund-sample',
  title: { zh: '就业资金抽查', en: 'Sample of the employment fund' },
  from: '2024-02-20',
  clause: 'C5.09',
  facts: { payments: count('payment', { max: 10_000_000 }) },
  values: { sampleSize: count('payment', { max: 1_000 }) },
  results: { drawn: count('payment', { max: 1_000 }) },
  promises: [rises('drawn', { with: 'payments' })],
  decide(facts, values) {
    if (facts.payments === 0) return refuse('nothing_paid_in_the_period', 'C5.09')
    return grant({ drawn: min(facts.payments, values.sampleSize) }, 'C5.09')
  },
})
