import {
  choice,
  count,
  flag,
  grant,
  keyed,
  max,
  min,
  money,
  policy,
  rate,
  refuse,
  rises,
  share,
} from '../../policy/door.ts'

/**
 * M5.02: what is somebody granted who buys a home? A recognised talent by the registered price of the home, a doctor for a first own home by
 * the average price of homes; who could have both gets the higher.
 */
export const talentHousing = policy({
  id: 'talent-housing',
  title: { zh: '人才购房补贴', en: 'Home-purchase subsidy for talents' },
  from: '2023-11-01',
  clause: 'M5.02',
  facts: {
    degree: choice('doctor', 'master', 'bachelor', 'none'),
    talentTier: choice('leading', 'senior', 'junior', 'not_recognised'),
    firstOwnHome: flag(),
    averagePriceFen: money({ max: 100_000_000_00 }),
    registeredPriceFen: money({ max: 100_000_000_00 }),
  },
  values: {
    registeredShareMaxPpm: rate(),
    shareByTierPpm: keyed(choice('leading', 'senior', 'junior'), rate()),
    averageSharePpm: rate(),
  },
  results: { subsidyFen: money() },
  total: 'subsidyFen',
  promises: [rises('subsidyFen', { with: 'registeredPriceFen' }), rises('subsidyFen', { with: 'firstOwnHome' })],
  decide(facts, values) {
    const isDoctorsFirst = facts.degree === 'doctor' && facts.firstOwnHome
    const asDoctorFen = isDoctorsFirst ? share(facts.averagePriceFen, values.averageSharePpm, 'down') : 0
    if (facts.talentTier === 'not_recognised') {
      if (isDoctorsFirst) return grant({ subsidyFen: asDoctorFen }, 'M5.02')
      return facts.degree === 'doctor'
        ? refuse('not_first_own_home', 'M5.02')
        : refuse('not_a_subsidised_talent', 'M5.02')
    }
    const asTalentFen = min(
      share(facts.registeredPriceFen, values.shareByTierPpm[facts.talentTier], 'down'),
      share(facts.registeredPriceFen, values.registeredShareMaxPpm, 'down'),
    )
    return grant({ subsidyFen: max(asTalentFen, asDoctorFen) }, 'M5.02')
  },
})

/** M5.02: what else a degree brings who buys a first own home: no condition of a local household, and a higher limit of the housing-fund loan. */
export const homePurchaseRights = policy({
  id: 'home-purchase-rights',
  title: { zh: '人才购房待遇', en: 'Rights of a talent who buys a home' },
  from: '2023-11-01',
  clause: 'M5.02',
  facts: { degree: choice('doctor', 'master', 'bachelor', 'none'), firstOwnHome: flag() },
  values: { loanLimitTimesMax: count('time', { max: 10 }) },
  results: { treatedAsLocal: flag(), householdConditionWaived: flag(), loanLimitTimes: count('time') },
  decide(facts, values) {
    if (!facts.firstOwnHome) return refuse('not_first_own_home', 'M5.02')
    if (facts.degree === 'none') return refuse('no_degree', 'M5.02')
    const isDoctor = facts.degree === 'doctor'
    return grant(
      {
        treatedAsLocal: isDoctor,
        householdConditionWaived: true,
        loanLimitTimes: isDoctor ? values.loanLimitTimesMax : 1,
      },
      'M5.02',
    )
  },
})
