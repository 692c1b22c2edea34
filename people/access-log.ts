import { sql } from 'kysely'
import {
  actorAssignmentId,
  actorRole,
  actorUserId,
  asActor,
  BadInput,
  type Id,
  type Instant,
  systemActor,
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
  | 'list_cardholders'
  | 'present_qr_code'
  | 'read_enrolments'
  | 'read_authorities'
  | 'register_person'
  | 'match_person'
  | 'change_agency'
  | 'change_phone'
  | 'record_retirement'
  | 'record_death'
  | 'issue_card'
  | 'report_card_lost'
  | 'report_card_found'
  | 'replace_card'
  | 'cancel_card'
  | 'open_card_account'
  | 'apply_e_card'
  | 'authorise_app'
  | 'issue_qr_code'
  | 'enrol'
  | 'change_enrolment'
  | 'end_enrolment'
  | 'record_authority'
  | 'end_authority'
  | 'read_payout_account'
  | 'reveal_payout_account'
  | 'read_owners'
  | 'record_owner'
  | 'end_owner'
  | 'read_contributions'
  | 'record_contributions'
  | 'receive_months'
  | 'hand_over_months'
  | 'read_employments'
  | 'begin_employment'
  | 'change_post'
  | 'end_employment'
  | 'read_certificates'
  | 'record_certificate'
  | 'revoke_certificate'
  | 'read_benefits'
  | 'begin_benefit'
  | 'end_benefit'
  | 'cancel_benefit'
  | 'read_employment_status'
  | 'begin_employment_status'
  | 'end_employment_status'

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
  /** Who acted for the person by an authority; null for the person themself and for everybody else. */
  agentName: string | null
}

/** Records, in the same transaction, that the acting party read the data of these persons and why; an empty purpose is `BadInput`. */
export async function logRead(work: Work, personIds: Id[], action: AccessAction, purpose: string): Promise<void> {
  if (purpose.trim() === '') {
    throw new BadInput([{ path: 'purpose', expected: 'why the data is read', found: 'nothing' }])
  }
  await writeLog(work, personIds, action, purpose)
}

/** Records, in the same transaction, that the acting party changed the data of a person, or of several at once. */
export async function logWrite(work: Work, personIds: Id | Id[], action: AccessAction): Promise<void> {
  await writeLog(work, [personIds].flat(), action, null)
}

/** One statement for however many persons: whole populations are read too. */
async function writeLog(work: Work, personIds: Id[], action: AccessAction, purpose: string | null): Promise<void> {
  if (personIds.length === 0) return
  const { actor } = work
  const agency = actor.kind === 'staff' ? actor.agency : null
  const institutionId = actor.kind === 'institution' ? actor.institutionId : null
  const employerId = actor.kind === 'employer' ? actor.employerId : null
  await sql`
    INSERT INTO people.access_log (person_id, at, action, purpose, actor_kind, role, user_id, assignment_id, agency, institution_id, employer_id)
    SELECT person_id, ${work.now}, ${action}, ${purpose}, ${actor.kind}, ${actorRole(actor)}, ${actorUserId(actor)}::uuid,
      ${actorAssignmentId(actor)}::uuid, ${agency}, ${institutionId}::uuid, ${employerId}::uuid
    FROM unnest(${personIds}::uuid[]) AS person_id`.execute(work.db)
}

/**
 * Who looked at or changed a person's data, newest first: for the person, who audits or supervises the agency, or the node. Others get nothing.
 * `limit` lines at most.
 */
export async function accessLogOf(work: Work, personId: Id, limit = 200): Promise<AccessEntry[]> {
  const rows = await peopleTables(work)
    .selectFrom('people.access_log')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  const agents = await agentNames(work, rows)
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
    agentName: agents.get(row.user_id ?? '') ?? null,
  }))
}

/** By user: the names of those who acted as residents for the person whose data it is. */
async function agentNames(
  work: Work,
  rows: ReadonlyArray<{ person_id: Id; actor_kind: string; user_id: Id | null }>,
): Promise<ReadonlyMap<Id, string>> {
  const users = [
    ...new Set(rows.flatMap(({ actor_kind, user_id }) => (actor_kind === 'person' && user_id ? [user_id] : []))),
  ]
  const subject = rows[0]?.person_id
  if (users.length === 0 || subject === undefined) return new Map()
  const found = await asActor(work, systemActor, (system) =>
    peopleTables(system)
      .selectFrom('people.user_account as account')
      .innerJoin('people.person as person', 'person.id', 'account.person_id')
      .select(['account.id', 'person.name'])
      .where('account.id', 'in', users)
      .where('person.id', '!=', subject)
      .execute(),
  )
  return new Map(found.map(({ id, name }) => [id, name]))
}
