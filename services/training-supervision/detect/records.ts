import type { Id, Instant, PlainDate } from '../../../ground/door.ts'
import type { MoneyKind, TrainingField, ViolationKind } from '../tables.ts'

/** A class as detectors see it. `vacancies`: posts vacant in its occupation; null where nobody has counted them. */
export type ClassRecord = {
  classId: Id
  employerId: Id
  taughtBy: Id
  field: TrainingField
  occupation: string
  level: number
  startsOn: PlainDate
  endsOn: PlainDate
  vacancies: number | null
}

/** An hour of the timetable. */
export type SessionRecord = { sessionId: Id; classId: Id; teacherId: Id; startsAt: Instant; endsAt: Instant }

/** Somebody enrolled who has not withdrawn. */
export type TraineeRecord = { enrolmentId: Id; classId: Id; personId: Id }

/** Coming and going of a trainee, by which device and where (degrees times a million). */
export type AttendanceRecord = {
  attendanceId: Id
  classId: Id
  personId: Id
  inAt: Instant
  outAt: Instant
  device: string
  isTerminal: boolean
  latitudeE6: number
  longitudeE6: number
  /** The record that this one takes the place of. */
  corrects: Id | null
}

/** An assessment as the institution reported it. */
export type AssessmentRecord = { classId: Id; personId: Id; passed: boolean; certificateNumber: string | null }

/** A certificate that the register of persons has. */
export type HeldCertificate = { personId: Id; number: string; occupation: string; level: number; issuedOn: PlainDate }

/** Money around a class that is no subsidy. */
export type MoneyRecord = { moneyId: Id; classId: Id; personId: Id | null; kind: MoneyKind; amountFen: number }

/** An attendance of a class that is over, as it was first reported, that its institution corrected. */
export type CorrectedRecord = { attendanceId: Id; classId: Id; personId: Id }

/** What of a class's subsidy was ordered and stands, by which claim, and what the rule says of the records as they are now. Whole fen. */
export type PaymentRecord = { claimId: Id; classId: Id; paidFen: number; dueFen: number }

/** The day on which somebody died, as the register of persons has it. */
export type DeathRecord = { personId: Id; diedOn: PlainDate }

/** A teacher, and whether the rule found them fit to teach. */
export type TeacherRecord = { classId: Id; personId: Id; qualified: boolean }

/** All records that detectors look at. */
export type TrainingRecords = {
  classes: readonly ClassRecord[]
  sessions: readonly SessionRecord[]
  trainees: readonly TraineeRecord[]
  attendance: readonly AttendanceRecord[]
  assessments: readonly AssessmentRecord[]
  certificates: readonly HeldCertificate[]
  money: readonly MoneyRecord[]
  teachers: readonly TeacherRecord[]
  corrected: readonly CorrectedRecord[]
  payments: readonly PaymentRecord[]
  deaths: readonly DeathRecord[]
}

/** Names of the detectors' thresholds: values of the service, all assumed (C8-o1). */
export const thresholdNames = [
  'overlapMinutesMin',
  'burstTrainees',
  'burstSeconds',
  'phoneTraineesMax',
  'timetableToleranceMinutes',
  'travelSpeedMaxKmh',
  'travelDistanceMinMetres',
  'traineesPerVacancyMax',
  'classesPerYearMax',
  'attendedClaimedMinPpm',
  'regularDaysMin',
  'regularTraineesMin',
  'correctedMaxPpm',
] as const

/** The thresholds by name. */
export type Thresholds = Readonly<Record<(typeof thresholdNames)[number], number>>

/** A record that a finding stands on. */
export type Evidence = {
  kind: 'attendance' | 'enrolment' | 'session' | 'money' | 'assessment' | 'teacher' | 'class' | 'claim'
  id: Id
}

/**
 * What a detector found: a suspicion and not a judgement. `rule` is the detector's name; message codes `finding.<rule>` with `params`.
 */
export type Finding = {
  rule: string
  classId: Id
  violation: ViolationKind
  level: 'high' | 'medium' | 'low'
  personIds: Id[]
  evidence: Evidence[]
  params: Record<string, string | number>
}

/** A detector: a pure function over records. */
export type Detector = (records: TrainingRecords, thresholds: Thresholds) => Finding[]

/** Items by a key, each group in the order it came. */
export function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
