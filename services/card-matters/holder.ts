import { asActor, type Id, Refusal, systemActor, type Work } from '../../ground/door.ts'
import { type Card, cardsOf, findPersonByIdNumber, registerPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { type MatterState, matterFlowId } from './matter-state.ts'

const purpose = 'card matter'

/** Who stands at the counter, by what their identity document says. */
export type ShownIdentity = { idNumber: string; name: string }

/** How a holder stands: the card in force, and the case whose card is made and not in force yet. */
export type HolderStanding = {
  died: boolean
  card: Card | undefined
  waiting: { caseId: Id; status: 'made' | 'handed_over' } | undefined
}

/** The holder of a matter. */
export type Holder = HolderStanding & { personId: Id }

/**
 * The holder whom an identity document names; the node looks, because a bank sees no persons. Undefined where nobody is registered under the number.
 * Refused: `holder_unknown` where the name is another, so that nothing is told of whom the number is.
 */
export function findHolder(work: Work, { cases }: ServiceTools, shown: ShownIdentity): Promise<Holder | undefined> {
  return asActor(work, systemActor, async (system) => {
    const known = await findPersonByIdNumber(system, shown.idNumber, purpose)
    if (!known) return undefined
    if (known.name !== shown.name) throw new Refusal('holder_unknown', { clause: 'B4.06' })
    const { personId, diedOn } = known
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

/** How somebody stands whom no register knows; only a new card may be asked for by them. Refused else: `holder_unknown`. */
export function standingOfUnknown(matter: MatterState['matter']): HolderStanding {
  if (matter !== 'new_card') throw new Refusal('holder_unknown', { clause: 'B4.06' })
  return { died: false, card: undefined, waiting: undefined }
}

/** Registers whoever asks for a first card and is not known yet. */
export async function registerHolder(work: Work, { idNumber, name }: ShownIdentity, region: string): Promise<Id> {
  const person = { idNumber, name, homeRegion: region, agency: region }
  return (await asActor(work, systemActor, (system) => registerPerson(system, person))).personId
}
