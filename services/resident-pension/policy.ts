import {
  addMonths,
  choice,
  count,
  date,
  flag,
  grant,
  max,
  money,
  monthsBetween,
  policy,
  refuse,
  rises,
} from '../../policy/door.ts'

/** B1.04: who may draw the pension of urban and rural residents, from when on, and over how many months the account is paid out? */
export const residentPension = policy({
  id: 'resident-pension',
  title: { zh: '城乡居民养老保险待遇', en: 'Resident pension' },
  from: '2014-02-21',
  clause: 'SC8.7',
  facts: {
    bornOn: date(),
    askedOn: date(),
    /** When the last of the payments came that were needed; the day of birth for somebody who needed none. */
    completedOn: date(),
    monthsPaid: count('month', { max: 720 }),
    paidFen: money({ max: 100_000_000_00 }),
    subsidisedYears: count('year', { max: 60 }),
    drawsOtherPension: flag(),
  },
  values: {
    pensionAgeMonths: count('month', { max: 1_200 }),
    schemeStartedOn: date(),
    monthsPaidMin: count('month', { max: 720 }),
    monthsOfYear: count('month', { max: 12 }),
    accountSubsidyFen: money({ max: 10_000_000 }),
    accountMonths: count('month', { max: 300 }),
  },
  results: { qualifiedOn: date(), accountFen: money(), accountMonths: count('month') },
  promises: [rises('accountFen', { with: 'paidFen' }), rises('accountFen', { with: 'subsidisedYears' })],
  decide(facts, values) {
    const reachesOn = addMonths(facts.bornOn, values.pensionAgeMonths)
    if (facts.askedOn < reachesOn) return refuse('not_sixty_yet', 'SC8.7')
    if (facts.drawsOtherPension) return refuse('draws_other_pension', 'SC8.7')
    const monthsOfScheme = monthsBetween(values.schemeStartedOn, reachesOn)
    if (monthsOfScheme >= values.monthsPaidMin) {
      if (facts.monthsPaid < values.monthsPaidMin) return refuse('too_few_years_paid', 'SC8.7')
    } else if (monthsOfScheme > 0 && facts.monthsPaid + values.monthsOfYear <= monthsOfScheme) {
      // Less than fifteen years were left: every full year of them counts.
      return refuse('years_since_start_unpaid', 'SC8.7')
    }
    const accountFen = facts.paidFen + values.accountSubsidyFen * facts.subsidisedYears
    return grant(
      {
        // Whoever was sixty before the scheme began draws from its beginning.
        qualifiedOn: max(max(reachesOn, facts.completedOn), values.schemeStartedOn),
        accountFen,
        accountMonths: values.accountMonths,
      },
      'SC8.6',
    )
  },
})

/** B1.04: what is paid for one month, by the law of its first day. */
export const residentPensionMonth = policy({
  id: 'resident-pension-month',
  title: { zh: '城乡居民养老金月发放', en: 'A month of the resident pension' },
  from: '2014-07-01',
  clause: 'SC8.6',
  facts: {
    standing: choice('alive', 'died', 'draws_other_pension', 'imprisoned'),
    authenticated: flag(),
    accountMonthFen: money({ max: 10_000_000 }),
    yearsPaid: count('year', { max: 60 }),
  },
  values: {
    prisonHolds: flag(),
    basicFen: money({ max: 10_000_000 }),
    yearsForExtra: count('year', { max: 60 }),
    extraYearFen: money({ max: 1_000_000 }),
  },
  results: { basicFen: money(), monthFen: money() },
  total: 'monthFen',
  promises: [rises('monthFen', { with: 'accountMonthFen' }), rises('monthFen', { with: 'yearsPaid' })],
  decide(facts, values) {
    if (facts.standing === 'died') return refuse('pensioner_died', 'SC8.7')
    if (facts.standing === 'draws_other_pension') return refuse('draws_other_pension', 'SC8.7')
    if (values.prisonHolds && facts.standing === 'imprisoned') return refuse('imprisoned', 'SC8.7')
    if (!facts.authenticated) return refuse('not_authenticated', 'SC8.7')
    const extraFen = values.extraYearFen * max(facts.yearsPaid - values.yearsForExtra, 0)
    const basicFen = values.basicFen + extraFen
    return grant({ basicFen, monthFen: basicFen + facts.accountMonthFen }, 'SC8.6')
  },
})
