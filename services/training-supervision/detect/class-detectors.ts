import { addMonths, millisecondsBetween } from '../../../ground/door.ts'
import { attendedMs, coveredMs } from '../attended.ts'
import { type Detector, type Finding, groupedBy, type TrainingRecords } from './records.ts'

/** C8.04: who was hardly ever there has a certificate of the class all the same. */
export const paddedList: Detector = ({ classes, trainees, attendance, sessions, assessments }, thresholds) => {
  const taught = groupedBy(sessions, ({ classId }) => classId)
  const ofClass = groupedBy(trainees, ({ classId }) => classId)
  const present = groupedBy(attendance, personInClass)
  const passed = new Set(assessments.filter((each) => each.passed).map(personInClass))
  return classes.flatMap(({ classId }) => {
    const hours = taught.get(classId) ?? []
    const enoughMs = (coveredMs(hours) * thresholds.attendedClaimedMinPpm) / 1_000_000
    const absent = (ofClass.get(classId) ?? []).filter((trainee) => {
      if (!passed.has(personInClass(trainee))) return false
      const records = present.get(personInClass(trainee)) ?? []
      const stays = records.map(({ inAt, outAt }) => ({ startsAt: inAt, endsAt: outAt }))
      return attendedMs(hours, stays) < enoughMs
    })
    return suspicion(absent, {
      rule: 'padded_list',
      classId,
      violation: 'collusion',
      level: 'high',
      params: { trainees: absent.length },
    })
  })
}

/** C8.05: a trainee had the certificate, or a higher one, before the class began. */
export const alreadyCertified: Detector = ({ classes, trainees, certificates }) => {
  const held = groupedBy(certificates, ({ personId }) => personId)
  return classes.flatMap(({ classId, occupation, level, startsOn }) => {
    const certified = trainees.filter(
      (trainee) =>
        trainee.classId === classId &&
        (held.get(trainee.personId) ?? []).some(
          (each) => each.occupation === occupation && each.level <= level && each.issuedOn < startsOn,
        ),
    )
    return suspicion(certified, {
      rule: 'already_certified',
      classId,
      violation: 'filler_training',
      level: 'medium',
      params: { trainees: certified.length },
    })
  })
}

/** C8.05: a certificate that the institution reports is not in the register, or is somebody else's or for something else. */
export const forgedCertificate: Detector = ({ classes, assessments, certificates }) => {
  const byNumber = new Map(certificates.map((each) => [each.number, each]))
  return classes.flatMap(({ classId, occupation, level }) => {
    const forged = assessments.filter(({ classId: of, personId, certificateNumber }) => {
      if (of !== classId || certificateNumber === null) return false
      const real = byNumber.get(certificateNumber)
      return real?.personId !== personId || real.occupation !== occupation || real.level !== level
    })
    if (forged.length === 0) return []
    return [
      {
        rule: 'forged_certificate',
        classId,
        violation: 'forged_papers',
        level: 'high',
        personIds: forged.map(({ personId }) => personId).sort(),
        evidence: forged.map(({ personId: id }) => ({ kind: 'assessment', id })),
        params: { certificates: forged.length },
      },
    ]
  })
}

/** C8.05: the same people in one subsidised class after the other; told for each of the classes. */
export const repeatedTrainee: Detector = ({ classes, trainees }, { classesPerYearMax }) => {
  const startOf = new Map(classes.map(({ classId, startsOn }) => [classId, startsOn]))
  const begins = ({ classId }: { classId: string }) => startOf.get(classId) ?? ''
  return [...groupedBy(trainees, ({ personId }) => personId).values()].flatMap((ofPerson) => {
    if (ofPerson.length <= classesPerYearMax) return []
    const byTime = ofPerson.toSorted((one, other) => (begins(one) < begins(other) ? -1 : 1))
    const isTooOften = byTime.some((each, index) => {
      const oneTooMany = byTime[index + classesPerYearMax]
      return oneTooMany !== undefined && begins(oneTooMany) <= addMonths(begins(each), 12)
    })
    if (!isTooOften) return []
    return ofPerson.flatMap(({ classId }) =>
      suspicion(ofPerson, {
        rule: 'repeated_trainee',
        classId,
        violation: 'filler_training',
        level: 'medium',
        params: { classes: ofPerson.length },
      }),
    )
  })
}

/** C8.05: the same people learn again what they were taught before; told for each of the classes, and worse where more than one was paid. */
export const repeatedCourse: Detector = ({ classes, trainees, assessments, payments }) => {
  const classOf = new Map(classes.map((each) => [each.classId, each]))
  const failed = new Set(assessments.filter(({ passed }) => !passed).map(personInClass))
  const claimOf = new Map(payments.map(({ classId, claimId }) => [classId, claimId]))
  // Who failed may learn it again.
  const counted = trainees.filter((each) => !failed.has(personInClass(each)))
  const ofCourse = groupedBy(counted, ({ personId, classId }) => {
    const course = classOf.get(classId)
    return `${personId} ${course?.occupation} ${course?.level}`
  })
  return [...ofCourse.values()].flatMap((again) => {
    if (again.length < 2) return []
    const claims = again.flatMap(({ classId }) => claimOf.get(classId) ?? [])
    // Claims are evidence once more than one is paid, so that what was found before as less grave is told again.
    const paidTwice = claims.length > 1 ? claims.map((id) => ({ kind: 'claim' as const, id })) : []
    return again.flatMap(({ classId }) =>
      suspicion(again, {
        rule: 'repeated_course',
        classId,
        violation: 'filler_training',
        level: paidTwice.length > 0 ? 'high' : 'medium',
        params: { classes: again.length, paid: claims.length },
      }).map((found) => ({ ...found, evidence: [...found.evidence, ...paidTwice] })),
    )
  })
}

/** C8.04: more was paid for a class than its attendance and certificates, as they stand now, come to. */
export const paidBeyondRecords: Detector = ({ payments }) =>
  payments
    .filter(({ paidFen, dueFen }) => paidFen > dueFen)
    .map(({ classId, claimId, paidFen, dueFen }) => ({
      rule: 'paid_beyond_records',
      classId,
      violation: 'false_training',
      level: 'high',
      personIds: [],
      evidence: [{ kind: 'claim', id: claimId }],
      params: { paidFen, dueFen },
    }))

/** C8.05: somebody who had died before the class began is on its list. */
export const afterDeath: Detector = ({ classes, trainees, deaths }) => {
  const diedOn = new Map(deaths.map((each) => [each.personId, each.diedOn]))
  return classes.flatMap(({ classId, startsOn }) => {
    const dead = trainees.filter((each) => each.classId === classId && (diedOn.get(each.personId) ?? '9999') < startsOn)
    return suspicion(dead, {
      rule: 'after_death',
      classId,
      violation: 'claiming_in_anothers_name',
      level: 'high',
      params: { trainees: dead.length },
    })
  })
}

/** C8.05: many trainees for something nobody has posts for, outside the fields that training should focus on. */
export const hobbyHeadcount: Detector = ({ classes, trainees }, { traineesPerVacancyMax }) =>
  classes.flatMap(({ classId, field, vacancies }) => {
    const inClass = trainees.filter((trainee) => trainee.classId === classId)
    if (field !== 'other' || vacancies === null || inClass.length <= vacancies * traineesPerVacancyMax) return []
    return suspicion(inClass, {
      rule: 'hobby_headcount',
      classId,
      violation: 'hobby_training',
      level: 'low',
      params: { trainees: inClass.length, vacancies },
    })
  })

/** C8-t1: the class is taught by another institution than the one that has the project. */
export const subcontracted: Detector = ({ classes }) =>
  classes
    .filter(({ employerId, taughtBy }) => taughtBy !== employerId)
    .map(({ classId }) => ({
      rule: 'subcontracted',
      classId,
      violation: 'illegal_subcontracting',
      level: 'high',
      personIds: [],
      evidence: [{ kind: 'class', id: classId }],
      params: {},
    }))

/** One teacher teaches two classes at once. */
export const teacherTwice: Detector = ({ sessions }, { overlapMinutesMin }) =>
  [...groupedBy(sessions, ({ teacherId }) => teacherId).values()].flatMap((ofTeacher) => {
    const byTime = ofTeacher.toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1))
    return byTime.flatMap((before, index) => {
      const meanwhile = byTime
        .slice(index + 1)
        .filter(
          ({ classId, startsAt }) =>
            classId !== before.classId && millisecondsBetween(startsAt, before.endsAt) >= overlapMinutesMin * 60_000,
        )
      return meanwhile.flatMap((after) =>
        [before.classId, after.classId].map(
          (classId): Finding => ({
            rule: 'teacher_twice',
            classId,
            violation: 'false_training',
            level: 'high',
            personIds: [before.teacherId],
            evidence: [before, after].map(({ sessionId: id }) => ({ kind: 'session', id })),
            params: {},
          }),
        ),
      )
    })
  })

/** C8.08: somebody teaches whom the rule does not find fit to. */
export const unfitTeacher: Detector = ({ teachers }) =>
  teachers
    .filter(({ qualified }) => !qualified)
    .map(({ classId, personId }) => ({
      rule: 'unfit_teacher',
      classId,
      violation: 'false_training',
      level: 'low',
      personIds: [personId],
      evidence: [{ kind: 'teacher', id: personId }],
      params: {},
    }))

/** C8.02: money for recruiting trainees. */
export const recruitmentFee: Detector = (records) => ofMoney(records, 'recruitment_fee', 'buying_trainees')

/** C8.05: trainees are led into loans for their training. */
export const trainingLoan: Detector = (records) => ofMoney(records, 'training_loan', 'training_loan')

/** C8.04: trainees get money back for lending their names. */
export const kickback: Detector = (records) => ofMoney(records, 'kickback', 'collusion')

function ofMoney({ money }: TrainingRecords, kind: string, violation: Finding['violation']): Finding[] {
  const ofClass = groupedBy(
    money.filter((each) => each.kind === kind),
    ({ classId }) => classId,
  )
  return [...ofClass].map(([classId, records]) => ({
    rule: kind,
    classId,
    violation,
    level: 'high',
    personIds: [...new Set(records.flatMap(({ personId }) => personId ?? []))].sort(),
    evidence: records.map(({ moneyId: id }) => ({ kind: 'money', id })),
    params: { payments: records.length, amountFen: records.reduce((sum, { amountFen }) => sum + amountFen, 0) },
  }))
}

function suspicion(
  trainees: ReadonlyArray<{ enrolmentId: string; personId: string }>,
  described: Omit<Finding, 'personIds' | 'evidence'>,
): Finding[] {
  if (trainees.length === 0) return []
  return [
    {
      ...described,
      personIds: [...new Set(trainees.map(({ personId }) => personId))].sort(),
      evidence: trainees.map(({ enrolmentId: id }) => ({ kind: 'enrolment', id })),
    },
  ]
}

function personInClass({ classId, personId }: { classId: string; personId: string }): string {
  return `${classId} ${personId}`
}
