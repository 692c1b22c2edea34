import { count, flag, grant, min, money, policy, rate, refer, refuse, rises, share } from '../../policy/door.ts'

/** C5.03: what is a return-entrepreneurship park granted for its entrepreneurship services of a year? */
export const returnParkSubsidy = policy({
  id: 'return-park-subsidy',
  title: { zh: '返乡创业园创业服务补助', en: 'Return park service subsidy' },
  from: '2024-02-20',
  clause: 'C5.03',
  facts: { recognised: flag(), claimedFen: money({ max: 10_000_000_00 }) },
  values: { costShare: rate(), yearMaxFen: money({ max: 10_000_000_00 }) },
  results: { subsidyFen: money() },
  total: 'subsidyFen',
  promises: [rises('subsidyFen', { with: 'claimedFen' })],
  decide(facts, values) {
    if (!facts.recognised) return refuse('park_not_recognised', 'C5.03')
    return grant({ subsidyFen: min(share(facts.claimedFen, values.costShare, 'down'), values.yearMaxFen) }, 'C5.03')
  },
})

/**
 * C5.03: can a park be recognised? The text gives no criteria (C5-o1): with fewer businesses of returnees than assumed it is no such park; else
 * people decide, with reasons.
 */
export const parkRecognition = policy({
  id: 'park-recognition',
  title: { zh: '农民工返乡创业园认定', en: 'Recognition of a return park' },
  from: '2024-02-20',
  clause: 'C5.03',
  facts: { returneeBusinesses: count('business', { max: 10_000 }) },
  values: { returneeBusinessesMin: count('business', { max: 1_000 }) },
  results: {},
  decide(facts, values) {
    if (facts.returneeBusinesses < values.returneeBusinessesMin) return refuse('too_few_returnee_businesses', 'C5.03')
    return refer('criteria_not_published', 'C5.03')
  },
})
