import {
  addMonths,
  choice,
  count,
  date,
  falls,
  flag,
  grant,
  keyed,
  max,
  min,
  money,
  policy,
  rate,
  refer,
  refuse,
  rises,
  share,
} from '../../policy/door.ts'

/**
 * M3.02-M3.03: the yearly settlement of a resident's comprehensive income (汇算清缴). Decided as of a day in the tax year, whose figures
 * hold; `filedOn` is a day after it. What is to pay is positive, a refund negative.
 */
export const incomeTax = policy({
  id: 'income-tax',
  title: { zh: '综合所得个人所得税汇算', en: 'Yearly settlement of income tax on comprehensive income' },
  from: '2019-01-01',
  clause: 'M3.02',
  facts: {
    resident: flag(),
    foreignIncome: flag(),
    withholdingMissed: flag(),
    filedOn: date(),
    wagesFen: money({ max: 100_000_000_000 }),
    labourFen: money({ max: 100_000_000_000 }),
    authorFen: money({ max: 100_000_000_000 }),
    royaltiesFen: money({ max: 100_000_000_000 }),
    specialDeductionsFen: money({ max: 10_000_000_000 }),
    additionalDeductionsFen: money({ max: 10_000_000_000 }),
    otherDeductionsFen: money({ max: 10_000_000_000 }),
    donationsFen: money({ max: 100_000_000_000 }),
    donationsInFullFen: money({ max: 100_000_000_000 }),
    prepaidFen: money({ max: 100_000_000_000 }),
  },
  values: {
    windowOpensOn: date(),
    windowEndsOn: date(),
    refundMonthsMax: count('month', { max: 120 }),
    costRatePpm: rate(),
    authorIncomeRatePpm: rate(),
    basicDeductionFen: money({ max: 100_000_000 }),
    donationLimitPpm: rate(),
    bracketUpToFen: keyed(choice('1st', '2nd', '3rd', '4th', '5th', '6th'), money({ max: 1_000_000_000 })),
    bracketRatePpm: keyed(choice('1st', '2nd', '3rd', '4th', '5th', '6th', '7th'), rate({ max: 500_000 })),
    quickDeductionFen: keyed(choice('1st', '2nd', '3rd', '4th', '5th', '6th', '7th'), money({ max: 1_000_000_000 })),
    exemptIncomeMaxFen: money({ max: 1_000_000_000 }),
    exemptDueMaxFen: money({ max: 1_000_000 }),
  },
  results: {
    balanceFen: money({ min: -1_000_000_000_000 }),
    taxFen: money(),
    taxableFen: money(),
    settlement: choice('pay', 'refund', 'even', 'exempt'),
    afterWindow: flag(),
  },
  total: 'balanceFen',
  promises: [
    rises('balanceFen', { with: 'wagesFen' }),
    rises('balanceFen', { with: 'labourFen' }),
    falls('balanceFen', { with: 'additionalDeductionsFen' }),
    falls('balanceFen', { with: 'donationsFen' }),
    falls('balanceFen', { with: 'prepaidFen' }),
  ],
  decide(facts, values) {
    if (!facts.resident) return refuse('not_resident', 'IIT.2')
    if (facts.filedOn < values.windowOpensOn) return refuse('window_not_open', 'M3.02')
    if (facts.foreignIncome) return refer('foreign_income', 'IIT.7')

    const receiptsFen = facts.wagesFen + facts.labourFen + facts.authorFen + facts.royaltiesFen
    const labourIncomeFen = max(facts.labourFen - share(facts.labourFen, values.costRatePpm), 0)
    const royaltiesIncomeFen = max(facts.royaltiesFen - share(facts.royaltiesFen, values.costRatePpm), 0)
    const authorNetFen = max(facts.authorFen - share(facts.authorFen, values.costRatePpm), 0)
    const authorIncomeFen = share(authorNetFen, values.authorIncomeRatePpm)
    const incomeFen = facts.wagesFen + labourIncomeFen + authorIncomeFen + royaltiesIncomeFen

    const deductionsFen =
      values.basicDeductionFen + facts.specialDeductionsFen + facts.additionalDeductionsFen + facts.otherDeductionsFen
    const beforeDonationsFen = max(incomeFen - deductionsFen, 0)
    const donationsCountedFen = min(facts.donationsFen, share(beforeDonationsFen, values.donationLimitPpm, 'down'))
    const taxableFen = max(beforeDonationsFen - donationsCountedFen - facts.donationsInFullFen, 0)

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
    const taxFen = max(share(taxableFen, values.bracketRatePpm[bracket]) - values.quickDeductionFen[bracket], 0)
    const balanceFen = taxFen - facts.prepaidFen
    const afterWindow = facts.filedOn > values.windowEndsOn

    if (balanceFen < 0) {
      if (facts.filedOn > addMonths(values.windowEndsOn, values.refundMonthsMax)) {
        return refuse('refund_claim_late', 'M3.02')
      }
      return grant({ balanceFen, taxFen, taxableFen, settlement: 'refund', afterWindow }, 'IIT.11')
    }
    if (balanceFen === 0) return grant({ balanceFen, taxFen, taxableFen, settlement: 'even', afterWindow }, 'IIT.11')
    const exempt =
      !facts.withholdingMissed && (receiptsFen <= values.exemptIncomeMaxFen || balanceFen <= values.exemptDueMaxFen)
    if (exempt) return grant({ balanceFen: 0, taxFen, taxableFen, settlement: 'exempt', afterWindow }, 'IIT.exemption')
    return grant({ balanceFen, taxFen, taxableFen, settlement: 'pay', afterWindow }, 'M3.03')
  },
})
