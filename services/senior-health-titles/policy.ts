import { choice, count, flag, grant, includes, keyed, list, policy, rate, refuse, rises } from '../../policy/door.ts'

const institutionClass = choice('province_city', 'county', 'grassroots')
const staffKind = choice('medical', 'pharmacy', 'nursing', 'technology')
const group = choice('province_city', 'county', 'grassroots', 'tcm')
const target = choice('deputy_senior', 'senior')
const score = count('point', { max: 100 })
const weight = count('weight', { max: 100 })

/**
 * C11.03, C11.04, C11.06-C11.08: who may apply for a senior title, and in which group. Ethics comes first. Papers, doctorates, awards and honours
 * are not asked: they are no condition.
 */
export const healthTitleEntry = policy({
  id: 'health-title-entry',
  title: { zh: '卫生高级职称申报资格与分组', en: 'Senior health titles: who may apply, and in which group' },
  from: '2024-03-22',
  clause: 'C11.01',
  facts: {
    ethicsPassed: flag(),
    staffKind,
    tcm: flag(),
    institutionClass,
    target,
    currentTitle: choice('none', 'junior', 'intermediate', 'deputy_senior'),
    yearsInTitle: count('year', { max: 60 }),
  },
  values: { yearsMin: keyed(target, count('year', { max: 60 })) },
  results: { group, usedIn: institutionClass, title: target, profession: staffKind },
  decide(facts, values) {
    if (!facts.ethicsPassed) return refuse('ethics_failed', 'C11.03')
    const hasTitleBefore =
      facts.target === 'senior' ? facts.currentTitle === 'deputy_senior' : facts.currentTitle === 'intermediate'
    if (!hasTitleBefore) return refuse('title_before_missing', 'C11.06')
    if (facts.yearsInTitle < values.yearsMin[facts.target]) return refuse('years_below_minimum', 'C11.06')
    return grant(
      {
        group: facts.tcm ? 'tcm' : facts.institutionClass,
        usedIn: facts.institutionClass,
        title: facts.target,
        profession: facts.staffKind,
      },
      facts.tcm ? 'C11.08' : 'C11.07',
    )
  },
})

/** C11.05, C11.06: one reviewer's four scores as points of 0 to 10,000, by the weights of the kind of professional, or of grassroots staff. */
export const healthTitlePoints = policy({
  id: 'health-title-points',
  title: { zh: '卫生职称评审计分', en: 'Health titles: weighing a reviewer’s scores' },
  from: '2024-03-22',
  clause: 'C11.05',
  facts: {
    institutionClass,
    staffKind,
    treatmentEffect: score,
    serviceQuality: score,
    patientsReceived: score,
    publicHealth: score,
  },
  values: {
    treatmentEffectWeight: keyed(staffKind, weight),
    serviceQualityWeight: keyed(staffKind, weight),
    patientsReceivedWeight: keyed(staffKind, weight),
    publicHealthWeight: keyed(staffKind, weight),
    grassrootsTreatmentEffectWeight: weight,
    grassrootsServiceQualityWeight: weight,
    grassrootsPatientsReceivedWeight: weight,
    grassrootsPublicHealthWeight: weight,
  },
  results: { points: count('point', { max: 40_000 }) },
  promises: [rises('points', { with: 'treatmentEffect' }), rises('points', { with: 'publicHealth' })],
  decide(facts, values) {
    if (facts.institutionClass === 'grassroots') {
      return grant(
        {
          points:
            facts.treatmentEffect * values.grassrootsTreatmentEffectWeight +
            facts.serviceQuality * values.grassrootsServiceQualityWeight +
            facts.patientsReceived * values.grassrootsPatientsReceivedWeight +
            facts.publicHealth * values.grassrootsPublicHealthWeight,
        },
        'C11.06',
      )
    }
    return grant(
      {
        points:
          facts.treatmentEffect * values.treatmentEffectWeight[facts.staffKind] +
          facts.serviceQuality * values.serviceQualityWeight[facts.staffKind] +
          facts.patientsReceived * values.patientsReceivedWeight[facts.staffKind] +
          facts.publicHealth * values.publicHealthWeight[facts.staffKind],
      },
      'C11.05',
    )
  },
})

/** C11.07, C11.08: the terms on which a group is reviewed; Chinese medicine has its own. */
export const healthTitleRound = policy({
  id: 'health-title-round',
  title: { zh: '卫生高级职称评审组别安排', en: 'Senior health titles: the terms of a group' },
  from: '2024-03-22',
  clause: 'C11.07',
  facts: { group },
  values: {
    reviewers: keyed(group, count('person', { max: 99 })),
    passRatePpm: keyed(group, rate()),
    pointsMin: count('point', { max: 10_000 }),
    publicityDays: count('day', { max: 60 }),
    checkDays: count('day', { max: 60 }),
  },
  results: {
    reviewers: count('person'),
    passRatePpm: rate(),
    pointsMin: count('point', { max: 10_000 }),
    publicityDays: count('day'),
    checkDays: count('day'),
  },
  decide(facts, values) {
    return grant(
      {
        reviewers: values.reviewers[facts.group],
        passRatePpm: values.passRatePpm[facts.group],
        pointsMin: values.pointsMin,
        publicityDays: values.publicityDays,
        checkDays: values.checkDays,
      },
      facts.group === 'tcm' ? 'C11.08' : 'C11.07',
    )
  },
})

/** C11.07: a title is used where it was assessed for; what of it holds elsewhere is open (C11-o1). */
export const healthTitleUse = policy({
  id: 'health-title-use',
  title: { zh: '定向职称的使用范围', en: 'Where a directed title may be used' },
  from: '2024-03-22',
  clause: 'C11.07',
  facts: { usedIn: institutionClass, institutionClass },
  values: {
    provinceCityTitleHoldsIn: list(institutionClass),
    countyTitleHoldsIn: list(institutionClass),
    grassrootsTitleHoldsIn: list(institutionClass),
  },
  results: { holds: flag() },
  decide(facts, values) {
    const holds =
      facts.usedIn === 'province_city'
        ? includes(values.provinceCityTitleHoldsIn, facts.institutionClass)
        : facts.usedIn === 'county'
          ? includes(values.countyTitleHoldsIn, facts.institutionClass)
          : includes(values.grassrootsTitleHoldsIn, facts.institutionClass)
    if (!holds) return refuse('title_not_for_this_class', 'C11.07')
    return grant({ holds: true }, 'C11.07')
  },
})
