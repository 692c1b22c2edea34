import {
  deviceBurst,
  impossibleTravel,
  outsideTimetable,
  overlappingAttendance,
  sharedPhone,
} from './attendance-detectors.ts'
import {
  alreadyCertified,
  forgedCertificate,
  hobbyHeadcount,
  paddedList,
  recruitmentFee,
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
  paddedList,
  alreadyCertified,
  forgedCertificate,
  repeatedTrainee,
  hobbyHeadcount,
  subcontracted,
  teacherTwice,
  unfitTeacher,
  recruitmentFee,
  trainingLoan,
]

/** What all detectors find in the records: suspicions with what they stand on. Pure. */
export function detectAll(records: TrainingRecords, thresholds: Thresholds): Finding[] {
  return detectors.flatMap((detect) => detect(records, thresholds))
}
