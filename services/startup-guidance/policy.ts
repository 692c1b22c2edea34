import { addMonths, count, countOf, date, flag, grant, list, policy, refuse, sumOf } from '../../policy/door.ts'

/** C5.04: is somebody given a place in a course of the training programme 马兰花? */
export const startupTraining = policy({
  id: 'startup-training',
  title: { zh: '“马兰花”创业培训', en: 'Malanhua entrepreneurship training' },
  from: '2024-02-20',
  clause: 'C5.04',
  facts: { returned: flag(), coursesThisYear: count('course', { max: 100 }) },
  values: { coursesYearMax: count('course', { max: 20 }) },
  results: {},
  decide(facts, values) {
    if (!facts.returned) return refuse('not_returned_to_start', 'C5.04')
    if (facts.coursesThisYear >= values.coursesYearMax) return refuse('courses_of_the_year_used_up', 'C5.04')
    return grant({}, 'C5.04')
  },
})

/** C5.07: is a project of the contest awarded? Each project is scored by the same number of judges, so that sums can be compared. */
export const contestAward = policy({
  id: 'contest-award',
  title: { zh: '优秀返乡创业项目选拔', en: 'Contest of return-entrepreneurship projects' },
  from: '2024-02-20',
  clause: 'C5.07',
  facts: {
    scores: list(count('point', { max: 100 }), { of: 'score', max: 20 }),
    rank: count('place', { min: 1, max: 100_000 }),
  },
  values: { judges: count('score', { max: 20 }), awardPlaces: count('place', { max: 1_000 }) },
  results: { points: count('point', { max: 2_000 }) },
  decide(facts, values) {
    if (countOf(facts.scores, () => true) < values.judges) return refuse('not_scored_by_all', 'C5.07')
    if (facts.rank > values.awardPlaces) return refuse('not_among_the_best', 'C5.07')
    return grant({ points: sumOf(facts.scores, (score) => score) }, 'C5.07')
  },
})

/** C5.07: may somebody be appointed as a mentor who goes to the grassroots, and until when? */
export const startupMentor = policy({
  id: 'startup-mentor',
  title: { zh: '创业导师聘任', en: 'Appointment of a startup mentor' },
  from: '2024-02-20',
  clause: 'C5.07',
  facts: { yearsInField: count('year', { max: 80 }), appointedOn: date() },
  values: { yearsInFieldMin: count('year', { max: 40 }), termMonths: count('month', { max: 120 }) },
  results: { until: date() },
  decide(facts, values) {
    if (facts.yearsInField < values.yearsInFieldMin) return refuse('too_little_experience', 'C5.07')
    return grant({ until: addMonths(facts.appointedOn, values.termMonths) }, 'C5.07')
  },
})
