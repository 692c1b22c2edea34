import type { ColumnType, JSONColumnType } from 'kysely'
import type { Id, Instant, PlainDate, Work } from '../../ground/door.ts'
import type { Evidence } from './detect/records.ts'

/** Fields of training (C8.07); the first four are those that subsidised training should focus on. */
export const trainingFields = [
  'advanced_manufacturing',
  'elderly_care',
  'pillar_industry',
  'entrepreneurship',
  'other',
] as const

/** See `trainingFields`. */
export type TrainingField = (typeof trainingFields)[number]

/** Sanctions (C8.06), selectable and combinable. */
export const sanctionKinds = [
  'recover_subsidy',
  'suspend_recruitment',
  'order_rectification',
  'remove_from_catalogue',
  'revoke_licence',
  'hold_persons_responsible',
  'administrative_penalty',
  'refer_to_justice',
] as const

/** See `sanctionKinds`. */
export type SanctionKind = (typeof sanctionKinds)[number]

/** Violations (C8.02 to C8.05). */
export const violationKinds = [
  'buying_trainees',
  'illegal_subcontracting',
  'collusion',
  'hobby_training',
  'filler_training',
  'false_training',
  'forged_papers',
  'claiming_in_anothers_name',
  'training_loan',
] as const

/** See `violationKinds`. */
export type ViolationKind = (typeof violationKinds)[number]

/** What money around a class that is no subsidy was for. */
export const moneyKinds = ['tuition', 'recruitment_fee', 'training_loan', 'kickback'] as const

/** See `moneyKinds`. */
export type MoneyKind = (typeof moneyKinds)[number]

/** A column set at insert and never changed. */
type Fixed<T> = ColumnType<T, T, never>
type Kept<Row> = { [Name in keyof Row]: Fixed<Row[Name]> }
type OfInstitution = { agency: string; employer_id: Id }

/** A class of a project. `taught_by` is another than the institution only under a contract. */
export type ClassRow = OfInstitution & {
  id: Id
  number: string
  project_id: Id
  taught_by: Id
  contract: 'joint_schooling' | 'cooperation' | null
  title: string
  starts_on: PlainDate
  ends_on: PlainDate
  capacity: number
  place: string
  recorded_at: Instant
}

/** A project of an institution. */
export type ProjectRow = OfInstitution & {
  id: Id
  code: string
  title: string
  field: TrainingField
  occupation: string
  level: number
  hours_min: number
  recorded_at: Instant
}

/** Coming and going of a trainee. */
export type AttendanceRow = OfInstitution & {
  id: Id
  class_id: Id
  person_id: Id
  in_at: Instant
  out_at: Instant
  device: string
  is_terminal: boolean
  latitude_e6: number
  longitude_e6: number
  imported_at: Instant
  /** The record that this one takes the place of. */
  corrects: Id | null
}

type TrainingTables = {
  'svc_training_supervision.institution': Kept<
    OfInstitution & {
      licence_number: string
      licensed_from: PlainDate
      licensed_to: PlainDate | null
      recorded_at: Instant
    }
  >
  'svc_training_supervision.licence_term': Kept<
    OfInstitution & { licensed_to: PlainDate | null; reason: string; recorded_at: Instant }
  > & { nth: ColumnType<string, never, never> }
  'svc_training_supervision.licensed_field': Kept<OfInstitution & { field: TrainingField }>
  'svc_training_supervision.project': Kept<ProjectRow>
  'svc_training_supervision.listing': Kept<
    OfInstitution & { id: Id; project_id: Id; from_on: PlainDate; reason: string; recorded_at: Instant }
  >
  'svc_training_supervision.listing_removal': Kept<
    OfInstitution & { listing_id: Id; from_on: PlainDate; reason: string; case_id: Id | null; recorded_at: Instant }
  > & { evidence: JSONColumnType<Record<string, unknown>, string, never> }
  'svc_training_supervision.class': Kept<ClassRow>
  'svc_training_supervision.class_teacher': Kept<
    OfInstitution & { class_id: Id; person_id: Id; practice_years: number; qualified: boolean; because: string }
  >
  'svc_training_supervision.session': Kept<
    OfInstitution & {
      id: Id
      class_id: Id
      teacher_id: Id
      starts_at: Instant
      ends_at: Instant
      topic: string
    }
  >
  'svc_training_supervision.session_cancellation': Kept<
    OfInstitution & { session_id: Id; class_id: Id; reason: string; recorded_at: Instant }
  >
  'svc_training_supervision.enrolment': Kept<
    OfInstitution & {
      id: Id
      class_id: Id
      person_id: Id
      enrolled_on: PlainDate
      enrolled_by: 'person' | 'institution'
    }
  > & { withdrawn_on: PlainDate | null }
  'svc_training_supervision.attendance': Kept<AttendanceRow>
  'svc_training_supervision.attendance_correction': Kept<
    OfInstitution & { attendance_id: Id; class_id: Id; person_id: Id; reason: string; recorded_at: Instant }
  >
  'svc_training_supervision.assessment': Kept<
    OfInstitution & {
      class_id: Id
      person_id: Id
      assessed_on: PlainDate
      passed: boolean
      certificate_number: string | null
    }
  >
  'svc_training_supervision.assessment_correction': Kept<
    OfInstitution & {
      class_id: Id
      person_id: Id
      /** 0 is the first entry, n the n-th correction. */
      corrects: number
      passed: boolean
      certificate_number: string | null
      reason: string
      recorded_at: Instant
    }
  >
  /** What counts of each trainee; `no`: how often it was corrected, `corrected`: why the last time. */
  'svc_training_supervision.standing_assessment': OfInstitution & {
    class_id: Id
    person_id: Id
    assessed_on: PlainDate
    passed: boolean
    certificate_number: string | null
    no: number
    corrected: string | null
  }
  'svc_training_supervision.money_record': Kept<
    OfInstitution & {
      id: Id
      class_id: Id
      person_id: Id | null
      kind: MoneyKind
      counterparty: string
      amount_fen: number
      paid_on: PlainDate
      source: string
      recorded_at: Instant
    }
  >
  'svc_training_supervision.demand': Kept<{
    id: Id
    agency: string
    occupation: string
    vacancies: number
    wishes: number
    from_on: PlainDate
    source: string
    recorded_at: Instant
  }>
  'svc_training_supervision.finding': Kept<
    OfInstitution & {
      id: Id
      class_id: Id
      rule: string
      violation: ViolationKind
      level: 'high' | 'medium' | 'low'
      person_ids: Id[]
      fingerprint: string
      found_on: PlainDate
    }
  > & {
    evidence: JSONColumnType<Evidence[], string, never>
    params: JSONColumnType<Record<string, string | number>, string, never>
  }
  'svc_training_supervision.detection_run': Kept<{ day: PlainDate; ran_at: Instant }>
  'svc_training_supervision.matter': Kept<OfInstitution & { case_id: Id; class_id: Id }> & { is_open: boolean }
  'svc_training_supervision.sanction': Kept<
    OfInstitution & { id: Id; case_id: Id; class_id: Id; kind: SanctionKind; from_on: PlainDate; recorded_at: Instant }
  >
  'svc_training_supervision.sanction_end': Kept<
    OfInstitution & { sanction_id: Id; from_on: PlainDate; reason: string; recorded_at: Instant }
  >
  'svc_training_supervision.disallowed_trainee': Kept<OfInstitution & { sanction_id: Id; class_id: Id; person_id: Id }>
}

/** The work's transaction with the tables of this service. */
export function trainingTables({ db }: Work) {
  return db.withTables<TrainingTables>()
}

/** Attendance that stands: what was corrected is left out. */
export function standingAttendance(work: Work) {
  return trainingTables(work)
    .selectFrom('svc_training_supervision.attendance as attendance')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('svc_training_supervision.attendance_correction as correction')
            .select('correction.attendance_id')
            .whereRef('correction.attendance_id', '=', 'attendance.id'),
        ),
      ),
    )
}

/** Hours of the timetable that were not called off. */
export function standingSessions(work: Work) {
  return trainingTables(work)
    .selectFrom('svc_training_supervision.session as session')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('svc_training_supervision.session_cancellation as cancellation')
            .select('cancellation.session_id')
            .whereRef('cancellation.session_id', '=', 'session.id'),
        ),
      ),
    )
}
