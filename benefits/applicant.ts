import { actorPersonId, BadInput, type Id, type PlainDate, Refusal, type Work } from '../ground/door.ts'
import { isWithin } from '../law/door.ts'
import { getPerson } from '../people/door.ts'
import type { Benefit, Party } from './benefit.ts'

/**
 * Who applies, and to which agency: the caller, or whom an officer of the counter names. Refusal `not_yours_to_open` where a person asks for what
 * employers apply for or the other way round, and where an officer's agency is not the responsible one nor above it; `person_unknown`; and what
 * `agencyOf` says.
 */
export async function applicantOf(
  work: Work,
  benefit: Benefit,
  { partyId, on }: { partyId?: Id | undefined; on: PlainDate },
): Promise<{ party: Party; agency: string }> {
  const party = { kind: benefit.applicant, id: applicantId(work, benefit, partyId) }
  const agency = await benefit.agencyOf(work, party, on)
  requireResponsible(work, agency)
  // Registers are read by the node; the person's access log also says which officer had them read.
  if (work.actor.kind === 'staff' && party.kind === 'person') {
    await getPerson(work, party.id, 'application at the counter')
  }
  return { party, agency }
}

/** Refusal `not_yours_to_open` for an officer whose agency is neither this one nor above it: registers are read for whoever is responsible. */
export function requireResponsible({ actor }: Work, agency: string): void {
  if (actor.kind !== 'staff' || agency === actor.agency || isWithin(agency, actor.agency)) return
  throw new Refusal('not_yours_to_open', { params: { agency } })
}

function applicantId({ actor, node }: Work, { applicant }: Benefit, named: Id | undefined): Id {
  if (actor.kind === 'staff') {
    if (named !== undefined) return named
    throw new BadInput([{ path: 'body.partyId', expected: `the ${applicant} that applies`, found: 'nothing' }])
  }
  const own = applicant === 'person' ? actorPersonId(actor) : actor.kind === 'employer' ? actor.employerId : null
  if (own === null) throw new Refusal('not_yours_to_open', { params: { agency: node.region } })
  return own
}
