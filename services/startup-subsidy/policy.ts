import { count, flag, grant, money, policy, refuse, rises } from '../../policy/door.ts'

/** C5.06: is a returning migrant worker granted the one-off entrepreneurship subsidy for a business of their own? */
export const startupSubsidy = policy({
  id: 'startup-subsidy',
  title: { zh: '一次性创业补贴', en: 'One-off entrepreneurship subsidy' },
  from: '2024-02-20',
  clause: 'C5.06',
  facts: { returned: flag(), ownsBusiness: flag(), monthsInBusiness: count('month', { max: 1_200 }) },
  values: { monthsInBusinessMin: count('month', { max: 60 }), subsidyFen: money({ max: 100_000_00 }) },
  results: { subsidyFen: money() },
  total: 'subsidyFen',
  promises: [rises('subsidyFen', { with: 'monthsInBusiness' })],
  decide(facts, values) {
    if (!facts.returned) return refuse('not_returned_to_start', 'C5.06')
    if (!facts.ownsBusiness) return refuse('no_business_registered', 'C5.06')
    if (facts.monthsInBusiness < values.monthsInBusinessMin) return refuse('business_too_young', 'C5.06')
    return grant({ subsidyFen: values.subsidyFen }, 'C5.06')
  },
})
