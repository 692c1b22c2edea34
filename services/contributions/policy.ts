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
