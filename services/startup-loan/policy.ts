import { choice, flag, grant, max, min, money, policy, refuse, rises } from '../../policy/door.ts'

/** C5.05: is a loan for starting a business guaranteed, and up to how much? */
export const startupLoan = policy({
  id: 'startup-loan',
  title: { zh: '创业担保贷款', en: 'Guaranteed loan for a start-up' },
  from: '2024-02-20',
  clause: 'C5.05',
  facts: {
    group: choice(
      'returning_migrant_worker',
      'registered_unemployed',
      'hard_to_employ',
      'veteran',
      'graduate',
      'other',
    ),
    ownsBusiness: flag(),
    requestedFen: money({ min: 1, max: 100_000_000_00 }),
    guaranteedNowFen: money({ max: 100_000_000_00 }),
  },
  values: { guaranteeMaxFen: money({ max: 100_000_000_00 }) },
  results: { guaranteedFen: money() },
  total: 'guaranteedFen',
  promises: [rises('guaranteedFen', { with: 'requestedFen' })],
  decide(facts, values) {
    if (facts.group === 'other') return refuse('group_not_guaranteed', 'IFF.2023.75')
    if (!facts.ownsBusiness) return refuse('no_business_to_lend_to', 'IFF.2023.75')
    const leftFen = max(values.guaranteeMaxFen - facts.guaranteedNowFen, 0)
    if (leftFen === 0) return refuse('guarantee_used_up', 'IFF.2023.75')
    return grant({ guaranteedFen: min(facts.requestedFen, leftFen) }, 'C5.05')
  },
})
