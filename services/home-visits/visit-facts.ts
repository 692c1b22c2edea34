import {
  actorPersonId,
  asActor,
  BadInput,
  type Id,
  monthsBetween,
  Refusal,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { findPersonByIdNumber, getPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { isNeedRecorded, type VisitReason } from './needs.ts'
import { type visitMatters, visitPlan } from './visit-state.ts'

/** Whom a visit is asked for: the caller, whom the counter names, or whose identity document a village operator was shown. */
export type Named = { personId?: Id | undefined; idNumber?: string | undefined; name?: string | undefined }

/** Refused: `holder_not_found` where name and number do not fit, or nobody is known by them. */
export async function personOf(work: Work, { personId, idNumber, name }: Named): Promise<Id> {
  const own = actorPersonId(work.actor)
  if (own !== null) return own
  if (work.actor.kind === 'staff' && personId !== undefined) return personId
  if (idNumber === undefined) {
    throw new BadInput([{ path: 'idNumber', expected: 'the identity number of whom is visited', found: 'nothing' }])
  }
  return asActor(work, systemActor, async (system) => {
    const known = await findPersonByIdNumber(system, idNumber, 'home visit')
    if (!known || known.name !== name) throw new Refusal('visited_not_found', { clause: 'B4.10' })
    return known.personId
  })
}

/** What is asked for. */
export type Asked = { reason: VisitReason; matter: (typeof visitMatters)[number]; evidenceShown: boolean }

/** What the rule says to a request; refused as the rule does. */
export function planOf(work: Work, { rulebook }: ServiceTools, personId: Id, asked: Asked) {
  return asActor(work, systemActor, async (system) => {
    const { birthOn, agency, diedOn } = await getPerson(system, personId, 'home visit')
    const ruling = await rulebook.decide(system, {
      policy: 'home-visit',
      on: system.today,
      insuredRegion: agency,
      facts: {
        reason: asked.reason,
        matter: asked.matter,
        ageYears: Math.floor(monthsBetween(birthOn, system.today) / 12),
        needRecorded: await isNeedRecorded(system, personId, asked.reason, system.today),
        evidenceShown: asked.evidenceShown,
        died: diedOn !== null,
      },
    })
    const { decision } = ruling
    if (decision.outcome !== 'granted') throw new Refusal(decision.reason ?? 'refused', { clause: decision.because })
    const results = Object.fromEntries(Object.entries(decision.results).map(([name, result]) => [name, result?.value]))
    return { agency, plan: visitPlan.parse(results), ruling }
  })
}
