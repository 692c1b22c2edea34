import {
  choice,
  count,
  date,
  filterOf,
  flag,
  grant,
  keyed,
  list,
  money,
  policy,
  rate,
  record,
  refuse,
  rises,
  share,
  sumOf,
} from '../../policy/door.ts'

const sex = choice('male', 'female')

/** B1.04: may the pension relation of somebody who pays in another province now be brought there? */
export const transferIn = policy({
  id: 'pension-transfer-in',
  title: { zh: '养老保险关系转入', en: 'Bringing the pension relation here' },
  from: '2010-01-01',
  clause: 'PT.8',
  facts: {
    sameProvince: flag(),
    drawsPension: flag(),
    monthsPaidHere: count('month', { max: 720 }),
    homeRegionHere: flag(),
    sex,
    ageMonthsAtFirst: count('month'),
    overlapAgreed: flag(),
  },
  values: {
    monthsPaidHereMin: count('month', { max: 120 }),
    temporaryFromAgeMonths: keyed(sex, count('month')),
    overlapNeedsConsent: flag(),
  },
  results: {},
  decide(facts, values) {
    if (facts.sameProvince) return refuse('same_province', 'PT.2')
    if (facts.drawsPension) return refuse('pension_drawn', 'PT.2')
    if (facts.monthsPaidHere < values.monthsPaidHereMin) return refuse('not_paying_here', 'PT.8')
    if (!facts.homeRegionHere && facts.ageMonthsAtFirst >= values.temporaryFromAgeMonths[facts.sex]) {
      return refuse('temporary_account', 'PT.5')
    }
    if (values.overlapNeedsConsent && !facts.overlapAgreed) return refuse('overlap_not_agreed', 'PT.3')
    return grant({}, 'PT.8')
  },
})

/** B1.04: may the old region let the relation go? */
export const transferOut = policy({
  id: 'pension-transfer-out',
  title: { zh: '养老保险关系转出', en: 'Letting the pension relation go' },
  from: '2010-01-01',
  clause: 'PT.8',
  facts: {
    relationKnown: flag(),
    stillPaying: flag(),
    drawsPension: flag(),
    monthsToMove: count('month', { max: 720 }),
  },
  values: {},
  results: {},
  decide(facts) {
    if (!facts.relationKnown) return refuse('relation_unknown', 'PT.8')
    if (facts.drawsPension) return refuse('pension_drawn', 'PT.2')
    if (facts.stillPaying) return refuse('still_paying', 'PT.8')
    if (facts.monthsToMove === 0) return refuse('no_months', 'PT.3')
    return grant({}, 'PT.8')
  },
})

const paidMonth = record({ beginsOn: date(), baseFen: money({ max: 1_000_000_000 }) })

/**
 * PT.4: the personal account goes whole, and a share of the base of every month since there are pooled months. PT.5: of a temporary account, opened where
 * somebody first paid at fifty (women forty) and is not registered, all that was paid goes: the employer's part whole too.
 */
export const transferAmount = policy({
  id: 'pension-transfer-amount',
  title: { zh: '转移资金', en: 'What moves with the relation' },
  from: '2010-01-01',
  clause: 'PT.4',
  facts: {
    months: list(paidMonth, { of: 'month', max: 720 }),
    interestFen: money({ max: 10_000_000_000 }),
    homeRegionHere: flag(),
    sex,
    ageMonthsAtFirst: count('month'),
  },
  values: {
    temporaryFromAgeMonths: keyed(sex, count('month')),
    employerRateFrom: date(),
    employerRatePpm: rate(),
    employerRateBeforePpm: rate(),
    pooledFrom: date(),
    pooledRatePpm: rate(),
    accountRateFrom: date(),
    accountRatePpm: rate(),
    accountRateBeforePpm: rate(),
  },
  results: { accountFen: money(), pooledFen: money(), amountFen: money() },
  promises: [rises('amountFen', { with: 'interestFen' })],
  decide(facts, values) {
    // What was paid before 1998 moves as the account's own record has it, with the interest.
    const pooled = filterOf(facts.months, (month) => month.beginsOn >= values.pooledFrom)
    const early = filterOf(pooled, (month) => month.beginsOn < values.accountRateFrom)
    const late = filterOf(pooled, (month) => month.beginsOn >= values.accountRateFrom)
    const accountFen =
      sumOf(early, (month) => share(month.baseFen, values.accountRateBeforePpm)) +
      sumOf(late, (month) => share(month.baseFen, values.accountRatePpm)) +
      facts.interestFen
    if (!facts.homeRegionHere && facts.ageMonthsAtFirst >= values.temporaryFromAgeMonths[facts.sex]) {
      const former = filterOf(pooled, (month) => month.beginsOn < values.employerRateFrom)
      const present = filterOf(pooled, (month) => month.beginsOn >= values.employerRateFrom)
      const wholeFen =
        sumOf(former, (month) => share(month.baseFen, values.employerRateBeforePpm)) +
        sumOf(present, (month) => share(month.baseFen, values.employerRatePpm))
      return grant({ accountFen, pooledFen: wholeFen, amountFen: accountFen + wholeFen }, 'PT.5')
    }
    const pooledFen = sumOf(pooled, (month) => share(month.baseFen, values.pooledRatePpm))
    return grant({ accountFen, pooledFen, amountFen: accountFen + pooledFen }, 'PT.4')
  },
})
