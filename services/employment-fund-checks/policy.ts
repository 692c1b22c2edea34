import { choice, count, grant, includes, list, min, money, policy, refer, refuse, rises } from '../../policy/door.ts'

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

/** C5.09: may money of the employment special fund be spent on this, and this much of it? What is not among the uses is put before auditors. */
export const fundUse = policy({
  id: 'fund-use',
  title: { zh: '就业资金使用', en: 'Use of employment funds' },
  from: '2024-02-20',
  clause: 'C5.09',
  facts: {
    use: choice(
      'startup_services',
      'rent_and_fees',
      'equipment_and_materials',
      'training',
      'wages_and_insurance',
      'buildings_and_vehicles',
      'dividends_and_investments',
      'other',
    ),
    spentFen: money({ max: 100_000_000_000 }),
    unspentFen: money({ max: 100_000_000_000 }),
  },
  values: {
    permittedUses: list(
      choice('startup_services', 'rent_and_fees', 'equipment_and_materials', 'training', 'wages_and_insurance'),
    ),
  },
  results: { acceptedFen: money(), leftFen: money() },
  total: 'acceptedFen',
  promises: [rises('acceptedFen', { with: 'unspentFen' })],
  decide(facts, values) {
    if (facts.spentFen > facts.unspentFen) return refuse('spent_more_than_paid', 'C5.09')
    if (!includes(values.permittedUses, facts.use)) return refer('use_outside_fund_rules', 'ESF.2017.164')
    return grant({ acceptedFen: facts.spentFen, leftFen: facts.unspentFen - facts.spentFen }, 'C5.09')
  },
})
