import { actorPersonId, BadInput, type Id, Refusal, type Work } from '../ground/door.ts'
import { isWithin } from '../law/door.ts'

/** Whether people or employers apply. */
export type ApplicantKind = 'person' | 'employer'

/**
 * Who applies: the caller, or whom an officer of the counter, or the node for another region, names (`named`, said in the body as `partyId` where `path` says nothing else). Refusal
 * `not_yours_to_open` where a person asks for what employers apply for or the other way round; `BadInput` where they name nobody.
 */
export function applicantIdOf(
  { actor, node }: Work,
  { applicant, named, path = 'body.partyId' }: { applicant: ApplicantKind; named: Id | undefined; path?: string },
): Id {
  if (actor.kind === 'staff' || actor.kind === 'system') {
    if (named !== undefined) return named
    throw new BadInput([{ path, expected: `the ${applicant} that applies`, found: 'nothing' }])
  }
  const own = applicant === 'person' ? actorPersonId(actor) : actor.kind === 'employer' ? actor.employerId : null
  if (own === null) throw new Refusal('not_yours_to_open', { params: { agency: node.region } })
  return own
}

/** Refusal `not_yours_to_open` for an officer whose agency is neither this one nor above it: registers are read for whoever is responsible. */
export function requireResponsible({ actor }: Work, agency: string): void {
  if (actor.kind !== 'staff' || agency === actor.agency || isWithin(agency, actor.agency)) return
  throw new Refusal('not_yours_to_open', { params: { agency } })
}
