import {
  choice,
  count,
  falls,
  flag,
  grant,
  keyed,
  max,
  min,
  money,
  policy,
  rate,
  refuse,
  rises,
  share,
} from '../../policy/door.ts'

const retirementAge = count('year_of_age', { min: 40, max: 70 })

/**
 * B1.07: what five insurances cost an employee and the employer in a year at one wage, and the income tax that is left to pay on it. Wages
 * below the floor pay on the floor, above the cap on the cap; the insurances of one fund family share a base.
 */
export const contributions = policy({
  id: 'contributions',
  title: { zh: '职工社会保险缴费测算', en: 'Estimate of employees’ social insurance contributions' },
  from: '2025-01-01',
  clause: 'B1.07',
  facts: {
    monthlyWageFen: money({ max: 1_000_000_000 }),
    months: count('month', { min: 1, max: 12 }),
    industryClass: choice('class_1', 'class_2', 'class_3', 'class_4', 'class_5', 'class_6', 'class_7', 'class_8'),
    additionalDeductionsFen: money({ max: 10_000_000 }),
    otherDeductionsFen: money({ max: 1_000_000_000 }),
  },
  values: {
    mainlandInsurances: flag(),
    pensionBaseMinFen: money({ max: 100_000_000 }),
    pensionBaseMaxFen: money({ max: 100_000_000 }),
    medicalBaseMinFen: money({ max: 100_000_000 }),
    medicalBaseMaxFen: money({ max: 100_000_000 }),
    pensionPersonRatePpm: rate({ max: 500_000 }),
    pensionEmployerRatePpm: rate({ max: 500_000 }),
    medicalPersonRatePpm: rate({ max: 500_000 }),
    medicalPersonFixedFen: money({ max: 100_000 }),
    medicalEmployerRatePpm: rate({ max: 500_000 }),
    unemploymentPersonRatePpm: rate({ max: 500_000 }),
    unemploymentEmployerRatePpm: rate({ max: 500_000 }),
    workInjuryRatePpm: keyed(
      choice('class_1', 'class_2', 'class_3', 'class_4', 'class_5', 'class_6', 'class_7', 'class_8'),
      rate({ max: 500_000 }),
    ),
    maternityEmployerRatePpm: rate({ max: 500_000 }),
    basicDeductionFen: money({ max: 100_000_000 }),
    bracketUpToFen: keyed(choice('1st', '2nd', '3rd', '4th', '5th', '6th'), money({ max: 1_000_000_000 })),
    bracketRatePpm: keyed(choice('1st', '2nd', '3rd', '4th', '5th', '6th', '7th'), rate({ max: 500_000 })),
    quickDeductionFen: keyed(choice('1st', '2nd', '3rd', '4th', '5th', '6th', '7th'), money({ max: 1_000_000_000 })),
  },
  results: { personFen: money(), employerFen: money(), incomeTaxFen: money() },
  total: 'personFen',
  promises: [
    rises('personFen', { with: 'monthlyWageFen' }),
    rises('employerFen', { with: 'monthlyWageFen' }),
    rises('personFen', { with: 'months' }),
    falls('incomeTaxFen', { with: 'additionalDeductionsFen' }),
    falls('incomeTaxFen', { with: 'otherDeductionsFen' }),
  ],
  decide(facts, values) {
    if (!values.mainlandInsurances) return refuse('insurances_of_its_own', 'B1.07')

    const pensionBaseFen = min(max(facts.monthlyWageFen, values.pensionBaseMinFen), values.pensionBaseMaxFen)
    const medicalBaseFen = min(max(facts.monthlyWageFen, values.medicalBaseMinFen), values.medicalBaseMaxFen)

    const personMonthFen =
      share(pensionBaseFen, values.pensionPersonRatePpm) +
      share(medicalBaseFen, values.medicalPersonRatePpm) +
      values.medicalPersonFixedFen +
      share(pensionBaseFen, values.unemploymentPersonRatePpm)
    const employerMonthFen =
      share(pensionBaseFen, values.pensionEmployerRatePpm) +
      share(medicalBaseFen, values.medicalEmployerRatePpm) +
      share(pensionBaseFen, values.unemploymentEmployerRatePpm) +
      share(pensionBaseFen, values.workInjuryRatePpm[facts.industryClass]) +
      share(medicalBaseFen, values.maternityEmployerRatePpm)
    const personFen = personMonthFen * facts.months

    const wagesFen = facts.monthlyWageFen * facts.months
    const deductionsFen =
      values.basicDeductionFen + personFen + facts.additionalDeductionsFen * facts.months + facts.otherDeductionsFen
    const taxableFen = max(wagesFen - deductionsFen, 0)
    const bracket =
      taxableFen <= values.bracketUpToFen['1st']
        ? '1st'
        : taxableFen <= values.bracketUpToFen['2nd']
          ? '2nd'
          : taxableFen <= values.bracketUpToFen['3rd']
            ? '3rd'
            : taxableFen <= values.bracketUpToFen['4th']
              ? '4th'
              : taxableFen <= values.bracketUpToFen['5th']
                ? '5th'
                : taxableFen <= values.bracketUpToFen['6th']
                  ? '6th'
                  : '7th'
    const taxFen = share(taxableFen, values.bracketRatePpm[bracket]) - values.quickDeductionFen[bracket]
    return grant({ personFen, employerFen: employerMonthFen * facts.months, incomeTaxFen: max(taxFen, 0) }, 'SIL.60')
  },
})

/**
 * B1.07: what an employee's pension would be by the law of a day, were the base to stay what it is today: the basic pension, and the personal account
 * with the months over which it is paid out. No interest and no growth of wages: everything in today's money.
 */
export const employeePensionEstimate = policy({
  id: 'employee-pension-estimate',
  title: { zh: '职工养老金测算', en: 'Estimate of an employee’s pension' },
  from: '2025-01-01',
  clause: 'B1.07',
  facts: {
    monthlyBaseFen: money({ max: 1_000_000_000 }),
    years: count('year', { max: 50 }),
    retirementAge,
    accountSoFarFen: money({ max: 10_000_000_000 }),
  },
  values: {
    mainlandInsurances: flag(),
    pensionBaseMinFen: money({ max: 100_000_000 }),
    pensionBaseMaxFen: money({ max: 100_000_000 }),
    pensionPersonRatePpm: rate(),
    averageWageFen: money({ max: 100_000_000 }),
    meanOfTwoPpm: rate(),
    basicPensionYearPpm: rate(),
    monthsOfYear: count('month', { max: 12 }),
    pensionYearsMin: count('year', { max: 50 }),
    accountMonthsByAge: keyed(retirementAge, count('month', { max: 300 })),
  },
  results: { basicFen: money(), accountFen: money(), accountMonths: count('month') },
  promises: [
    rises('basicFen', { with: 'years' }),
    rises('basicFen', { with: 'monthlyBaseFen' }),
    rises('accountFen', { with: 'years' }),
    rises('accountFen', { with: 'monthlyBaseFen' }),
    falls('accountMonths', { with: 'retirementAge' }),
  ],
  decide(facts, values) {
    if (!values.mainlandInsurances) return refuse('insurances_of_its_own', 'B1.07')
    if (facts.years < values.pensionYearsMin) return refuse('pension_years_below_minimum', 'RA.2')
    const baseFen = min(max(facts.monthlyBaseFen, values.pensionBaseMinFen), values.pensionBaseMaxFen)
    const meanFen = share(values.averageWageFen + baseFen, values.meanOfTwoPpm)
    const accountMonthFen = share(baseFen, values.pensionPersonRatePpm)
    return grant(
      {
        basicFen: share(meanFen * facts.years, values.basicPensionYearPpm),
        accountFen: facts.accountSoFarFen + accountMonthFen * values.monthsOfYear * facts.years,
        accountMonths: values.accountMonthsByAge[facts.retirementAge],
      },
      'SC38.6',
    )
  },
})

/** B1.07: what the pension of urban and rural residents would be: the basic pension, more for long payment, and the personal account. */
export const residentPensionEstimate = policy({
  id: 'residents-pension-estimate',
  title: { zh: '城乡居民养老金测算', en: 'Estimate of a resident’s pension' },
  from: '2025-01-01',
  clause: 'B1.07',
  facts: {
    yearlyPaidFen: money({ max: 100_000_000 }),
    years: count('year', { max: 60 }),
    accountSoFarFen: money({ max: 10_000_000_000 }),
  },
  values: {
    mainlandInsurances: flag(),
    residentYearlyMinFen: money({ max: 100_000_000 }),
    residentSubsidyFen: money({ max: 10_000_000 }),
    residentSubsidyHigherFen: money({ max: 10_000_000 }),
    residentHigherFromFen: money({ max: 100_000_000 }),
    residentYearsMin: count('year', { max: 60 }),
    residentBasicFen: money({ max: 10_000_000 }),
    residentExtraYearFen: money({ max: 1_000_000 }),
    residentAccountMonths: count('month', { max: 300 }),
  },
  results: { basicFen: money(), accountFen: money(), accountMonths: count('month') },
  promises: [
    rises('basicFen', { with: 'years' }),
    rises('accountFen', { with: 'years' }),
    rises('accountFen', { with: 'yearlyPaidFen' }),
  ],
  decide(facts, values) {
    if (!values.mainlandInsurances) return refuse('insurances_of_its_own', 'B1.07')
    if (facts.yearlyPaidFen < values.residentYearlyMinFen) return refuse('yearly_payment_below_minimum', 'SC8.4')
    if (facts.years < values.residentYearsMin) return refuse('pension_years_below_minimum', 'SC8.7')
    const subsidyFen =
      facts.yearlyPaidFen < values.residentHigherFromFen ? values.residentSubsidyFen : values.residentSubsidyHigherFen
    const extraFen = values.residentExtraYearFen * (facts.years - values.residentYearsMin)
    return grant(
      {
        basicFen: values.residentBasicFen + extraFen,
        accountFen: facts.accountSoFarFen + (facts.yearlyPaidFen + subsidyFen) * facts.years,
        accountMonths: values.residentAccountMonths,
      },
      'SC8.6',
    )
  },
})
