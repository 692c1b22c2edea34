import type { Selectable } from 'kysely'
import { z } from 'zod'
import {
  type Actor,
  actorUserId,
  BadInput,
  type Id,
  must,
  type PlainDate,
  parseInput,
  Refusal,
  schemaDate,
  schemaId,
  schemaRegion,
  type Work,
} from '../ground/door.ts'
import { guarded, guardedUpdate } from './constraints.ts'
import { getEmployer } from './employer.ts'
import { getInstitution } from './institution.ts'
import { holdsOn, refuseBefore } from './period.ts'
import { type PeopleTables, peopleTables, type RoleDuty, type RoleKind } from './tables.ts'

/** A role; `kind` says for what body it acts, `duty` which other roles it excludes. */
export type Role = { code: string; kind: RoleKind; duty: RoleDuty | null; title: { zh: string; en: string } }

/** Two roles that one user must not hold at the same time; `assumed` where the text leaves the pair open (B3-o3). */
export type ExclusivePair = { first: string; second: string; source: string; assumed: boolean }

/** A user acts in a role for one body, from one date to another, both inclusive. */
export type Assignment = {
  assignmentId: Id
  userId: Id
  role: string
  from: PlainDate
  to: PlainDate | null
} & AssignmentBody

/** The body an assignment acts for: an agency by its region code, an institution or an employer. */
export type AssignmentBody =
  | { kind: 'staff'; agency: string }
  | { kind: 'institution'; institutionId: Id }
  | { kind: 'employer'; employerId: Id }

/** What an assignment takes: of the three bodies the one that the role acts for. */
export const schemaNewAssignment = z.object({
  userId: schemaId,
  role: z.string(),
  agency: schemaRegion.optional(),
  institutionId: schemaId.optional(),
  employerId: schemaId.optional(),
  from: schemaDate,
  to: schemaDate.optional(),
})
export type NewAssignment = z.input<typeof schemaNewAssignment>

type AssignmentRow = Selectable<PeopleTables['people.assignment']>
type BodyColumns = Pick<AssignmentRow, 'agency' | 'institution_id' | 'employer_id'>

/** The roles, in order of code. */
export async function listRoles(work: Work): Promise<Role[]> {
  const rows = await peopleTables(work).selectFrom('people.role').selectAll().orderBy('code').execute()
  return rows.map((row) => ({
    code: row.code,
    kind: row.kind,
    duty: row.duty,
    title: { zh: row.title_zh, en: row.title_en },
  }))
}

/** The pairs of roles that exclude each other (B3.11), with their source. */
export async function exclusivePairs(work: Work): Promise<ExclusivePair[]> {
  return peopleTables(work)
    .selectFrom('people.exclusive_pair')
    .select(['first_role as first', 'second_role as second', 'source', 'assumed'])
    .orderBy('first_role')
    .orderBy('second_role')
    .execute()
}

/**
 * Gives a user a role. Only the node, or the permission administrator of the agency that is, or answers for, the body. Refused:
 * `permission_admin_only`, `outside_own_agency`, `user_unknown`, and `exclusive_roles` (B3.11, B3-t2) when the user holds, on any of
 * these dates and in whatever agency, a role that excludes this one; the database itself refuses that too.
 */
export async function assign(work: Work, input: NewAssignment): Promise<Id> {
  refuseUnlessPermissionAdmin(work)
  const assignment = parseInput(schemaNewAssignment, input)
  if (assignment.to !== undefined) refuseBefore('to', assignment.to, assignment.from)
  const kind = await kindOfRole(work, assignment.role)
  const assignmentId = work.newId()
  await guarded(
    peopleTables(work)
      .insertInto('people.assignment')
      .values({
        id: assignmentId,
        user_id: assignment.userId,
        role: assignment.role,
        kind,
        ...(await bodyColumns(work, kind, assignment)),
        from_on: assignment.from,
        to_on: assignment.to ?? null,
        assigned_by: actorUserId(work.actor),
        assigned_at: work.now,
      })
      .execute(),
    {
      assignment_exclusive_roles: ({ detail }) =>
        new Refusal('exclusive_roles', {
          clause: 'B3.11',
          params: { role: assignment.role, heldRole: must(detail, 'the role that excludes') },
        }),
      assignment_user_id_fkey: () => new Refusal('user_unknown'),
    },
  )
  return assignmentId
}

/** Ends an assignment; `to` is its last day. Refused: `assignment_unknown`, `permission_admin_only`, `outside_own_agency`, `assignment_ended`. */
export async function endAssignment(work: Work, end: { assignmentId: Id; to: PlainDate }): Promise<void> {
  refuseUnlessPermissionAdmin(work)
  const assignment = await getAssignment(work, end.assignmentId)
  const to = parseInput(schemaDate, end.to, 'to')
  refuseBefore('to', to, assignment.from)
  if (assignment.to !== null && assignment.to < to) {
    throw new Refusal('assignment_ended', { params: { toOn: assignment.to } })
  }
  await guardedUpdate(
    peopleTables(work)
      .updateTable('people.assignment')
      .set({ to_on: to })
      .where('id', '=', end.assignmentId)
      .executeTakeFirstOrThrow(),
  )
}

/** The assignment, to those who may see it; refused with `assignment_unknown`. */
export async function getAssignment(work: Work, assignmentId: Id): Promise<Assignment> {
  const row = await peopleTables(work)
    .selectFrom('people.assignment')
    .selectAll()
    .where('id', '=', assignmentId)
    .executeTakeFirst()
  if (!row) throw new Refusal('assignment_unknown')
  return assignmentOf(row)
}

/** The assignments that a user holds on a date, in order of role. */
export async function assignmentsOf(work: Work, userId: Id, on: PlainDate): Promise<Assignment[]> {
  const rows = await peopleTables(work)
    .selectFrom('people.assignment')
    .selectAll()
    .where('user_id', '=', userId)
    .where(holdsOn(on))
    .orderBy('role')
    .orderBy('id')
    .execute()
  return rows.map(assignmentOf)
}

/** The actor that a user is when acting through an assignment. */
export function assignmentActor(assignment: Assignment): Actor {
  const { userId, assignmentId, role } = assignment
  switch (assignment.kind) {
    case 'staff':
      return { kind: 'staff', userId, assignmentId, role, agency: assignment.agency }
    case 'institution':
      return { kind: 'institution', userId, assignmentId, role, institutionId: assignment.institutionId }
    case 'employer':
      return { kind: 'employer', userId, assignmentId, role, employerId: assignment.employerId }
  }
}

function refuseUnlessPermissionAdmin(work: Work): void {
  const { actor } = work
  const may = actor.kind === 'system' || (actor.kind === 'staff' && actor.role === 'permission_admin')
  if (!may) throw new Refusal('permission_admin_only', { clause: 'B3.11' })
}

async function kindOfRole(work: Work, role: string): Promise<RoleKind> {
  const row = await peopleTables(work)
    .selectFrom('people.role')
    .select('kind')
    .where('code', '=', role)
    .executeTakeFirst()
  if (!row) throw new BadInput([{ path: 'role', expected: 'a role of the register', found: role }])
  return row.kind
}

const bodyKeys = { staff: 'agency', institution: 'institutionId', employer: 'employerId' } as const

async function bodyColumns(
  work: Work,
  kind: RoleKind,
  assignment: z.infer<typeof schemaNewAssignment>,
): Promise<BodyColumns> {
  const key = bodyKeys[kind]
  const given = Object.values(bodyKeys).filter((name) => assignment[name] !== undefined)
  const value = assignment[key]
  if (value === undefined || given.length !== 1) {
    throw new BadInput([{ path: key, expected: `${key} and no other body`, found: given.join(', ') || 'nothing' }])
  }
  switch (kind) {
    case 'staff':
      return { agency: value, institution_id: null, employer_id: null }
    case 'institution':
      return { agency: (await getInstitution(work, value)).region, institution_id: value, employer_id: null }
    case 'employer':
      return { agency: (await getEmployer(work, value)).agency, institution_id: null, employer_id: value }
  }
}

function assignmentOf(row: AssignmentRow): Assignment {
  const base = { assignmentId: row.id, userId: row.user_id, role: row.role, from: row.from_on, to: row.to_on }
  switch (row.kind) {
    case 'staff':
      return { ...base, kind: 'staff', agency: row.agency }
    case 'institution':
      return { ...base, kind: 'institution', institutionId: must(row.institution_id, 'institution of an assignment') }
    case 'employer':
      return { ...base, kind: 'employer', employerId: must(row.employer_id, 'employer of an assignment') }
  }
}
