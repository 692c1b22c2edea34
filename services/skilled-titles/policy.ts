import {
  choice,
  count,
  countOf,
  date,
  filterOf,
  flag,
  grant,
  includes,
  keyed,
  list,
  monthsBetween,
  policy,
  rate,
  record,
  refuse,
  rises,
  someOf,
} from '../../policy/door.ts'

const series = choice(
  'engineering',
  'agriculture',
  'arts_and_crafts',
  'cultural_relics',
  'laboratory',
  'arts',
  'sports',
  'school_teacher',
  'health',
  'other',
)
const target = choice('assistant', 'intermediate', 'deputy_senior', 'senior')
const certificate = record({ level: count('level', { min: 1, max: 5 }), issuedOn: date() })
const score = count('point', { max: 100 })
const weight = count('weight', { max: 100 })

/**
 * C12.01-C12.03, C12.05-C12.07: which skilled workers may apply for a title. Levels count down: 3 is a senior worker, 1 a senior technician. Education,
 * seniority in a title below, and papers are not asked.
 */
export const skilledTitleEntry = policy({
  id: 'skilled-title-entry',
  title: { zh: '高技能人才职称申报资格', en: 'Titles for highly skilled workers: who may apply' },
  from: '2022-01-01',
  clause: 'C12.01',
  facts: {
    series,
    target,
    award: choice('none', 'world_skills_gold', 'world_skills_silver', 'world_skills_bronze', 'china_skills_award'),
    certificates: list(certificate, { of: 'certificate', max: 50 }),
    appliedOn: date(),
    occupationFits: flag(),
    ruralFrontline: flag(),
    ruralYears: count('year', { max: 60 }),
    holdsDeputySenior: flag(),
  },
  values: {
    linkedSeries: list(series),
    reviewLevel: count('level', { min: 1, max: 5 }),
    levelOfTarget: keyed(target, count('level', { min: 1, max: 5 })),
    monthsOfTarget: keyed(target, count('month', { max: 600 })),
    ruralYearsMin: count('year', { max: 60 }),
  },
  results: { group: series, title: target, way: choice('green_channel', 'rural', 'skill_level') },
  decide(facts, values) {
    if (!includes(values.linkedSeries, facts.series)) return refuse('no_linking_standard', 'C12.02')
    if (facts.award !== 'none') {
      return grant({ group: facts.series, title: facts.target, way: 'green_channel' }, 'C12.06')
    }
    if (!someOf(facts.certificates, (held) => held.level <= values.reviewLevel)) {
      return refuse('below_senior_worker', 'C12.05')
    }
    if (facts.target === 'senior' && !facts.holdsDeputySenior) return refuse('deputy_senior_needed', 'C12.06')
    if (facts.ruralFrontline && facts.target !== 'senior' && facts.ruralYears >= values.ruralYearsMin) {
      return grant({ group: facts.series, title: facts.target, way: 'rural' }, 'C12.07')
    }
    if (!facts.occupationFits) return refuse('occupation_not_of_series', 'C12.02')
    const ofLevel = filterOf(facts.certificates, (held) => held.level <= values.levelOfTarget[facts.target])
    if (countOf(ofLevel, () => true) === 0) return refuse('level_below_target', 'C12.05')
    if (
      !someOf(ofLevel, (held) => monthsBetween(held.issuedOn, facts.appliedOn) >= values.monthsOfTarget[facts.target])
    ) {
      return refuse('level_held_too_short', 'C12.05')
    }
    return grant({ group: facts.series, title: facts.target, way: 'skill_level' }, 'C12.05')
  },
})

/** C12.04: as what the education of a technical school counts, for titles and for professional-qualification exams. */
export const schoolClassEducation = policy({
  id: 'school-class-education',
  title: { zh: '技工院校毕业生学历对待', en: 'Technical schools: as what education they count' },
  from: '2022-01-01',
  clause: 'C12.04',
  facts: {
    schoolClass: choice('intermediate_class', 'senior_class', 'preparatory_technician_class', 'technician_class'),
  },
  values: {},
  results: { treatedAs: choice('secondary_specialised', 'junior_college', 'bachelor') },
  decide(facts) {
    switch (facts.schoolClass) {
      case 'intermediate_class':
        return grant({ treatedAs: 'secondary_specialised' }, 'C12.04')
      case 'senior_class':
        return grant({ treatedAs: 'junior_college' }, 'C12.04')
    }
    return grant({ treatedAs: 'bachelor' }, 'C12.04')
  },
})

/** C12.03: one reviewer's four scores as points of 0 to 10,000. */
export const skilledTitlePoints = policy({
  id: 'skilled-title-points',
  title: { zh: '高技能人才职称评审计分', en: 'Titles for skilled workers: weighing a reviewer’s scores' },
  from: '2022-01-01',
  clause: 'C12.03',
  facts: { workPerformance: score, professionalSkill: score, innovationValue: score, professionalEthics: score },
  values: {
    workPerformanceWeight: weight,
    professionalSkillWeight: weight,
    innovationValueWeight: weight,
    professionalEthicsWeight: weight,
  },
  results: { points: count('point', { max: 40_000 }) },
  promises: [rises('points', { with: 'workPerformance' }), rises('points', { with: 'innovationValue' })],
  decide(facts, values) {
    return grant(
      {
        points:
          facts.workPerformance * values.workPerformanceWeight +
          facts.professionalSkill * values.professionalSkillWeight +
          facts.innovationValue * values.innovationValueWeight +
          facts.professionalEthics * values.professionalEthicsWeight,
      },
      'C12.03',
    )
  },
})

/** C12.02: the terms on which a series is reviewed; a series outside the eight has none. */
export const skilledTitleRound = policy({
  id: 'skilled-title-round',
  title: { zh: '高技能人才职称评审系列安排', en: 'Titles for skilled workers: the terms of a series' },
  from: '2022-01-01',
  clause: 'C12.02',
  facts: { group: series },
  values: {
    linkedSeries: list(series),
    reviewers: count('person', { max: 99 }),
    passRatePpm: rate(),
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
    if (!includes(values.linkedSeries, facts.group)) return refuse('no_linking_standard', 'C12.02')
    return grant(
      {
        reviewers: values.reviewers,
        passRatePpm: values.passRatePpm,
        pointsMin: values.pointsMin,
        publicityDays: values.publicityDays,
        checkDays: values.checkDays,
      },
      'C12.02',
    )
  },
})
