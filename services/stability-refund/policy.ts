import {
  choice,
  count,
  falls,
  flag,
  grant,
  includes,
  keyed,
  list,
  money,
  policy,
  rate,
  refer,
  refuse,
  rises,
  share,
} from '../../policy/door.ts'

/** C2.02-C2.07: does an employer get back part of the unemployment insurance it paid last year, and how much? */
export const stabilityRefund = policy({
  id: 'stability-refund',
  title: { zh: '失业保险稳岗返还', en: 'Job-retention refund of unemployment insurance' },
  from: '2025-06-20',
  clause: 'C2.01',
  facts: {
    entityKind: choice(
      'enterprise',
      'social_organisation',
      'foundation',
      'social_service',
      'law_firm',
      'accounting_firm',
      'individual_business',
    ),
    size: choice('large', 'medium', 'small', 'micro'),
    monthsPaidInFull: count('month'),
    insuredHeadcount: count('person', { max: 1_000_000 }),
    layoffRatePpm: rate(),
    paidLastYearFen: money({ max: 100_000_000_000 }),
    seriouslyDishonest: flag(),
    inBankruptcyOrDeregistration: flag(),
  },
  values: {
    monthsPaidMin: count('month', { max: 120 }),
    layoffRateMaxPpm: rate(),
    smallHeadcountMax: count('person'),
    smallLayoffRateMaxPpm: rate(),
    refundRatePpm: keyed(choice('large', 'medium', 'small', 'micro'), rate()),
    referenceRefundRatePpm: keyed(choice('large', 'medium', 'small', 'micro'), rate()),
  },
  results: { refundFen: money() },
  total: 'refundFen',
  promises: [
    rises('refundFen', { with: 'paidLastYearFen' }),
    rises('refundFen', { with: 'monthsPaidInFull' }),
    falls('refundFen', { with: 'layoffRatePpm' }),
    falls('refundFen', { with: 'seriouslyDishonest' }),
    falls('refundFen', { with: 'inBankruptcyOrDeregistration' }),
  ],
  decide(facts, values) {
    if (facts.monthsPaidInFull < values.monthsPaidMin) return refuse('months_in_full_below_minimum', 'C2.02')
    const isSmall = facts.insuredHeadcount <= values.smallHeadcountMax
    const layoffLimitPpm = isSmall ? values.smallLayoffRateMaxPpm : values.layoffRateMaxPpm
    if (facts.layoffRatePpm > layoffLimitPpm) return refuse('layoffs_above_limit', 'C2.03')
    if (facts.seriouslyDishonest) return refuse('seriously_dishonest', 'C2.07')
    if (facts.inBankruptcyOrDeregistration) return refuse('bankruptcy_or_deregistration', 'C2.07')
    if (facts.entityKind !== 'enterprise') {
      return grant({ refundFen: share(facts.paidLastYearFen, values.referenceRefundRatePpm[facts.size]) }, 'C2.06')
    }
    return grant(
      { refundFen: share(facts.paidLastYearFen, values.refundRatePpm[facts.size]) },
      facts.size === 'large' ? 'C2.04' : 'C2.05',
    )
  },
})

/** C2.08: may an employer spend this much of its refund on this? What is not on the list is put before people. */
export const refundUse = policy({
  id: 'refund-use',
  title: { zh: '稳岗返还资金使用', en: 'Use of the job-retention refund' },
  from: '2025-06-20',
  clause: 'C2.01',
  facts: {
    use: choice(
      'living_allowance',
      'social_insurance',
      'job_transfer_training',
      'skill_upgrade_training',
      'operating_cost',
      'executive_dividend',
      'other',
    ),
    spentFen: money({ max: 100_000_000_000 }),
    unspentFen: money({ max: 100_000_000_000 }),
  },
  values: {
    permittedUses: list(
      choice(
        'living_allowance',
        'social_insurance',
        'job_transfer_training',
        'skill_upgrade_training',
        'operating_cost',
      ),
    ),
  },
  results: { acceptedFen: money(), leftFen: money() },
  total: 'acceptedFen',
  promises: [rises('acceptedFen', { with: 'unspentFen' })],
  decide(facts, values) {
    if (!includes(values.permittedUses, facts.use)) return refer('use_not_permitted', 'C2.08')
    if (facts.spentFen > facts.unspentFen) return refuse('spent_more_than_refund', 'C2.08')
    return grant({ acceptedFen: facts.spentFen, leftFen: facts.unspentFen - facts.spentFen }, 'C2.08')
  },
})
