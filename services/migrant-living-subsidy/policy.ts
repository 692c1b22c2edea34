import { count, flag, grant, min, money, policy, refuse, rises } from '../../policy/door.ts'

/**
 * C6.03: is a migrant worker who lost a job granted the one-off living subsidy? Unemployment benefit or the subsidy, never both for one loss of
 * a job; by the Regulation on Unemployment Insurance it takes a year of unbroken work for the employer.
 */
export const migrantLivingSubsidy = policy({
  id: 'migrant-living-subsidy',
  title: { zh: '失业农民工一次性生活补助', en: 'One-off living subsidy of unemployed migrant workers' },
  from: '2024-02-20',
  clause: 'C6.03',
  facts: {
    contractMigrantWorker: flag(),
    employedNow: flag(),
    monthsContinuous: count('month', { max: 600 }),
    unemploymentBenefitGranted: flag(),
    subsidyGrantedBefore: flag(),
  },
  values: {
    monthsContinuousMin: count('month', { max: 60 }),
    perMonthFen: money({ max: 100_000 }),
    monthsPaidMax: count('month', { max: 240 }),
  },
  results: { subsidyFen: money() },
  total: 'subsidyFen',
  promises: [rises('subsidyFen', { with: 'monthsContinuous' })],
  decide(facts, values) {
    if (facts.unemploymentBenefitGranted) return refuse('unemployment_benefit_granted', 'C6.03')
    if (facts.subsidyGrantedBefore) return refuse('subsidy_granted_for_this_loss', 'C6.03')
    if (facts.employedNow) return refuse('still_employed', 'C6.03')
    if (!facts.contractMigrantWorker) return refuse('not_a_contract_migrant_worker', 'RUI.21')
    if (facts.monthsContinuous < values.monthsContinuousMin) return refuse('worked_too_short', 'RUI.21')
    return grant({ subsidyFen: values.perMonthFen * min(facts.monthsContinuous, values.monthsPaidMax) }, 'C6.03')
  },
})
