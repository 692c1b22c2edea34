import { type PlainDate, Refusal, type Work } from '../../ground/door.ts'
import type { Rulebook, Ruling } from '../../law/door.ts'

/** A whole number among the values of the service, on a day in an agency's region. */
export async function numberOf(
  work: Work,
  rulebook: Rulebook,
  name: string,
  at: { on: PlainDate; agency: string },
): Promise<number> {
  const { value } = await rulebook.valueOf(work, name, { on: at.on, insuredRegion: at.agency })
  return Number(value)
}

/** What a rule says; what it refuses is thrown as its refusal. */
export async function requireGranted(
  work: Work,
  rulebook: Rulebook,
  question: { policy: string; on: PlainDate; agency: string; facts: Record<string, unknown> },
): Promise<Ruling> {
  const { policy, on, agency, facts } = question
  const ruling = await rulebook.decide(work, { policy, on, insuredRegion: agency, facts })
  const { outcome, reason, because } = ruling.decision
  if (outcome === 'refused') throw new Refusal(reason ?? 'refused', { clause: because })
  return ruling
}
