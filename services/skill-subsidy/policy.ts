import {
  addDays,
  addMonths,
  choice,
  count,
  countOf,
  date,
  eachOf,
  filterOf,
  firstOf,
  flag,
  grant,
  hasItem,
  keyed,
  list,
  max,
  money,
  optional,
  policy,
  record,
  refuse,
  rises,
  sortOf,
  sumOf,
  text,
} from '../../policy/door.ts'

/**
 * C3.01-C3.08: which of the certificates that a person puts forward in a year are paid, and how much. The highest amount comes first, for the
 * one plain certificate of a year and for all that the year allows; equal ones in the order given.
 */
export const skillSubsidy = policy({
  id: 'skill-subsidy',
  title: { zh: '技能提升补贴', en: 'Skill-upgrade subsidy' },
  from: '2025-06-20',
  clause: 'C3.01',
  facts: {
    status: choice('employed', 'unemployment_benefit', 'other'),
    monthsPaid: count('month'),
    certificates: list(
      record({
        level: count('level', { min: 1, max: 5 }),
        urgent: flag(),
        issuedOn: date(),
        occupation: text(),
        paidBefore: optional(flag()),
      }),
      { of: 'certificate', max: 20 },
    ),
    year: count('calendar_year', { min: 2000, max: 2099 }),
    appliedOn: optional(date()),
    post: optional(text()),
    urgentPaidThisYear: optional(count('certificate', { max: 20 })),
    plainPaidThisYear: optional(count('certificate', { max: 20 })),
  },
  values: {
    monthsPaidMin: count('month', { max: 120 }),
    amountByLevelFen: keyed(count('level', { min: 1, max: 5 }), money({ max: 10_000_000 })),
    yearMax: count('certificate', { max: 20 }),
    urgentYearMax: count('certificate', { max: 20 }),
    plainYearMax: count('certificate', { max: 20 }),
    firstYear: count('calendar_year', { min: 2020, max: 2099 }),
    firstYearBeginsOn: date(),
    yearMonths: count('month', { max: 12 }),
    claimMonthsMax: count('month', { max: 120 }),
  },
  results: { amountFen: money(), certificatesPaid: count('certificate'), plainPaid: count('certificate') },
  total: 'amountFen',
  items: {
    list: 'certificates',
    results: { amountFen: money(), fitsPost: choice('fits', 'differs', 'not_compared') },
    total: 'amountFen',
  },
  promises: [rises('amountFen', { with: 'monthsPaid' })],
  decide(facts, values) {
    if (facts.monthsPaid < values.monthsPaidMin) return refuse('insured_months_below_minimum', 'C3.01')
    if (facts.status === 'other') return refuse('status_not_covered', 'C3.03')
    if (facts.year < values.firstYear) return refuse('year_before_policy', 'C3.01')

    const yearBeginsOn = addMonths(values.firstYearBeginsOn, values.yearMonths * (facts.year - values.firstYear))
    const nextYearBeginsOn = addMonths(yearBeginsOn, values.yearMonths)
    const claimedFrom = facts.appliedOn === null ? yearBeginsOn : facts.appliedOn
    const claimedBefore = facts.appliedOn === null ? nextYearBeginsOn : addDays(facts.appliedOn, 1)
    if (claimedFrom < yearBeginsOn || claimedBefore > nextYearBeginsOn)
      return refuse('applied_in_another_year', 'C3.05')
    const issuedFrom = addMonths(claimedFrom, 0 - values.claimMonthsMax)

    const ofPaidLevel = filterOf(facts.certificates, (certificate) => values.amountByLevelFen[certificate.level] > 0)
    if (countOf(ofPaidLevel, () => true) === 0) return refuse('no_certificate_of_paid_level', 'C3.02')
    const inTime = filterOf(
      ofPaidLevel,
      (certificate) => certificate.issuedOn >= issuedFrom && certificate.issuedOn < claimedBefore,
    )
    if (countOf(inTime, () => true) === 0) return refuse('outside_claim_term', 'C3.02')
    const unpaid = filterOf(inTime, (certificate) => certificate.paidBefore === null || !certificate.paidBefore)
    if (countOf(unpaid, () => true) === 0) return refuse('paid_before', 'C3.05')

    const urgentPaidSoFar = facts.urgentPaidThisYear === null ? 0 : facts.urgentPaidThisYear
    const plainPaidSoFar = facts.plainPaidThisYear === null ? 0 : facts.plainPaidThisYear
    const urgentInYear = urgentPaidSoFar + countOf(unpaid, (certificate) => certificate.urgent)
    const yearLimit = urgentInYear > 0 ? values.urgentYearMax : values.yearMax
    const placesLeft = max(yearLimit - urgentPaidSoFar - plainPaidSoFar, 0)
    const plainPlacesLeft = max(values.plainYearMax - plainPaidSoFar, 0)

    const ranked = sortOf(unpaid, (certificate) => values.amountByLevelFen[certificate.level], 'descending')
    const bestPlain = firstOf(
      filterOf(ranked, (certificate) => !certificate.urgent),
      plainPlacesLeft,
    )
    const paid = firstOf(
      filterOf(ranked, (certificate) => certificate.urgent || hasItem(bestPlain, certificate)),
      placesLeft,
    )
    if (countOf(paid, () => true) === 0) return refuse('year_limit_reached', urgentInYear > 0 ? 'C3.06' : 'C3.05')

    return grant(
      {
        amountFen: sumOf(paid, (certificate) => values.amountByLevelFen[certificate.level]),
        certificatesPaid: countOf(paid, () => true),
        plainPaid: countOf(paid, (certificate) => !certificate.urgent),
      },
      urgentInYear > 0 ? 'C3.06' : 'C3.05',
      eachOf(facts.certificates, (certificate) => {
        if (!hasItem(ofPaidLevel, certificate)) return refuse('level_not_paid', 'C3.04')
        if (!hasItem(inTime, certificate)) return refuse('outside_claim_term', 'C3.02')
        if (!hasItem(unpaid, certificate)) return refuse('paid_before', 'C3.05')
        if (!hasItem(paid, certificate)) {
          return certificate.urgent || hasItem(bestPlain, certificate)
            ? refuse('year_limit_reached', 'C3.06')
            : refuse('plain_limit_reached', 'C3.05')
        }
        return grant(
          {
            amountFen: values.amountByLevelFen[certificate.level],
            fitsPost: facts.post === null ? 'not_compared' : certificate.occupation === facts.post ? 'fits' : 'differs',
          },
          certificate.urgent ? 'C3.06' : 'C3.05',
        )
      }),
    )
  },
})
