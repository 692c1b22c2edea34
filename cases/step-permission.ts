import { type Actor, actorPersonId, actorRole, actorUserId, type Id, Refusal } from '../ground/door.ts'
import type { CaseEvent } from './event.ts'
import type { CaseFile, CaseFlow, Subject } from './flow.ts'
import { getStep } from './flow-book.ts'

/** Why this actor may not take a step on a case as it stands; undefined when nothing stands against it. */
export function findObstacle(
  flow: CaseFlow,
  file: CaseFile,
  history: readonly CaseEvent[],
  name: string,
  actor: Actor,
): Refusal | undefined {
  const step = getStep(flow, name)
  if (!step.from?.includes(file.status)) {
    return new Refusal('step_not_open', { params: { step: name, status: file.status } })
  }
  if (!step.by.includes(actorRole(actor))) {
    return new Refusal('not_your_step', { params: { step: name, role: actorRole(actor) } })
  }
  if (step.onceOr !== undefined && history.some((event) => event.kind === name)) return new Refusal(step.onceOr)
  return findExclusion(flow, history, name, actorUserId(actor))
}

/** The exclusion of officers by the steps they took themselves (B3.11, B3-t1). */
export function findExclusion(
  flow: CaseFlow,
  history: readonly CaseEvent[],
  name: string,
  userId: Id | null,
): Refusal | undefined {
  if (userId === null) return undefined
  const excluding = getStep(flow, name).notSameUserAs ?? []
  const taken = history.find((event) => excluding.includes(event.kind) && actorUserId(event.actor) === userId)
  return taken && new Refusal('same_officer_excluded', { clause: 'B3.11', params: { step: name, taken: taken.kind } })
}

/** Whether an actor may know who of a desk has a case in hand: that desk and officers do, whom the case is about does not. */
export function maySeeHolder(actor: Actor, taskRole: string | null | undefined): boolean {
  return actor.kind === 'staff' || actorRole(actor) === taskRole
}

/** Refuses an opening for someone whom the actor does not stand for: they could not see the case afterwards. */
export function findOpeningObstacle(actor: Actor, subject: Subject, agency: string): Refusal | undefined {
  return standsFor(actor, subject, agency) ? undefined : new Refusal('not_yours_to_open', { params: { agency } })
}

function standsFor(actor: Actor, subject: Subject, agency: string): boolean {
  switch (actor.kind) {
    case 'system':
      return true
    case 'staff':
      return agency.startsWith(actor.agency.replace(/(00){1,2}$/, ''))
    case 'institution':
      return subject.institutionId === actor.institutionId
    case 'employer':
      return subject.employerId === actor.employerId
    case 'person':
      return subject.personId === actorPersonId(actor)
    case 'public':
      return false
  }
}
