import {
  actorAssignmentId,
  actorRole,
  actorUserId,
  BadInput,
  type Id,
  type Instant,
  type Work,
} from '../ground/door.ts'
import { peopleTables } from './tables.ts'

/** What was done with a person's data. A read also says its purpose; a write says it by its name. */
export type AccessAction =
  | 'read_person'
  | 'search_person'
  | 'reveal_id_number'
  | 'read_cards'
  | 'check_card'
  | 'present_qr_code'
  | 'read_enrolments'
  | 'read_authorities'
  | 'register_person'
  | 'match_person'
  | 'change_agency'
  | 'record_retirement'
  | 'record_death'
  | 'issue_card'
  | 'report_card_lost'
  | 'report_card_found'
  | 'replace_card'
  | 'cancel_card'
  | 'apply_e_card'
  | 'authorise_app'
  | 'issue_qr_code'
  | 'enrol'
  | 'change_enrolment'
  | 'end_enrolment'
  | 'record_authority'
  | 'end_authority'

/** One line of "who looked at my data, and why". `role` is the acting role, or `person`, `public`, `system`. */
export type AccessEntry = {
  at: Instant
  action: AccessAction
  purpose: string | null
  role: string
  userId: Id | null
  assignmentId: Id | null
  agency: string | null
  institutionId: Id | null
  employerId: Id | null
}

/** Records, in the same transaction, that the acting party read the data of these persons and why; an empty purpose is `BadInput`. */
export async function logRead(work: Work, personIds: Id[], action: AccessAction, purpose: string): Promise<void> {
  if (purpose.trim() === '') {
    throw new BadInput([{ path: 'purpose', expected: 'why the data is read', found: 'nothing' }])
  }
  await writeLog(work, personIds, action, purpose)
}

/** Records, in the same transaction, that the acting party changed a person's data. */
export async function logWrite(work: Work, personId: Id, action: AccessAction): Promise<void> {
  await writeLog(work, [personId], action, null)
}

async function writeLog(work: Work, personIds: Id[], action: AccessAction, purpose: string | null): Promise<void> {
  if (personIds.length === 0) return
  const { actor } = work
  const who = {
    at: work.now,
    action,
    purpose,
    actor_kind: actor.kind,
    role: actorRole(actor),
    user_id: actorUserId(actor),
    assignment_id: actorAssignmentId(actor),
    agency: actor.kind === 'staff' ? actor.agency : null,
    institution_id: actor.kind === 'institution' ? actor.institutionId : null,
    employer_id: actor.kind === 'employer' ? actor.employerId : null,
  }
  await peopleTables(work)
    .insertInto('people.access_log')
    .values(personIds.map((personId) => ({ ...who, person_id: personId })))
    .execute()
}

/**
 * Who looked at or changed a person's data, newest first: for the person, an auditor of the agency, or the node. Others get nothing.
 * `limit` lines at most.
 */
export async function accessLogOf(work: Work, personId: Id, limit = 200): Promise<AccessEntry[]> {
  const rows = await peopleTables(work)
    .selectFrom('people.access_log')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    at: row.at,
    action: row.action,
    purpose: row.purpose,
    role: row.role,
    userId: row.user_id,
    assignmentId: row.assignment_id,
    agency: row.agency,
    institutionId: row.institution_id,
    employerId: row.employer_id,
  }))
}
