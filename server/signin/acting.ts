import type { Actor, Id, PlainDate, Work } from '../../ground/door.ts'
import { Refusal } from '../../ground/door.ts'
import {
  type Assignment,
  type AuthorityScope,
  assignmentActor,
  findAuthority,
  getAssignment,
  getUser,
} from '../../people/door.ts'
import type { Session } from './sessions.ts'

/** Who a session acts as, and how far the authority goes by which they do: null where they act for themselves or through an assignment. */
export type ActingNow = { actor: Actor; scope: readonly AuthorityScope[] | null }

/** See `actorOf`; with the scope of the authority. */
export async function actingNow(work: Work, session: Session): Promise<ActingNow> {
  const actor = await actorOf(work, session)
  if (actor.kind !== 'person' || actor.onBehalfOf === undefined) return { actor, scope: null }
  const authority = await findAuthority(work, {
    subjectPersonId: actor.onBehalfOf,
    agentPersonId: actor.personId,
    on: work.today,
  })
  return { actor, scope: authority?.scope ?? [] }
}

/**
 * Who a session acts as today. An assignment that has ended, or an authority that was withdrawn, leaves a session that may do nothing but
 * choose another. `work` must be the system's.
 */
export async function actorOf(work: Work, session: Session): Promise<Actor> {
  if (session.assignmentId) {
    const assignment = await getAssignment(work, session.assignmentId)
    return isHeldBy(assignment, session.userId, work.today) ? assignmentActor(assignment) : { kind: 'public' }
  }
  const { userId, personId } = await getUser(work, session.userId)
  if (!personId) return { kind: 'public' }
  if (!session.onBehalfOf) return { kind: 'person', userId, personId }
  const authority = await findAuthority(work, {
    subjectPersonId: session.onBehalfOf,
    agentPersonId: personId,
    on: work.today,
  })
  return authority ? { kind: 'person', userId, personId, onBehalfOf: session.onBehalfOf } : { kind: 'public' }
}

/**
 * The actor that a user asks to be. Refuses `assignment_not_yours`, `no_person_of_account` and `no_authority` (for whom they may not act).
 * `work` must be the system's.
 */
export async function actorAskedFor(
  work: Work,
  session: Session,
  asked: { assignmentId: Id | null; onBehalfOf: Id | null },
): Promise<Actor> {
  const actor = await actorOf(work, { ...session, ...asked })
  if (actor.kind !== 'public') return actor
  if (asked.assignmentId) throw new Refusal('assignment_not_yours')
  throw new Refusal(asked.onBehalfOf ? 'no_authority' : 'no_person_of_account')
}

function isHeldBy(assignment: Assignment, userId: Id, on: PlainDate): boolean {
  return assignment.userId === userId && assignment.from <= on && (assignment.to === null || on <= assignment.to)
}
