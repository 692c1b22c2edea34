import {
  asActor,
  BadInput,
  businessDate,
  type Id,
  type Instant,
  Refusal,
  startOfDate,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'
import { requireOfThisClass } from './attendance.ts'
import { findClaim } from './supervision/recovery.ts'
import { type ClassRow, standingAttendance, standingSessions, trainingTables } from './tables.ts'

/** What is said against an attendance: why it is wrong, and at what times of its day the trainee really came and left; null where they were not there. */
export type AttendanceCorrection = { attendanceId: Id; reason: string; times: { came: string; left: string } | null }

/**
 * Corrects an attendance that was reported wrongly: it stays on record and counts no more; the right times, where there are any, stand beside it.
 * Refusals `attendance_unknown` (or corrected before), `class_claimed` once the subsidy is applied for, `class_under_investigation`.
 */
export async function correctAttendance(
  work: Work,
  tools: ServiceTools,
  of: ClassRow,
  { attendanceId, reason, times }: AttendanceCorrection,
): Promise<void> {
  await asActor(work, systemActor, async (node) => {
    await requireOpenToCorrection(node, tools, of)
    const wrong = await standingAttendance(node)
      .selectAll('attendance')
      .where('attendance.id', '=', attendanceId)
      .where('attendance.class_id', '=', of.id)
      .executeTakeFirst()
    if (!wrong) throw new Refusal('attendance_unknown')
    const { class_id, agency, employer_id, person_id } = wrong
    const noted = await trainingTables(node)
      .insertInto('svc_training_supervision.attendance_correction')
      .values({ attendance_id: wrong.id, class_id, agency, employer_id, person_id, reason, recorded_at: node.now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (Number(noted.numInsertedOrUpdatedRows ?? 0) === 0) throw new Refusal('attendance_unknown')
    if (times === null) return
    const { inAt, outAt } = rightTimes(node, wrong.in_at, times)
    await trainingTables(node)
      .insertInto('svc_training_supervision.attendance')
      .values({
        ...{ id: node.newId(), class_id, agency, employer_id, person_id, in_at: inAt, out_at: outAt },
        ...{ device: wrong.device, is_terminal: wrong.is_terminal, imported_at: node.now, corrects: wrong.id },
        ...{ latitude_e6: wrong.latitude_e6, longitude_e6: wrong.longitude_e6 },
      })
      .execute()
  })
}

async function requireOpenToCorrection(node: Work, tools: ServiceTools, of: ClassRow): Promise<void> {
  const matter = await trainingTables(node)
    .selectFrom('svc_training_supervision.matter')
    .select('case_id')
    .where('class_id', '=', of.id)
    .where('is_open', '=', true)
    .executeTakeFirst()
  if (matter) throw new Refusal('class_under_investigation', { clause: 'C8.06' })
  const claim = await findClaim(node, tools, { employerId: of.employer_id, classNumber: of.number })
  if (claim && claim.status !== 'refused') throw new Refusal('class_claimed', { params: { number: claim.number } })
}

/** A correction is of the day on which somebody was said to be there, and not of a time to come. */
function rightTimes(node: Work, wrongInAt: Instant, { came, left }: { came: string; left: string }) {
  const day = businessDate(wrongInAt)
  const [inAt, outAt] = [startOfDate(day, came), startOfDate(day, left)]
  if (outAt <= inAt || outAt > node.now) {
    throw new BadInput([{ path: 'times.left', expected: `a time after ${came}, not to come`, found: left }])
  }
  return { inAt, outAt }
}

/** Calls hours of the timetable off before they begin, so that they are neither taught nor paid. Refusals `session_unknown`, `session_already_begun`. */
export async function cancelSession(
  work: Work,
  of: ClassRow,
  { sessionId, reason }: { sessionId: Id; reason: string },
): Promise<void> {
  await asActor(work, systemActor, async (node) => {
    const session = await standingSessions(node)
      .select(['session.id', 'session.starts_at'])
      .where('session.id', '=', sessionId)
      .where('session.class_id', '=', of.id)
      .executeTakeFirst()
    if (!session) throw new Refusal('session_unknown')
    if (session.starts_at <= node.now) throw new Refusal('session_already_begun')
    await trainingTables(node)
      .insertInto('svc_training_supervision.session_cancellation')
      .values({
        ...{ session_id: sessionId, class_id: of.id, agency: of.agency, employer_id: of.employer_id },
        ...{ reason, recorded_at: node.now },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}

/** What is said against the assessment of a trainee: why it is wrong, and how they really did. `corrects`: its number, as `classView` tells it. */
export type AssessmentCorrection = {
  personId: Id
  corrects: number
  passed: boolean
  certificateNumber: string | null
  reason: string
}

/**
 * Corrects an assessment that was entered wrongly: the entry stays on record and counts no more. Refusals `assessment_unknown`, `assessment_changed` where
 * another one was corrected meanwhile, `certificate_of_other_class`, `class_claimed`, `class_under_investigation`.
 */
export async function correctAssessment(
  work: Work,
  tools: ServiceTools,
  of: ClassRow,
  { personId, corrects, passed, certificateNumber, reason }: AssessmentCorrection,
): Promise<void> {
  await asActor(work, systemActor, async (node) => {
    await requireOpenToCorrection(node, tools, of)
    const standing = await trainingTables(node)
      .selectFrom('svc_training_supervision.standing_assessment')
      .select('no')
      .where('class_id', '=', of.id)
      .where('person_id', '=', personId)
      .executeTakeFirst()
    if (!standing) throw new Refusal('assessment_unknown')
    if (standing.no !== corrects) throw new Refusal('assessment_changed')
    if (!passed && certificateNumber !== null) {
      throw new BadInput([
        { path: 'certificateNumber', expected: 'none where it is not passed', found: certificateNumber },
      ])
    }
    if (certificateNumber !== null) await requireOfThisClass(node, of, personId, certificateNumber)
    const noted = await trainingTables(node)
      .insertInto('svc_training_supervision.assessment_correction')
      .values({
        ...{ class_id: of.id, agency: of.agency, employer_id: of.employer_id, person_id: personId },
        ...{ corrects, passed, certificate_number: certificateNumber, reason, recorded_at: node.now },
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (Number(noted.numInsertedOrUpdatedRows ?? 0) === 0) throw new Refusal('assessment_changed')
  })
}
