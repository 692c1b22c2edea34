import {
  addDays,
  addMonths,
  choice,
  count,
  countOf,
  date,
  eachOf,
  falls,
  filterOf,
  flag,
  grant,
  hasItem,
  keyed,
  list,
  min,
  money,
  policy,
  rate,
  record,
  refuse,
  rises,
  share,
  sumOf,
} from '../../policy/door.ts'

/** Articles 45 to 47 and 50 of the Social Insurance Law: who may draw unemployment benefit, for how many months, and how much a month. */
export const unemploymentBenefit = policy({
  id: 'unemployment-benefit',
  title: { zh: '失业保险金领取资格', en: 'Unemployment benefit: entitlement' },
  from: '2025-01-01',
  clause: 'SIL.45',
  facts: {
    monthsPaid: count('month'),
    monthsUnclaimed: count('month', { max: 24 }),
    leftInvoluntarily: flag(),
    registeredOn: date(),
    seeksWork: flag(),
    drawsPension: flag(),
    livingSubsidyGranted: flag(),
  },
  values: {
    monthsPaidMin: count('month', { max: 120 }),
    middleTermFromMonths: count('month', { max: 600 }),
    longTermFromMonths: count('month', { max: 600 }),
    termMonths: keyed(choice('short', 'middle', 'long'), count('month', { max: 60 })),
    termMonthsMax: count('month', { max: 60 }),
    minimumWageFen: money({ max: 10_000_000 }),
    benefitRatePpm: rate(),
  },
  results: { months: count('month'), monthFen: money(), from: date(), until: date() },
  promises: [
    rises('months', { with: 'monthsPaid' }),
    rises('months', { with: 'monthsUnclaimed' }),
    falls('months', { with: 'drawsPension' }),
    falls('months', { with: 'livingSubsidyGranted' }),
  ],
  decide(facts, values) {
    if (facts.monthsPaid < values.monthsPaidMin) return refuse('months_paid_below_minimum', 'SIL.45')
    if (!facts.leftInvoluntarily) return refuse('left_by_own_will', 'SIL.45')
    if (!facts.seeksWork) return refuse('seeks_no_work', 'SIL.45')
    if (facts.drawsPension) return refuse('draws_pension', 'SIL.51')
    if (facts.livingSubsidyGranted) return refuse('living_subsidy_granted', 'C6.03')
    const term =
      facts.monthsPaid >= values.longTermFromMonths
        ? 'long'
        : facts.monthsPaid >= values.middleTermFromMonths
          ? 'middle'
          : 'short'
    const months = min(values.termMonths[term] + facts.monthsUnclaimed, values.termMonthsMax)
    return grant(
      {
        months,
        monthFen: share(values.minimumWageFen, values.benefitRatePpm),
        from: facts.registeredOn,
        until: addDays(addMonths(facts.registeredOn, months), 0 - 1),
      },
      'SIL.46',
    )
  },
})

/** Article 1 of the rules on the gradual raising of the retirement age: the age, in months, of who was born in a month. */
export const retirementAge = policy({
  id: 'retirement-age',
  title: { zh: '法定退休年龄', en: 'Statutory retirement age' },
  from: '2025-01-01',
  clause: 'RA.1',
  facts: {
    category: choice('man', 'woman_55', 'woman_50'),
    birthYear: count('calendar_year', { min: 1940, max: 2029 }),
    birthMonth: count('month_of_year', { min: 1, max: 12 }),
  },
  values: {
    formerAgeMonths: keyed(choice('man', 'woman_55', 'woman_50'), count('month', { max: 1_000 })),
    firstDelayedBirthYear: keyed(
      choice('man', 'woman_55', 'woman_50'),
      count('calendar_year', { min: 1940, max: 2029 }),
    ),
    delayMonthsByBirthYear: keyed(choice('man', 'woman_55', 'woman_50'), count('month', { max: 12 })),
    delayMonthsEveryFour: keyed(count('month_of_year', { min: 1, max: 12 }), count('month', { max: 12 })),
    delayMonthsEveryTwo: keyed(count('month_of_year', { min: 1, max: 12 }), count('month', { max: 12 })),
    delayMonthsMax: keyed(choice('man', 'woman_55', 'woman_50'), count('month', { max: 120 })),
  },
  results: { ageMonths: count('month'), delayMonths: count('month') },
  promises: [rises('ageMonths', { with: 'birthYear' })],
  decide(facts, values) {
    const formerAgeMonths = values.formerAgeMonths[facts.category]
    const firstYear = values.firstDelayedBirthYear[facts.category]
    if (facts.birthYear < firstYear) return grant({ ageMonths: formerAgeMonths, delayMonths: 0 }, 'RA.1')
    const untilBirthMonth =
      facts.category === 'woman_50'
        ? values.delayMonthsEveryTwo[facts.birthMonth]
        : values.delayMonthsEveryFour[facts.birthMonth]
    const untilBirthYear = values.delayMonthsByBirthYear[facts.category] * (facts.birthYear - firstYear)
    const delayMonths = min(untilBirthYear + untilBirthMonth, values.delayMonthsMax[facts.category])
    return grant({ ageMonths: formerAgeMonths + delayMonths, delayMonths }, 'RA.1')
  },
})

/**
 * C4.01: is a recipient enrolled in employees' pension insurance at the fund's cost in the benefit month that begins on a day? Who is, also
 * draws the benefit until the retirement age (article 7 of the rules on the gradual raising of it).
 */
export const olderEnrolment = policy({
  id: 'older-enrolment',
  title: { zh: '大龄领金人员参加企业职工基本养老保险', en: 'Pension insurance of older recipients' },
  from: '2025-01-01',
  clause: 'C4.01',
  facts: {
    receivesBenefit: flag(),
    bornOn: date(),
    retirementAgeMonths: count('month', { min: 500, max: 1_000 }),
    monthBeginsOn: date(),
  },
  values: { monthsBeforeRetirement: count('month', { max: 120 }) },
  results: { retiresOn: date() },
  decide(facts, values) {
    if (!facts.receivesBenefit) return refuse('no_recipient', 'C4.01')
    const retiresOn = addMonths(facts.bornOn, facts.retirementAgeMonths)
    if (facts.monthBeginsOn >= retiresOn) return refuse('retirement_age_reached', 'RA.7')
    if (addMonths(facts.monthBeginsOn, values.monthsBeforeRetirement) <= retiresOn) {
      return refuse('not_older_yet', 'RA.7')
    }
    return grant({ retiresOn }, 'C4.01')
  },
})

/**
 * C4.02: what is paid for one benefit month, line by line: the benefit to the person, the medical premium including maternity and the pension
 * premium on the person's behalf, and the price subsidy in a month for which it is called.
 */
export const benefitMonth = policy({
  id: 'benefit-month',
  title: { zh: '失业保险待遇按月发放', en: 'Payments of a benefit month' },
  from: '2025-01-01',
  clause: 'C4.02',
  facts: {
    monthNumber: count('month', { min: 1, max: 600 }),
    entitledMonths: count('month', { max: 60 }),
    olderEnrolled: flag(),
    standing: choice(
      'unemployed',
      'employed',
      'in_military',
      'moved_abroad',
      'draws_pension',
      'refused_work_or_training',
      'died',
    ),
    lines: list(
      record({ kind: choice('unemployment_benefit', 'medical_premium', 'price_subsidy', 'pension_premium') }),
      { of: 'line', max: 4 },
    ),
  },
  values: {
    minimumWageFen: money({ max: 10_000_000 }),
    benefitRatePpm: rate(),
    medicalBaseFen: money({ max: 10_000_000 }),
    medicalRatePpm: rate(),
    pensionBaseFen: money({ max: 10_000_000 }),
    pensionRatePpm: rate(),
    priceSubsidyTriggered: flag(),
    priceSubsidyFen: money({ max: 1_000_000 }),
  },
  results: { amountFen: money() },
  total: 'amountFen',
  items: { list: 'lines', results: { amountFen: money() }, total: 'amountFen' },
  decide(facts, values) {
    switch (facts.standing) {
      case 'employed':
        return refuse('employed_again', 'SIL.51')
      case 'in_military':
        return refuse('in_military', 'SIL.51')
      case 'moved_abroad':
        return refuse('moved_abroad', 'SIL.51')
      case 'draws_pension':
        return refuse('draws_pension', 'SIL.51')
      case 'refused_work_or_training':
        return refuse('refused_work_or_training', 'SIL.51')
      case 'died':
        return refuse('recipient_died', 'SIL.49')
    }
    if (facts.monthNumber > facts.entitledMonths && !facts.olderEnrolled) return refuse('months_used_up', 'SIL.46')

    const benefitFen = share(values.minimumWageFen, values.benefitRatePpm)
    const medicalFen = share(values.medicalBaseFen, values.medicalRatePpm)
    const pensionFen = share(values.pensionBaseFen, values.pensionRatePpm)
    const payable = filterOf(
      facts.lines,
      (line) =>
        (line.kind !== 'price_subsidy' || values.priceSubsidyTriggered) &&
        (line.kind !== 'pension_premium' || facts.olderEnrolled),
    )
    if (countOf(payable, () => true) === 0) return refuse('no_line_to_pay', 'C4.02')
    return grant(
      {
        amountFen: sumOf(payable, (line) =>
          line.kind === 'unemployment_benefit'
            ? benefitFen
            : line.kind === 'medical_premium'
              ? medicalFen
              : line.kind === 'price_subsidy'
                ? values.priceSubsidyFen
                : pensionFen,
        ),
      },
      'C4.02',
      eachOf(facts.lines, (line) => {
        if (!hasItem(payable, line)) {
          return line.kind === 'price_subsidy'
            ? refuse('price_subsidy_not_called', 'C4.02')
            : refuse('not_older', 'C4.01')
        }
        switch (line.kind) {
          case 'unemployment_benefit':
            return grant({ amountFen: benefitFen }, 'SIL.47')
          case 'medical_premium':
            return grant({ amountFen: medicalFen }, 'SIL.48')
          case 'price_subsidy':
            return grant({ amountFen: values.priceSubsidyFen }, 'C4.02')
        }
        return grant({ amountFen: pensionFen }, 'C4.01')
      }),
    )
  },
})
