import { asActor, blindIndex, type Id, Refusal, systemActor, takeTurns, type Work } from '../../ground/door.ts'
import { cardsOf, findPayoutAccount } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { movePurse, purseFen } from './books.ts'
import { ownTables } from './tables.ts'

const purpose = 'card purse'
const wrongTriesMax = 3

/** Those who change one purse go one after the other. */
export function lockPurse(work: Work, personId: Id): Promise<void> {
  return takeTurns(work, `card-purse:${personId}`)
}

/**
 * Loads the purse from the account behind the card, once for a `reference`. Refused as the rule says: `card_not_good`,
 * `no_account_behind_card`, `over_purse_limit`.
 */
export function loadPurse(
  work: Work,
  { rulebook }: ServiceTools,
  { personId, amountFen, reference }: { personId: Id; amountFen: number; reference: string },
): Promise<number> {
  return asActor(work, systemActor, async (system) => {
    await lockPurse(system, personId)
    const cards = await cardsOf(system, personId, purpose)
    const account = await findPayoutAccount(system, personId, purpose)
    const balanceFen = await purseFen(system, personId)
    const { decision } = await rulebook.decide(system, {
      policy: 'purse-load',
      on: system.today,
      insuredRegion: system.node.region,
      facts: {
        cardActive: cards.some(({ state }) => state === 'active'),
        hasAccount: account !== undefined,
        amountFen,
        balanceFen,
      },
    })
    if (decision.outcome !== 'granted') throw new Refusal(decision.reason ?? 'refused', { clause: decision.because })
    await movePurse(system, { key: `load:${reference}`, kind: 'purse_loaded', personId, amountFen, reference })
    return purseFen(system, personId)
  })
}

/** Gives money of the purse back to the holder's account, also after the card was lost or ended. Refused: `overdraft_refused`. */
export function unloadPurse(
  work: Work,
  { personId, amountFen, reference }: { personId: Id; amountFen: number; reference: string },
): Promise<number> {
  return asActor(work, systemActor, async (system) => {
    await lockPurse(system, personId)
    await movePurse(system, { key: `unload:${reference}`, kind: 'purse_unloaded', personId, amountFen, reference })
    return purseFen(system, personId)
  })
}

/** Sets the PIN of a purse; wrong tries count from nothing again. */
export function setPin(work: Work, personId: Id, pin: string): Promise<void> {
  return asActor(work, systemActor, async (system) => {
    const set = { pin_index: indexOf(system, personId, pin), wrong_tries: 0, set_at: system.now }
    await ownTables(system)
      .insertInto('svc_card_use.purse_pin')
      .values({ person_id: personId, ...set })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet(set))
      .execute()
  })
}

/** Why a PIN does not count, if it does not: `pin_not_set`, `pin_wrong` (which is counted), `pin_locked` after three wrong ones. */
export async function findPinProblem(system: Work, personId: Id, pin: string): Promise<string | undefined> {
  const query = ownTables(system).selectFrom('svc_card_use.purse_pin').selectAll().where('person_id', '=', personId)
  const kept = await query.forUpdate().executeTakeFirst()
  if (!kept) return 'pin_not_set'
  if (kept.wrong_tries >= wrongTriesMax) return 'pin_locked'
  const isRight = kept.pin_index === indexOf(system, personId, pin)
  const wrong_tries = isRight ? 0 : kept.wrong_tries + 1
  if (wrong_tries !== kept.wrong_tries) {
    await ownTables(system)
      .updateTable('svc_card_use.purse_pin')
      .set({ wrong_tries })
      .where('person_id', '=', personId)
      .execute()
  }
  return isRight ? undefined : 'pin_wrong'
}

/** Whether a holder has set a PIN that still counts. */
export function pinState(work: Work, personId: Id): Promise<'none' | 'set' | 'locked'> {
  return asActor(work, systemActor, async (system) => {
    const query = ownTables(system).selectFrom('svc_card_use.purse_pin').select('wrong_tries')
    const kept = await query.where('person_id', '=', personId).executeTakeFirst()
    return !kept ? 'none' : kept.wrong_tries >= wrongTriesMax ? 'locked' : 'set'
  })
}

function indexOf(work: Work, personId: Id, pin: string): string {
  return blindIndex(work.node.keys, `card-purse-pin:${personId}:${pin}`)
}
