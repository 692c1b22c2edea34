import {
  choice,
  count,
  falls,
  flag,
  grant,
  includes,
  keyed,
  list,
  max,
  min,
  money,
  policy,
  rate,
  refuse,
  rises,
} from '../../policy/door.ts'

/** C1.03 before the notice: small and micro enterprises whose headcount has not fallen. */
export const loanEligibilityBefore = policy({
  id: 'job-loan-eligibility',
  title: { zh: '稳岗扩岗专项贷款资格与授信额度', en: 'Job-retention loan: eligibility and credit' },
  from: '2024-01-01',
  to: '2025-06-19',
  clause: 'C1.03',
  facts: {
    borrower: choice('small_enterprise', 'micro_enterprise', 'enterprise_owner', 'individual_business', 'other'),
    headcountReducedThisYear: flag(),
    headcountAtApplication: count('person', { max: 1_000_000 }),
    headcountLastYearEnd: count('person', { max: 1_000_000 }),
    requestedFen: money({ min: 1, max: 1_000_000_000_000 }),
    creditHeldFen: money({ max: 1_000_000_000_000 }),
  },
  values: { enterpriseCreditMaxFen: money({ max: 1_000_000_000_000 }) },
  results: { creditFen: money(), capped: flag() },
  total: 'creditFen',
  promises: [
    rises('creditFen', { with: 'requestedFen' }),
    rises('creditFen', { with: 'headcountAtApplication' }),
    falls('creditFen', { with: 'headcountLastYearEnd' }),
    falls('creditFen', { with: 'headcountReducedThisYear' }),
    falls('creditFen', { with: 'creditHeldFen' }),
  ],
  decide(facts, values) {
    if (!includes(['small_enterprise', 'micro_enterprise'], facts.borrower)) {
      return refuse('borrower_not_covered', 'C1.02')
    }
    if (facts.headcountReducedThisYear) return refuse('headcount_reduced_this_year', 'C1.03')
    if (facts.headcountAtApplication < facts.headcountLastYearEnd) {
      return refuse('headcount_below_last_year_end', 'C1.03')
    }
    const creditLeftFen = max(values.enterpriseCreditMaxFen - facts.creditHeldFen, 0)
    if (creditLeftFen === 0) return refuse('credit_used_up', 'C1.06')
    return grant(
      { creditFen: min(facts.requestedFen, creditLeftFen), capped: facts.requestedFen > creditLeftFen },
      'C1.06',
    )
  },
})

/**
 * C1.02, C1.04, C1.06, C1.07 since the notice: who laid off nobody last year, or few, can borrow, individuals too. `layoffRateLastYearPpm` is
 * rounded up, so that comparing it with a limit is exact.
 */
export const loanEligibility = policy({
  id: 'job-loan-eligibility',
  title: { zh: '稳岗扩岗专项贷款资格与授信额度', en: 'Job-retention loan: eligibility and credit' },
  from: '2025-06-20',
  clause: 'C1.01',
  facts: {
    borrower: choice('small_enterprise', 'micro_enterprise', 'enterprise_owner', 'individual_business', 'other'),
    headcountAtApplication: count('person', { max: 1_000_000 }),
    layoffsLastYear: count('person', { max: 1_000_000 }),
    layoffRateLastYearPpm: rate(),
    requestedFen: money({ min: 1, max: 1_000_000_000_000 }),
    creditHeldFen: money({ max: 1_000_000_000_000 }),
  },
  values: {
    headcountMin: keyed(
      choice('small_enterprise', 'micro_enterprise', 'enterprise_owner', 'individual_business'),
      count('person', { max: 100 }),
    ),
    controlTargetLastYearPpm: rate(),
    enterpriseCreditMaxFen: money({ max: 1_000_000_000_000 }),
    individualCreditMaxFen: money({ max: 1_000_000_000_000 }),
  },
  results: { creditFen: money(), capped: flag() },
  total: 'creditFen',
  promises: [
    rises('creditFen', { with: 'requestedFen' }),
    rises('creditFen', { with: 'headcountAtApplication' }),
    falls('creditFen', { with: 'layoffsLastYear' }),
    falls('creditFen', { with: 'layoffRateLastYearPpm' }),
    falls('creditFen', { with: 'creditHeldFen' }),
  ],
  decide(facts, values) {
    if (facts.borrower === 'other') return refuse('borrower_not_covered', 'C1.02')
    if (facts.headcountAtApplication < values.headcountMin[facts.borrower]) return refuse('no_employees', 'C1.02')
    if (facts.layoffsLastYear > 0 && facts.layoffRateLastYearPpm > values.controlTargetLastYearPpm) {
      return refuse('layoffs_above_control_target', 'C1.04')
    }
    const isIndividual = includes(['enterprise_owner', 'individual_business'], facts.borrower)
    const creditMaxFen = isIndividual ? values.individualCreditMaxFen : values.enterpriseCreditMaxFen
    const creditLeftFen = max(creditMaxFen - facts.creditHeldFen, 0)
    if (creditLeftFen === 0) return refuse('credit_used_up', isIndividual ? 'C1.07' : 'C1.06')
    return grant(
      { creditFen: min(facts.requestedFen, creditLeftFen), capped: facts.requestedFen > creditLeftFen },
      isIndividual ? 'C1.07' : 'C1.06',
    )
  },
})

/**
 * C1.05, C1.08-C1.10: may this bank make this offer? What the notice only encourages (a rate as low as the indicated one, credit on business
 * data, a favoured way through the bank) is told with the offer and refuses none.
 */
export const loanOffer = policy({
  id: 'job-loan-offer',
  title: { zh: '稳岗扩岗专项贷款银行报价', en: 'Job-retention loan: a bank’s offer' },
  from: '2024-01-01',
  clause: 'C1.05',
  facts: {
    bankClass: choice(
      'bank_of_china',
      'state_owned',
      'postal',
      'joint_stock_provincial_branch',
      'local_legal_person',
      'other',
    ),
    confirmedCreditFen: money({ min: 1, max: 1_000_000_000_000 }),
    offeredFen: money({ min: 1, max: 1_000_000_000_000 }),
    ratePpm: rate(),
    security: choice('none', 'guarantee', 'mortgage', 'pledge'),
    onBusinessData: flag(),
    fromDedicatedPlan: flag(),
    approvalDelegated: flag(),
    fastApproval: flag(),
  },
  values: {
    handlingBanks: list(
      choice('bank_of_china', 'state_owned', 'postal', 'joint_stock_provincial_branch', 'local_legal_person', 'other'),
    ),
    rateMaxPpm: rate(),
    rateIndicatedMinPpm: rate(),
  },
  results: { loanFen: money(), rateBelowIndicated: flag(), creditOnBusinessData: flag(), favoured: flag() },
  total: 'loanFen',
  promises: [falls('loanFen', { with: 'ratePpm' }), rises('loanFen', { with: 'confirmedCreditFen' })],
  decide(facts, values) {
    if (!includes(values.handlingBanks, facts.bankClass)) return refuse('bank_not_handling', 'C1.05')
    if (facts.ratePpm > values.rateMaxPpm) return refuse('rate_above_maximum', 'C1.08')
    if (facts.offeredFen > facts.confirmedCreditFen) return refuse('offer_above_confirmed_credit', 'C1.06')
    const creditOnBusinessData = facts.security === 'none' && facts.onBusinessData
    return grant(
      {
        loanFen: facts.offeredFen,
        rateBelowIndicated: facts.ratePpm < values.rateIndicatedMinPpm,
        creditOnBusinessData,
        favoured: facts.fromDedicatedPlan || facts.approvalDelegated || facts.fastApproval,
      },
      'C1.08',
    )
  },
})
