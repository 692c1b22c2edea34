import { addMonths, choice, count, date, flag, grant, money, policy, rate, refuse, share } from '../../policy/door.ts'

/**
 * C5.02: is a business let into an incubator, and how much of site rent and management fee is it spared? Returning entrepreneurs are recommended
 * first; places are limited.
 */
export const incubatorPlace = policy({
  id: 'incubator-place',
  title: { zh: '创业孵化载体入驻', en: 'A place in an incubator' },
  from: '2024-02-20',
  clause: 'C5.02',
  facts: {
    applicant: choice('returning_entrepreneur', 'other_entrepreneur'),
    rankAmongWaiting: count('place', { min: 1, max: 100_000 }),
    placesFree: count('place', { max: 100_000 }),
    rentFen: money({ max: 1_000_000_00 }),
    managementFeeFen: money({ max: 1_000_000_00 }),
    enteredOn: date(),
  },
  values: { reductionPpm: rate(), reductionMonths: count('month', { max: 60 }) },
  results: { recommendedFirst: flag(), rentSparedFen: money(), feeSparedFen: money(), until: date() },
  decide(facts, values) {
    if (facts.rankAmongWaiting > facts.placesFree) return refuse('no_place_free_yet', 'C5.02')
    const isReturning = facts.applicant === 'returning_entrepreneur'
    return grant(
      {
        recommendedFirst: isReturning,
        rentSparedFen: isReturning ? share(facts.rentFen, values.reductionPpm, 'down') : 0,
        feeSparedFen: isReturning ? share(facts.managementFeeFen, values.reductionPpm, 'down') : 0,
        until: addMonths(facts.enteredOn, values.reductionMonths),
      },
      'C5.02',
    )
  },
})
