import { applicantIdOf, requireResponsible } from '../cases/door.ts'
import type { Id, PlainDate, Work } from '../ground/door.ts'
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
  const party = { kind: benefit.applicant, id: applicantIdOf(work, { applicant: benefit.applicant, named: partyId }) }
  const agency = await benefit.agencyOf(work, party, on)
  requireResponsible(work, agency)
  // Registers are read by the node; the person's access log also says which officer had them read.
  if (work.actor.kind === 'staff' && party.kind === 'person') {
    await getPerson(work, party.id, 'application at the counter')
  }
  return { party, agency }
}
