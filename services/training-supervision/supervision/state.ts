import { z } from 'zod'
import { type CaseFile, type NoticeDraft, stepsOf } from '../../../cases/door.ts'
import { type Id, type MessageParams, must, schemaDate, schemaId } from '../../../ground/door.ts'
import { sanctionKinds, violationKinds } from '../tables.ts'

/** The flow of supervision cases. */
export const supervisionFlowId = 'training-supervision'

/** Parses a violation that was looked into. */
export const lookedInto = z.strictObject({
  kind: z.enum(violationKinds),
  established: z.boolean(),
  note: z.string().trim().min(1).max(500),
})

/** Parses a sanction as imposed. */
export const imposedSanction = z.strictObject({ sanctionId: schemaId, kind: z.enum(sanctionKinds) })

/** Parses what was passed on to another authority, which decides it. */
export const referral = z.strictObject({
  kind: z.enum(['revoke_licence', 'hold_persons_responsible', 'administrative_penalty', 'refer_to_justice']),
  to: z.string().trim().min(2).max(100),
  reference: z.string().trim().min(2).max(60),
  referredOn: schemaDate,
})

/** Parses the state of a supervision case. */
export const supervisionState = z.strictObject({
  classId: schemaId.nullable(),
  classNumber: z.string(),
  findingIds: z.array(schemaId),
  complaint: z.string(),
  violations: z.array(lookedInto),
  /** For whom the class should get no subsidy. */
  disallowed: z.array(schemaId),
  statement: z.string().nullable(),
  proposedByRule: z.array(z.enum(sanctionKinds)),
  proposed: z.array(z.enum(sanctionKinds)),
  sanctions: z.array(imposedSanction),
  lifted: z.array(schemaId),
  /** Until when the institution has to put right what was ordered. */
  rectifyBy: schemaDate.nullable(),
  referrals: z.array(referral),
})

/** The state of a supervision case. */
export type SupervisionState = z.infer<typeof supervisionState>

/** The statuses of a supervision case. */
export type SupervisionStatus =
  | 'investigating'
  | 'hearing'
  | 'heard'
  | 'proposed'
  | 'sanctioned'
  | 'unfounded'
  | 'under_objection'

/** A supervision case. */
export type SupervisionFile = CaseFile<SupervisionState>

/** Before anything was said. */
export const initialSupervision: SupervisionState = {
  classId: null,
  classNumber: '',
  findingIds: [],
  complaint: '',
  violations: [],
  disallowed: [],
  statement: null,
  proposedByRule: [],
  proposed: [],
  sanctions: [],
  lifted: [],
  rectifyBy: null,
  referrals: [],
}

/** Makes a step of a supervision case. */
export const step = stepsOf<SupervisionState, SupervisionStatus>()

/** The class that a case is about, and the institution. */
export function matterOf(file: SupervisionFile): { caseId: Id; classId: Id; agency: string; employerId: Id } {
  return {
    caseId: file.id,
    classId: must(file.state.classId, 'class of a supervision case'),
    agency: file.agency,
    employerId: must(file.subject.employerId, 'institution of a supervision case'),
  }
}

/** A notice to the institution of a case. */
export function noticeTo(file: SupervisionFile, code: string, params: MessageParams = {}): NoticeDraft[] {
  return [{ employerId: matterOf(file).employerId, code, params: { number: file.number, ...params } }]
}

/** The violations of a case that were established. */
export function establishedIn({ violations }: SupervisionState) {
  return violations.filter(({ established }) => established).map(({ kind }) => kind)
}
