import {
  choice,
  count,
  countOf,
  filterOf,
  firstOf,
  flag,
  grant,
  list,
  max,
  min,
  money,
  policy,
  rate,
  record,
  refuse,
  share,
  sumOf,
} from '../../policy/door.ts'

/**
 * C7.02: which months of a half-year, paid by a flexible worker themselves, are subsidised, and how much. A month in which an employer had
 * them is not; nor is what lies beyond the longest term.
 */
export const flexibleInsuranceSubsidy = policy({
  id: 'flexible-insurance-subsidy',
  title: { zh: '灵活就业社保补贴', en: 'Flexible workers’ insurance subsidy' },
  from: '2024-12-30',
  clause: 'C7.02',
  facts: {
    group: choice('hard_to_employ', 'recent_graduate', 'other'),
    registeredFlexible: flag(),
    months: list(record({ baseFen: money({ max: 10_000_000 }), employed: flag() }), { of: 'month', max: 6 }),
    monthsSubsidisedBefore: count('month', { max: 600 }),
  },
  values: {
    contributionRatePpm: rate(),
    subsidySharePpm: rate(),
    monthMaxFen: money({ max: 1_000_000 }),
    monthsMax: count('month', { max: 120 }),
  },
  results: { subsidyFen: money(), monthsPaid: count('month') },
  total: 'subsidyFen',
  decide(facts, values) {
    if (facts.group === 'other') return refuse('group_not_subsidised', 'C7.02')
    if (!facts.registeredFlexible) return refuse('not_registered_flexible', 'C7.01')
    const monthsLeft = max(values.monthsMax - facts.monthsSubsidisedBefore, 0)
    if (monthsLeft === 0) return refuse('subsidy_term_used_up', 'C7.02')
    const own = filterOf(facts.months, (month) => !month.employed)
    if (countOf(own, () => true) === 0) return refuse('no_month_paid_alone', 'C7.02')
    const paid = firstOf(own, monthsLeft)
    return grant(
      {
        subsidyFen: sumOf(paid, (month) =>
          min(
            share(share(month.baseFen, values.contributionRatePpm, 'down'), values.subsidySharePpm, 'down'),
            values.monthMaxFen,
          ),
        ),
        monthsPaid: countOf(paid, () => true),
      },
      'C7.02',
    )
  },
})
