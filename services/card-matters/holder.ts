import { asActor, type Id, Refusal, systemActor, type Work } from '../../ground/door.ts'
import { type Card, cardsOf, findPersonByIdNumber, getPerson, registerPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { matterFlowId } from './matter-state.ts'
import type { Outlet } from './outlets.ts'

const purpose = 'card matter'

/** Who stands at the counter, by what their identity document says. */
export type ShownIdentity = { idNumber: string; name: string }

/** The holder of a matter: the card in force, and the case whose card is made and not in force yet. */
export type Holder = {
  personId: Id
  died: boolean
  card: Card | undefined
  waiting: { caseId: Id; status: 'made' | 'handed_over' } | undefined
}

/**
 * The one record of whoever shows an identity document; the node looks, because a bank sees no persons. Only a new card may be asked for by
 * somebody who is not known yet. Refused: `holder_unknown`, also where the name is another, `id_number_of_another_name`.
 */
export function holderOf(
  work: Work,
  { cases }: ServiceTools,
  shown: ShownIdentity & { outlet: Outlet; mayBeNew: boolean },
): Promise<Holder> {
  return asActor(work, systemActor, async (system) => {
    const personId = await personIdOf(system, shown)
    const { diedOn } = await getPerson(system, personId, purpose)
    const cards = await cardsOf(system, personId, purpose)
    const rows = await cases().find(system, { flow: matterFlowId, personId, open: true })
    const row = rows.find(({ status }) => status === 'made' || status === 'handed_over')
    return {
      personId,
      died: diedOn !== null,
      card: cards.find(({ state }) => state === 'active' || state === 'lost'),
      waiting: row && { caseId: row.caseId, status: row.status === 'made' ? 'made' : 'handed_over' },
    }
  })
}

async function personIdOf(
  system: Work,
  { idNumber, name, outlet, mayBeNew }: ShownIdentity & { outlet: Outlet; mayBeNew: boolean },
): Promise<Id> {
  const { region } = outlet
  if (mayBeNew) return (await registerPerson(system, { idNumber, name, homeRegion: region, agency: region })).personId
  const known = await findPersonByIdNumber(system, idNumber, purpose)
  if (known?.name !== name) throw new Refusal('holder_unknown', { clause: 'B4.06' })
  return known.personId
}
