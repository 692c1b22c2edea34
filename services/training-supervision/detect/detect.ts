import {
  deviceBurst,
  impossibleTravel,
  manyCorrections,
  outsideTimetable,
  overlappingAttendance,
  regularAttendance,
  sharedPhone,
} from './attendance-detectors.ts'
import {
  afterDeath,
  alreadyCertified,
  forgedCertificate,
  hobbyHeadcount,
  kickback,
  paddedList,
  paidBeyondRecords,
  recruitmentFee,
  repeatedCourse,
  repeatedTrainee,
  subcontracted,
  teacherTwice,
  trainingLoan,
  unfitTeacher,
} from './class-detectors.ts'
import type { Detector, Finding, Thresholds, TrainingRecords } from './records.ts'

/** Every detector (C8.05), in no order that matters. */
const detectors: readonly Detector[] = [
  overlappingAttendance,
  impossibleTravel,
  deviceBurst,
  sharedPhone,
  outsideTimetable,
  regularAttendance,
  manyCorrections,
  paddedList,
  paidBeyondRecords,
  afterDeath,
  alreadyCertified,
  forgedCertificate,
  repeatedTrainee,
  repeatedCourse,
  hobbyHeadcount,
  subcontracted,
  teacherTwice,
  unfitTeacher,
  recruitmentFee,
  trainingLoan,
  kickback,
]

/** What all detectors find in the records: suspicions with what they stand on. Pure. */
export function detectAll(records: TrainingRecords, thresholds: Thresholds): Finding[] {
  return detectors.flatMap((detect) => detect(records, thresholds))
}
