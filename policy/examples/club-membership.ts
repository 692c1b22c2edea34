/**
 * A neutral example: the fee of a made-up sports club. It stands on no law; its clauses are the articles of the club's made-up
 * statutes.
 */
import {
  addMonths,
  choice,
  count,
  countOf,
  date,
  flag,
  grant,
  includes,
  keyed,
  list,
  max,
  min,
  money,
  monthsBetween,
  optional,
  policy,
  rate,
  record,
  refer,
  refuse,
  share,
  sumOf,
} from '../door.ts'

const applicant = {
  kind: choice('adult', 'youth', 'senior', 'company'),
  joinsOn: date(),
  memberSince: optional(date()),
  suspended: flag(),
}

const guest = record({
  visitedOn: date(),
  visits: count('visit', { max: 1_000 }),
  feePaidFen: money({ max: 10_000_00 }),
})

const common = {
  feeByKind: keyed(choice('adult', 'youth', 'senior'), money({ max: 10_000_00 })),
  guestCreditRate: rate(),
  guestCreditMaxFen: money({ max: 10_000_00 }),
}

/** The fee by the statute of the foundation: one amount, no guests. */
export const membershipFeeAtFoundation = policy({
  id: 'club-membership-fee',
  title: { zh: '俱乐部会费（创立时）', en: 'Club membership fee (at foundation)' },
  from: '2020-01-01',
  to: '2023-12-31',
  clause: 'S1',
  facts: applicant,
  values: { feeByKind: common.feeByKind },
  results: { feeFen: money() },
  total: 'feeFen',
  decide(facts, values) {
    if (facts.kind === 'company') return refer('company_needs_board', 'S2')
    return grant({ feeFen: values.feeByKind[facts.kind] }, 'S3')
  },
})

/** The fee by the statute in force since: by kind of member, with a credit for guests. */
export const membershipFee = policy({
  id: 'club-membership-fee',
  title: { zh: '俱乐部会费', en: 'Club membership fee' },
  from: '2024-01-01',
  clause: 'S10',
  facts: { ...applicant, guests: list(guest, { of: 'guest', max: 100 }) },
  values: {
    ...common,
    loyaltyMonthsMin: count('month'),
    loyaltyRate: rate(),
    termMonths: count('month', { max: 36 }),
    guestVisitsMin: count('visit', { max: 100 }),
  },
  results: { feeFen: money(), validUntil: date(), tier: choice('plain', 'loyal'), guestsCounted: count('guest') },
  total: 'feeFen',
  decide(facts, values) {
    if (facts.suspended) return refuse('suspended', 'S11')
    if (facts.kind === 'company') return refer('company_needs_board', 'S12')

    const baseFen = values.feeByKind[facts.kind]
    const loyal =
      facts.memberSince !== null && monthsBetween(facts.memberSince, facts.joinsOn) >= values.loyaltyMonthsMin
    const reductionFen = loyal && !includes(['youth', 'senior'], facts.kind) ? share(baseFen, values.loyaltyRate) : 0

    const guestsCounted = countOf(facts.guests, (guest) => guest.visits >= values.guestVisitsMin)
    const guestFeesFen = sumOf(facts.guests, (guest) => (guest.visits >= values.guestVisitsMin ? guest.feePaidFen : 0))
    const creditFen = min(share(guestFeesFen, values.guestCreditRate, 'down'), values.guestCreditMaxFen)

    const dueFen = max(baseFen - reductionFen - creditFen, 0)
    const validUntil = addMonths(facts.joinsOn, values.termMonths)
    return grant({ feeFen: dueFen, validUntil, tier: loyal ? 'loyal' : 'plain', guestsCounted }, 'S13')
  },
})
