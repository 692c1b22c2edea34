import { choice, count, grant, money, policy, rate, refuse, rises, share } from '../../policy/door.ts'

/**
 * B1.04, B1.08: a statement of one's insurance of a year (个人权益单) or a proof of it (参保证明). Whoever was ever recorded may have either, free of charge;
 * the own pension account is told as far as the registers know it: the person's share of the bases that were paid, without interest.
 */
export const insuranceStatement = policy({
  id: 'insurance-statement',
  title: { zh: '个人社保权益单和参保证明', en: 'Statement and proof of insurance' },
  from: '2024-01-01',
  clause: 'B1.04',
  facts: {
    kind: choice('statement', 'proof'),
    insuredNow: count('insurance', { max: 20 }),
    recordedMonths: count('month', { max: 10_000 }),
    pensionPaidBaseFen: money({ max: 10_000_000_000 }),
  },
  values: {
    ownAccountRatePpm: rate({ max: 500_000 }),
    proofValidDays: count('day', { max: 3_650 }),
  },
  results: { ownAccountFen: money(), validDays: count('day') },
  promises: [rises('ownAccountFen', { with: 'pensionPaidBaseFen' })],
  decide(facts, values) {
    if (facts.insuredNow === 0 && facts.recordedMonths === 0) return refuse('nothing_on_record', 'SIL.74')
    const ownAccountFen = share(facts.pensionPaidBaseFen, values.ownAccountRatePpm)
    return grant({ ownAccountFen, validDays: values.proofValidDays }, facts.kind === 'proof' ? 'B1.08' : 'B1.04')
  },
})
