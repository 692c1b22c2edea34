import { choice, count, flag, grant, money, policy, refuse } from '../../policy/door.ts'

/** C6.01: the one-off transport subsidy of whoever goes to work in another province. */
export const transportSubsidy = policy({
  id: 'transport-subsidy',
  title: { zh: '一次性交通补贴', en: 'One-off transport subsidy' },
  from: '2025-06-20',
  clause: 'C6.01',
  facts: {
    destination: choice('home_province', 'other_province', 'fujian'),
    monthsWorked: count('month', { max: 600 }),
  },
  values: { transportMonthsMin: count('month', { max: 24 }), transportFen: money({ max: 1_000_000 }) },
  results: { subsidyFen: money() },
  total: 'subsidyFen',
  decide(facts, values) {
    if (facts.destination === 'home_province') return refuse('not_outside_province', 'C6.01')
    if (facts.monthsWorked < values.transportMonthsMin) return refuse('away_too_short', 'C6.01')
    return grant({ subsidyFen: values.transportFen }, 'C6.01')
  },
})

/** C6.01: the subsidy for working outside; who works in Fujian has one of their own. */
export const outsideWorkSubsidy = policy({
  id: 'outside-work-subsidy',
  title: { zh: '外出务工补贴', en: 'Subsidy for working outside' },
  from: '2025-06-20',
  clause: 'C6.01',
  facts: {
    destination: choice('home_province', 'other_province', 'fujian'),
    monthsWorked: count('month', { max: 600 }),
  },
  values: {
    outsideMonthsMin: count('month', { max: 24 }),
    outsideFen: money({ max: 1_000_000 }),
    besideFujian: flag(),
  },
  results: { subsidyFen: money() },
  total: 'subsidyFen',
  decide(facts, values) {
    if (facts.destination === 'home_province') return refuse('not_outside_province', 'C6.01')
    if (facts.destination === 'fujian' && !values.besideFujian) return refuse('has_fujian_subsidy', 'C6.01')
    if (facts.monthsWorked < values.outsideMonthsMin) return refuse('away_too_short', 'C6.01')
    return grant({ subsidyFen: values.outsideFen }, 'C6.01')
  },
})

/** C6.01: the subsidy for working in Fujian. */
export const fujianWorkSubsidy = policy({
  id: 'fujian-work-subsidy',
  title: { zh: '赴闽就业补贴', en: 'Subsidy for working in Fujian' },
  from: '2025-06-20',
  clause: 'C6.01',
  facts: {
    destination: choice('home_province', 'other_province', 'fujian'),
    monthsWorked: count('month', { max: 600 }),
  },
  values: { fujianMonthsMin: count('month', { max: 24 }), fujianFen: money({ max: 1_000_000 }) },
  results: { subsidyFen: money() },
  total: 'subsidyFen',
  decide(facts, values) {
    if (facts.destination !== 'fujian') return refuse('not_in_fujian', 'C6.01')
    if (facts.monthsWorked < values.fujianMonthsMin) return refuse('away_too_short', 'C6.01')
    return grant({ subsidyFen: values.fujianFen }, 'C6.01')
  },
})
