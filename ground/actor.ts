import type { Id } from './ids.ts'

/**
 * Who acts. It is set on the database transaction, where row-level security reads it. A user is not a person: staff act through an
 * assignment (user, role, agency, from, to).
 * - `system`: the node itself (message handlers, clockwork, seeding).
 * - `staff`: an officer of an agency; sees rows of that agency's region and below.
 * - `institution`, `employer`: an officer of a hospital or an employer; sees that body's rows.
 * - `person`: a resident, for themselves or, by a recorded authority, for `onBehalfOf`.
 * - `public`: nobody yet; sees what everybody may see.
 */
export type Actor =
  | { kind: 'system' }
  | { kind: 'staff'; userId: Id; assignmentId: Id; role: string; agency: string }
  | { kind: 'institution'; userId: Id; assignmentId: Id; role: string; institutionId: Id }
  | { kind: 'employer'; userId: Id; assignmentId: Id; role: string; employerId: Id }
  | { kind: 'person'; userId: Id; personId: Id; onBehalfOf?: Id }
  | { kind: 'public' }

/** The node acting by itself. */
export const systemActor: Actor = { kind: 'system' }

/** The user behind an actor, if there is one. */
export function actorUserId(actor: Actor): Id | null {
  return 'userId' in actor ? actor.userId : null
}

/** The assignment an actor acts through, if there is one. */
export function actorAssignmentId(actor: Actor): Id | null {
  return 'assignmentId' in actor ? actor.assignmentId : null
}

/** The role an actor acts in: the assignment's role, or `person`, `public`, `system`. */
export function actorRole(actor: Actor): string {
  return 'role' in actor ? actor.role : actor.kind
}

/** The person whose rows a `person` actor works on: the represented one where there is one. */
export function actorPersonId(actor: Actor): Id | null {
  return actor.kind === 'person' ? (actor.onBehalfOf ?? actor.personId) : null
}

/**
 * The settings that row-level security reads (`ground.may_see`). The agency becomes the prefix of region codes it covers:
 * 320000 -> 32, 320100 -> 3201, 320102 -> 320102.
 */
export function actorSettings(actor: Actor): Record<string, string> {
  return {
    'tongban.actor_kind': actor.kind,
    'tongban.user_id': actorUserId(actor) ?? '',
    'tongban.role': actorRole(actor),
    'tongban.agency_prefix': actor.kind === 'staff' ? agencyPrefix(actor.agency) : '',
    'tongban.person_id': actorPersonId(actor) ?? '',
    'tongban.institution_id': actor.kind === 'institution' ? actor.institutionId : '',
    'tongban.employer_id': actor.kind === 'employer' ? actor.employerId : '',
  }
}

/** Whose a row is; null where it belongs to none. */
export type Owner = { agency: string | null; personId: Id | null; institutionId: Id | null; employerId: Id | null }

/** Whether an actor may see what is whose: the same as the database's `ground.may_see`, for what is told without reading a row. */
export function maySee(actor: Actor, owner: Owner): boolean {
  switch (actor.kind) {
    case 'system':
      return true
    case 'staff':
      return owner.agency?.startsWith(agencyPrefix(actor.agency)) ?? false
    case 'person':
      return owner.personId === actorPersonId(actor)
    case 'institution':
      return owner.institutionId === actor.institutionId
    case 'employer':
      return owner.employerId === actor.employerId
    default:
      return false
  }
}

/** The first and the last region code that an agency covers: 320100 -> 320100 to 320199. */
export function coveredCodes(agency: string): { first: string; last: string } {
  const prefix = agencyPrefix(agency)
  return { first: prefix.padEnd(6, '0'), last: prefix.padEnd(6, '9') }
}

function agencyPrefix(agency: string): string {
  return agency.replace(/(00){1,2}$/, '')
}
