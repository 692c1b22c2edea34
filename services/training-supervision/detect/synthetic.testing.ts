import {
  addDays,
  addMilliseconds,
  type PlainDate,
  type Random,
  randomBelow,
  seededRandom,
  startOfDate,
} from '../../../ground/door.ts'
import type { AttendanceRecord, TrainingRecords } from './records.ts'

/** Frauds that the generator can plant in a class; each is what one detector is for. */
export const plantedFrauds = [
  'overlapping_attendance',
  'impossible_travel',
  'device_burst',
  'shared_phone',
  'outside_timetable',
  'padded_list',
  'already_certified',
  'forged_certificate',
  'repeated_trainee',
  'hobby_headcount',
  'subcontracted',
  'teacher_twice',
  'unfit_teacher',
  'recruitment_fee',
  'training_loan',
  'regular_attendance',
  'many_corrections',
  'repeated_course',
  'paid_beyond_records',
  'after_death',
  'kickback',
] as const

/** See `plantedFrauds`. */
export type PlantedFraud = (typeof plantedFrauds)[number]

type Growing = { [Name in keyof TrainingRecords]: Array<TrainingRecords[Name][number]> }

const days = 10
const classSize = 24
const hour = 3_600_000

/**
 * Synthetic classes: `honest` ones in which people are late, ill, leave early, share a telephone with their spouse, and have taken part the year
 * before; and one class for each fraud. Answers the records, and which class has which fraud. The same seed makes the same.
 */
export function syntheticTraining(
  seed: string,
  honest: number,
): { records: TrainingRecords; planted: Map<string, PlantedFraud> } {
  const random = seededRandom(seed)
  const records: Growing = {
    classes: [],
    sessions: [],
    trainees: [],
    attendance: [],
    assessments: [],
    certificates: [],
    money: [],
    teachers: [],
    corrected: [],
    payments: [],
    deaths: [],
  }
  const planted = new Map<string, PlantedFraud>()
  for (let nth = 0; nth < honest; nth++) addClass(records, random, `honest-${nth}`)
  for (const fraud of plantedFrauds) {
    const classId = `fraud-${fraud}`
    addClass(records, random, classId)
    plant[fraud](records, classId)
    planted.set(classId, fraud)
  }
  return { records, planted }
}

function addClass(records: Growing, random: Random, classId: string): void {
  const startsOn = addDays('2026-03-02', randomBelow(random, 40))
  const [latitudeE6, longitudeE6] = [
    38_000_000 + randomBelow(random, 90_000),
    114_400_000 + randomBelow(random, 90_000),
  ]
  const teacherId = `${classId}-teacher`
  const firstMorning = startOfDate(startsOn, '08:00')
  records.classes.push({
    ...{ classId, employerId: `${classId}-institution`, taughtBy: `${classId}-institution` },
    ...{ field: 'elderly_care', occupation: `${classId}-occupation`, level: 5 },
    ...{ startsOn, endsOn: addDays(startsOn, days - 1), vacancies: randomBelow(random, 30) },
  })
  records.teachers.push({ classId, personId: teacherId, qualified: true })
  records.payments.push({ claimId: `${classId}-claim`, classId, paidFen: 2_000_000, dueFen: 2_000_000 })
  for (let day = 0; day < days; day++) {
    const startsAt = addMilliseconds(firstMorning, day * 24 * hour + hour / 2)
    const endsAt = addMilliseconds(startsAt, 8 * hour)
    records.sessions.push({ sessionId: `${classId}-session-${day}`, classId, teacherId, startsAt, endsAt })
  }
  for (let nth = 0; nth < classSize; nth++)
    addTrainee(records, random, { classId, nth, startsOn, latitudeE6, longitudeE6 })
}

type Place = { classId: string; nth: number; startsOn: PlainDate; latitudeE6: number; longitudeE6: number }

/** An honest trainee: now and then absent, late, or gone early; at the terminal one after the other; a couple shares one telephone. */
function addTrainee(records: Growing, random: Random, { classId, nth, startsOn, ...at }: Place): void {
  const personId = `${classId}-person-${nth}`
  records.trainees.push({ enrolmentId: `${classId}-enrolment-${nth}`, classId, personId })
  const usesPhone = nth >= classSize - 4
  const firstMorning = startOfDate(startsOn, '08:00')
  for (let day = 0; day < days; day++) {
    if (randomBelow(random, 100) < 6) continue
    const opens = addMilliseconds(firstMorning, day * 24 * hour)
    const lateness = randomBelow(random, 12) === 0 ? randomBelow(random, 90) * 60_000 : 0
    const inAt = addMilliseconds(opens, 10 * 60_000 + nth * (4_000 + randomBelow(random, 9_000)) + lateness)
    const outAt = addMilliseconds(
      opens,
      8.5 * hour + (randomBelow(random, 10) === 0 ? -hour : randomBelow(random, 25) * 60_000),
    )
    // One in twenty-five was reported wrongly and put right.
    const corrects = (nth + day) % 25 === 0 ? `${personId}-day-${day}-before` : null
    if (corrects !== null) records.corrected.push({ attendanceId: corrects, classId, personId })
    records.attendance.push({
      ...{ attendanceId: `${personId}-day-${day}`, classId, personId, inAt, outAt, corrects },
      device: usesPhone ? `phone-${classId}-${nth >> 1}` : `terminal-${classId}`,
      isTerminal: !usesPhone,
      // The place as a telephone knows it: some tens of metres off.
      latitudeE6: at.latitudeE6 + randomBelow(random, 600),
      longitudeE6: at.longitudeE6 + randomBelow(random, 600),
    })
  }
  const passed = randomBelow(random, 100) < 90
  const certificateNumber = passed ? `${personId}-certificate` : null
  records.assessments.push({ classId, personId, passed, certificateNumber })
  if (certificateNumber !== null) {
    records.certificates.push({
      ...{ personId, number: certificateNumber, occupation: `${classId}-occupation`, level: 5 },
      issuedOn: addDays(startsOn, days + 5),
    })
  }
  // A lower certificate, of years ago or of another occupation, is no fraud.
  if (randomBelow(random, 5) === 0) {
    records.certificates.push({
      ...{ personId, number: `${personId}-old`, occupation: 'another', level: 4 },
      issuedOn: '2021-05-01',
    })
  }
}

const person = (classId: string, nth: number) => `${classId}-person-${nth}`

const plant: Record<PlantedFraud, (records: Growing, classId: string) => void> = {
  overlapping_attendance(records, classId) {
    const own = records.attendance.filter((each) => each.classId === classId && each.personId === person(classId, 3))
    const other = own[0]
    if (other) records.attendance.push({ ...other, attendanceId: `${classId}-twice`, classId: 'honest-0' })
    const day = records.sessions.find((each) => each.classId === 'honest-0')
    if (other && day) extendTimetable(records, 'honest-0', other)
  },
  impossible_travel(records, classId) {
    const own = records.attendance.find((each) => each.classId === classId)
    if (!own) return
    const inAt = addMilliseconds(own.outAt, 10 * 60_000)
    const far = {
      ...own,
      attendanceId: `${classId}-far`,
      inAt,
      outAt: addMilliseconds(inAt, hour),
      latitudeE6: own.latitudeE6 + 900_000,
    }
    records.attendance.push(far)
    extendTimetable(records, classId, far)
  },
  device_burst(records, classId) {
    changeAttendance(records, classId, (each, nth) =>
      nth < 12
        ? {
            ...each,
            inAt: addMilliseconds(`${each.inAt.slice(0, 10)}T00:20:00.000Z`, nth * 400),
            device: 'terminal-x',
            isTerminal: true,
          }
        : each,
    )
  },
  shared_phone(records, classId) {
    changeAttendance(records, classId, (each, nth) =>
      nth < 5 ? { ...each, device: 'phone-x', isTerminal: false } : each,
    )
  },
  outside_timetable(records, classId) {
    const own = records.attendance.find((each) => each.classId === classId)
    if (own)
      records.attendance.push({
        ...own,
        attendanceId: `${classId}-night`,
        inAt: addMilliseconds(own.outAt, 5 * hour),
        outAt: addMilliseconds(own.outAt, 7 * hour),
      })
  },
  padded_list(records, classId) {
    const ghosts = new Set([0, 1, 2, 3].map((nth) => person(classId, nth)))
    records.attendance = records.attendance.filter(({ personId }) => !ghosts.has(personId))
    records.assessments = records.assessments.map((each) =>
      ghosts.has(each.personId) ? { ...each, passed: true } : each,
    )
  },
  already_certified(records, classId) {
    records.certificates.push({
      ...{ personId: person(classId, 1), number: `${classId}-earlier`, occupation: `${classId}-occupation`, level: 4 },
      issuedOn: '2024-01-01',
    })
  },
  forged_certificate(records, classId) {
    records.assessments = records.assessments.map((each) =>
      each.personId === person(classId, 2) ? { ...each, passed: true, certificateNumber: 'not-in-register' } : each,
    )
  },
  repeated_trainee(records, classId) {
    for (let nth = 1; nth <= 3; nth++) {
      records.trainees.push({
        enrolmentId: `${classId}-again-${nth}`,
        classId: `honest-${nth}`,
        personId: person(classId, 0),
      })
    }
  },
  hobby_headcount(records, classId) {
    records.classes = records.classes.map((each) =>
      each.classId === classId ? { ...each, field: 'other', vacancies: 1 } : each,
    )
  },
  subcontracted(records, classId) {
    records.classes = records.classes.map((each) =>
      each.classId === classId ? { ...each, taughtBy: 'another' } : each,
    )
  },
  teacher_twice(records, classId) {
    const own = records.sessions.find((each) => each.classId === classId)
    if (own) records.sessions.push({ ...own, sessionId: `${classId}-also`, classId: 'honest-0' })
  },
  unfit_teacher(records, classId) {
    records.teachers = records.teachers.map((each) => (each.classId === classId ? { ...each, qualified: false } : each))
  },
  recruitment_fee(records, classId) {
    records.money.push({
      ...{ moneyId: `${classId}-fee`, classId, personId: person(classId, 0) },
      kind: 'recruitment_fee',
      amountFen: 30_000,
    })
  },
  training_loan(records, classId) {
    records.money.push({
      ...{ moneyId: `${classId}-loan`, classId, personId: person(classId, 0) },
      kind: 'training_loan',
      amountFen: 1_200_000,
    })
  },
  regular_attendance(records, classId) {
    const made = new Set([4, 5, 6].map((nth) => person(classId, nth)))
    records.attendance = records.attendance.map((each) =>
      made.has(each.personId)
        ? { ...each, inAt: `${each.inAt.slice(0, 10)}T00:25:00.000Z`, outAt: `${each.inAt.slice(0, 10)}T08:31:00.000Z` }
        : each,
    )
  },
  many_corrections(records, classId) {
    for (const { attendanceId, personId } of records.attendance
      .filter((each) => each.classId === classId)
      .slice(0, 40)) {
      records.corrected.push({ attendanceId: `${attendanceId}-before`, classId, personId })
    }
  },
  repeated_course(records, classId) {
    const course = records.classes.find((each) => each.classId === classId)
    if (!course) return
    const before = `${classId}-before`
    records.classes.push({ ...course, classId: before, startsOn: '2026-01-05', endsOn: '2026-01-14' })
    records.trainees.push({ enrolmentId: `${before}-enrolment`, classId: before, personId: person(classId, 0) })
    records.assessments = records.assessments.filter(
      (each) => each.classId !== classId || each.personId !== person(classId, 0),
    )
  },
  paid_beyond_records(records, classId) {
    records.payments.push({ claimId: `${classId}-claim`, classId, paidFen: 2_400_000, dueFen: 1_500_000 })
  },
  after_death(records, classId) {
    records.deaths.push({ personId: person(classId, 5), diedOn: '2025-11-01' })
  },
  kickback(records, classId) {
    records.money.push({
      ...{ moneyId: `${classId}-kickback`, classId, personId: person(classId, 0) },
      kind: 'kickback',
      amountFen: 20_000,
    })
  },
}

/** So that a planted record is found by its own detector alone. */
function extendTimetable(records: Growing, classId: string, { attendanceId, inAt, outAt }: AttendanceRecord): void {
  const sessionId = `${attendanceId}-session`
  records.sessions.push({ sessionId, classId, teacherId: `${sessionId}-teacher`, startsAt: inAt, endsAt: outAt })
}

function changeAttendance(
  records: Growing,
  classId: string,
  change: (each: AttendanceRecord, nth: number) => AttendanceRecord,
): void {
  records.attendance = records.attendance.map((each) => {
    const nth = Number(each.personId.split('-').at(-1))
    return each.classId === classId && each.attendanceId.endsWith('-day-4') ? change(each, nth) : each
  })
}
