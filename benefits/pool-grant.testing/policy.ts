import { count, grant, money, policy, refer, refuse } from '../../policy/door.ts'

/** A made-up grant for swimmers that stands on no law: so much for each length swum, once enough are swum. */
export const poolGrant = policy({
  id: 'pool-grant',
  title: { zh: '泳池补贴（示例）', en: 'Pool grant (made up)' },
  from: '2024-01-01',
  clause: 'P1',
  facts: { lengths: count('length', { max: 10_000 }), extraLengths: count('length', { max: 10_000 }) },
  values: {
    lengthsMin: count('length', { max: 10_000 }),
    lengthsMax: count('length', { max: 10_000 }),
    perLengthFen: money({ max: 1_000_000 }),
  },
  results: { grantFen: money() },
  total: 'grantFen',
  decide(facts, values) {
    if (facts.extraLengths > values.lengthsMax) return refer('too_many_lengths', 'P2')
    if (facts.lengths + facts.extraLengths < values.lengthsMin) return refuse('too_few_lengths', 'P1')
    return grant({ grantFen: values.perLengthFen * (facts.lengths + facts.extraLengths) }, 'P1')
  },
})
