import {
  choice,
  count,
  countOf,
  filterOf,
  flag,
  grant,
  includes,
  keyed,
  list,
  money,
  optional,
  policy,
  rate,
  record,
  refer,
  refuse,
  someOf,
} from '../../policy/door.ts'

const field = choice('advanced_manufacturing', 'elderly_care', 'pillar_industry', 'entrepreneurship', 'other')
const level = count('level', { min: 1, max: 5 })
const violation = choice(
  'buying_trainees',
  'illegal_subcontracting',
  'collusion',
  'hobby_training',
  'filler_training',
  'false_training',
  'forged_papers',
  'claiming_in_anothers_name',
  'training_loan',
)

/** C8.07, C8.09: may a project stand in the guidance catalogue? Asked when it is entered and at each review of its effect. */
export const trainingProject = policy({
  id: 'training-project',
  title: { zh: '补贴性培训指导目录', en: 'Guidance catalogue of subsidised training' },
  from: '2024-02-20',
  clause: 'C8.01',
  facts: {
    field,
    vacancies: count('post'),
    wishes: count('person'),
    graduates: count('person'),
    placementRatePpm: rate(),
  },
  values: {
    focusFields: list(field),
    vacanciesMin: count('post'),
    wishesMin: count('person'),
    graduatesJudgedMin: count('person'),
    placementRateMinPpm: rate(),
  },
  results: { listed: flag() },
  decide(facts, values) {
    if (facts.vacancies < values.vacanciesMin) return refuse('no_posts_for_project', 'C8.09')
    if (facts.wishes < values.wishesMin) return refuse('nobody_wants_project', 'C8.09')
    if (facts.graduates >= values.graduatesJudgedMin && facts.placementRatePpm < values.placementRateMinPpm) {
      return refuse('few_found_work', 'C8.09')
    }
    if (!includes(values.focusFields, facts.field)) return refer('outside_focus_fields', 'C8.07')
    return grant({ listed: true }, 'C8.07')
  },
})

/** C8.08: may this person teach a subsidised class? */
export const trainingTeacher = policy({
  id: 'training-teacher',
  title: { zh: '补贴性培训师资', en: 'Teachers of subsidised training' },
  from: '2024-02-20',
  clause: 'C8.01',
  facts: { bestLevel: optional(level), practiceYears: count('year', { max: 60 }) },
  values: { teacherLevelMax: level, teacherPracticeYearsMin: count('year', { max: 60 }) },
  results: { qualified: flag() },
  decide(facts, values) {
    if (facts.practiceYears < values.teacherPracticeYearsMin) return refuse('teacher_without_practice', 'C8.08')
    if (facts.bestLevel === null) return refuse('teacher_without_certificate', 'C8.08')
    if (facts.bestLevel > values.teacherLevelMax) return refuse('teacher_level_too_low', 'C8.08')
    return grant({ qualified: true }, 'C8.08')
  },
})

/** B1.05, C8-t3: may somebody enrol in a subsidised class? */
export const trainingEnrolment = policy({
  id: 'training-enrolment',
  title: { zh: '补贴性培训报名', en: 'Enrolment in subsidised training' },
  from: '2024-02-20',
  clause: 'C8.01',
  facts: {
    inCatalogue: flag(),
    licensed: flag(),
    recruitmentSuspended: flag(),
    begun: flag(),
    alreadyEnrolled: flag(),
    alreadyCertified: flag(),
    enrolled: count('person', { max: 500 }),
    capacity: count('person', { max: 500 }),
  },
  values: {},
  results: { place: count('person', { max: 501 }) },
  decide(facts) {
    if (facts.alreadyEnrolled) return refuse('already_enrolled', 'C8.05')
    if (facts.recruitmentSuspended) return refuse('recruitment_suspended', 'C8.06')
    if (!facts.inCatalogue) return refuse('project_not_in_catalogue', 'C8.09')
    if (!facts.licensed) return refuse('institution_not_licensed', 'C8.01')
    if (facts.begun) return refuse('class_has_begun', 'B1.05')
    if (facts.alreadyCertified) return refuse('already_certified', 'C8.05')
    if (facts.enrolled >= facts.capacity) return refuse('class_full', 'B1.05')
    return grant({ place: facts.enrolled + 1 }, 'B1.05')
  },
})

/** What a class is paid: a standard for each trainee who was there long enough and has the certificate. */
export const trainingClaim = policy({
  id: 'training-claim',
  title: { zh: '职业培训补贴（按班）', en: 'Training subsidy of a class' },
  from: '2024-02-20',
  clause: 'C8.01',
  facts: {
    ended: flag(),
    inCatalogue: flag(),
    licensed: flag(),
    subcontracted: flag(),
    underInvestigation: flag(),
    hoursTaught: count('hour', { max: 10_000 }),
    hoursMin: count('hour', { max: 10_000 }),
    level,
    trainees: list(record({ attendedPpm: rate(), certified: flag(), disallowed: flag() }), {
      of: 'trainee',
      max: 500,
    }),
  },
  values: { attendedMinPpm: rate(), standardByLevelFen: keyed(level, money({ max: 2_000_000 })) },
  results: { subsidyFen: money(), counted: count('trainee', { max: 500 }) },
  total: 'subsidyFen',
  decide(facts, values) {
    if (!facts.ended) return refuse('class_not_ended', 'C8.04')
    if (!facts.licensed) return refuse('institution_not_licensed', 'C8.01')
    if (!facts.inCatalogue) return refuse('project_not_in_catalogue', 'C8.09')
    if (facts.subcontracted) return refuse('class_subcontracted', 'C8.03')
    if (facts.hoursTaught < facts.hoursMin) return refuse('too_few_hours_taught', 'C8.04')
    if (facts.underInvestigation) return refer('class_under_investigation', 'C8.06')
    const paid = filterOf(
      facts.trainees,
      (trainee) => trainee.attendedPpm >= values.attendedMinPpm && trainee.certified && !trainee.disallowed,
    )
    const counted = countOf(paid, () => true)
    return grant({ subsidyFen: values.standardByLevelFen[facts.level] * counted, counted }, 'C8.04')
  },
})

/** C8.06, C8-o1: which sanctions are proposed for the violations that were established. People decide; the set is theirs to change. */
export const trainingSanctions = policy({
  id: 'training-sanctions',
  title: { zh: '违规培训处理建议', en: 'Sanctions proposed for violations in training' },
  from: '2024-02-20',
  clause: 'C8.01',
  facts: {
    violations: list(violation, { of: 'violation', max: 9 }),
    subsidyAtStakeFen: money({ max: 10_000_000_000 }),
    sanctionsBefore: count('sanction', { max: 100 }),
  },
  values: {
    recoveryFor: list(violation),
    suspensionFor: list(violation),
    removalFor: list(violation),
    penaltyFor: list(violation),
    personsFor: list(violation),
    justiceFor: list(violation),
    justiceFromFen: money({ max: 1_000_000_000 }),
    revocationFromSanctions: count('sanction', { max: 100 }),
  },
  results: {
    recoverSubsidy: flag(),
    suspendRecruitment: flag(),
    orderRectification: flag(),
    removeFromCatalogue: flag(),
    revokeLicence: flag(),
    holdPersonsResponsible: flag(),
    administrativePenalty: flag(),
    referToJustice: flag(),
  },
  decide(facts, values) {
    if (countOf(facts.violations, () => true) === 0) return refuse('no_violation_established', 'C8.06')
    const removeFromCatalogue = someOf(facts.violations, (kind) => includes(values.removalFor, kind))
    const isCriminal = someOf(facts.violations, (kind) => includes(values.justiceFor, kind))
    return grant(
      {
        recoverSubsidy: someOf(facts.violations, (kind) => includes(values.recoveryFor, kind)),
        suspendRecruitment: someOf(facts.violations, (kind) => includes(values.suspensionFor, kind)),
        orderRectification: true,
        removeFromCatalogue,
        revokeLicence: removeFromCatalogue && facts.sanctionsBefore >= values.revocationFromSanctions,
        holdPersonsResponsible: someOf(facts.violations, (kind) => includes(values.personsFor, kind)),
        administrativePenalty: someOf(facts.violations, (kind) => includes(values.penaltyFor, kind)),
        referToJustice: isCriminal && facts.subsidyAtStakeFen >= values.justiceFromFen,
      },
      'C8.06',
    )
  },
})
