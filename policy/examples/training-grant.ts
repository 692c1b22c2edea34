/**
 * A third neutral example: what the made-up sports club pays towards the courses of its trainers, course by course. It uses everything that
 * the language has for lists: selections, rankings, decisions per item, tables by number; and it makes promises. Together the three examples
 * use every construct of the language. Its clauses are the articles of the club's made-up statutes.
 */
import {
  addMonths,
  choice,
  count,
  countOf,
  date,
  eachOf,
  everyOf,
  falls,
  filterOf,
  firstOf,
  flag,
  grant,
  hasItem,
  keyed,
  list,
  max,
  min,
  money,
  optional,
  policy,
  rate,
  record,
  refer,
  refuse,
  rises,
  share,
  sortOf,
  sumOf,
} from '../door.ts'

const level = count('level', { min: 1, max: 5 })

const course = {
  level,
  special: flag(),
  passedOn: optional(date()),
  paidFen: money({ max: 10_000_00 }),
}

const applicant = {
  months: count('month', { max: 600 }),
  courses: list(record(course), { of: 'course', max: 20 }),
}

const amountByLevel = keyed(level, money({ max: 5_000_00 }))

/** At first every course that was passed was worth the same to everybody, by its level. */
export const trainingGrantAtFirst = policy({
  id: 'club-training-grant',
  title: { zh: '教练培训补贴（试行）', en: 'Training grant (trial)' },
  from: '2020-01-01',
  to: '2021-12-31',
  clause: 'S30',
  facts: applicant,
  values: { amountByLevel },
  results: { amountFen: money() },
  total: 'amountFen',
  items: { list: 'courses', results: { amountFen: money() }, total: 'amountFen' },
  promises: [rises('amountFen', { with: 'months' })],
  decide(facts, values) {
    const amountFen = sumOf(facts.courses, (course) =>
      course.passedOn === null ? 0 : values.amountByLevel[course.level],
    )
    return grant(
      { amountFen },
      'S31',
      eachOf(facts.courses, (course) =>
        course.passedOn === null
          ? refuse('not_passed', 'S32')
          : grant({ amountFen: values.amountByLevel[course.level] }, 'S31'),
      ),
    )
  },
})

/** Then only the dearest courses were paid, and no more than was paid for them. */
export const trainingGrantOfTheDearest = policy({
  id: 'club-training-grant',
  title: { zh: '教练培训补贴', en: 'Training grant' },
  from: '2022-01-01',
  to: '2023-12-31',
  clause: 'S33',
  facts: applicant,
  values: { coursesMax: count('course', { max: 5 }), monthsMin: count('month', { max: 600 }) },
  results: { amountFen: money(), coursesPaid: count('course', { max: 5 }) },
  total: 'amountFen',
  promises: [rises('amountFen', { with: 'months' })],
  decide(facts, values) {
    if (facts.months < values.monthsMin) return refuse('member_too_short', 'S34')
    const passed = filterOf(facts.courses, (course) => course.passedOn !== null)
    const dearest = firstOf(
      sortOf(passed, (course) => course.paidFen, 'descending'),
      values.coursesMax,
    )
    return grant(
      { amountFen: sumOf(dearest, (course) => course.paidFen), coursesPaid: countOf(dearest, () => true) },
      'S35',
    )
  },
})

/** Today: the best plain course and special ones, so many in all, the longest passed first among equals; each course is told its outcome. */
export const trainingGrant = policy({
  id: 'club-training-grant',
  title: { zh: '教练培训补贴', en: 'Training grant' },
  from: '2024-01-01',
  clause: 'S36',
  facts: {
    ...applicant,
    courses: list(record({ ...course, passedOn: date(), sport: choice('tennis', 'chess', 'other') }), {
      of: 'course',
      max: 20,
    }),
    requestedOn: date(),
    hoursByTerm: list(count('hour', { max: 500 }), { of: 'term', max: 12 }),
    absences: count('day', { max: 366 }),
  },
  values: {
    amountByLevel,
    coursesMax: count('course', { max: 5 }),
    monthsMin: count('month', { max: 600 }),
    validMonths: count('month', { max: 120 }),
    hoursMin: count('hour', { max: 6_000 }),
    termHoursMin: count('hour', { max: 500 }),
    absenceFen: money({ max: 100_00 }),
    refundRate: rate(),
    termsCounted: count('term', { max: 6 }),
  },
  results: {
    amountFen: money(),
    coursesPaid: count('course', { max: 20 }),
    hoursOfBestTerms: count('hour'),
    regular: flag(),
  },
  total: 'amountFen',
  items: {
    list: 'courses',
    results: { amountFen: money(), refundFen: money(), payableUntil: date() },
    total: 'amountFen',
  },
  promises: [rises('amountFen', { with: 'months' }), falls('amountFen', { with: 'absences' })],
  decide(facts, values) {
    const longTerms = filterOf(facts.hoursByTerm, (hours) => hours >= values.termHoursMin)
    const bestTerms = firstOf(
      sortOf(longTerms, (hours) => hours, 'descending'),
      values.termsCounted,
    )
    const hoursOfBestTerms = sumOf(bestTerms, (hours) => hours)
    const inTime = filterOf(
      facts.courses,
      (course) => addMonths(course.passedOn, values.validMonths) >= facts.requestedOn,
    )
    if (facts.months < values.monthsMin || hoursOfBestTerms < values.hoursMin) {
      return refuse(
        'too_little_training',
        'S37',
        eachOf(facts.courses, (course) =>
          hasItem(inTime, course) ? refer('kept_for_later', 'S38') : refuse('too_late', 'S39'),
        ),
      )
    }

    const byDay = sortOf(inTime, (course) => course.passedOn, 'ascending')
    const ranked = sortOf(byDay, (course) => values.amountByLevel[course.level], 'descending')
    const bestPlain = firstOf(
      filterOf(ranked, (course) => !course.special),
      1,
    )
    const paid = firstOf(
      filterOf(ranked, (course) => course.special || hasItem(bestPlain, course)),
      values.coursesMax,
    )
    const grossFen = sumOf(paid, (course) => values.amountByLevel[course.level])
    const amountFen = max(grossFen - values.absenceFen * facts.absences, 0)
    const coursesPaid = countOf(facts.courses, (course) => hasItem(paid, course))
    return grant(
      { amountFen, coursesPaid, hoursOfBestTerms, regular: everyOf(facts.hoursByTerm, (hours) => hours > 0) },
      'S40',
      eachOf(facts.courses, (course) => {
        if (!hasItem(inTime, course)) return refuse('too_late', 'S39')
        const payableUntil = addMonths(course.passedOn, values.validMonths)
        switch (course.sport) {
          case 'chess':
            if (!hasItem(paid, course)) return refuse('others_rank_higher', 'S41')
            return refer('chess_is_looked_at', 'S42')
          case 'other':
            return hasItem(paid, course)
              ? grant({ amountFen: values.amountByLevel[course.level], payableUntil }, 'S43')
              : refuse('others_rank_higher', 'S41')
        }
        const worthFen = hasItem(paid, course) ? values.amountByLevel[course.level] : 0
        if (worthFen === 0) return refuse('others_rank_higher', 'S41')
        const refundFen = min(share(course.paidFen, values.refundRate), course.paidFen)
        return grant({ amountFen: worthFen, refundFen, payableUntil }, course.special ? 'S44' : 'S40')
      }),
    )
  },
})
