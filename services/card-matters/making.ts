import {
  asActor,
  type Id,
  must,
  type PlainDate,
  Refusal,
  seal,
  systemActor,
  unseal,
  type Work,
} from '../../ground/door.ts'
import {
  applyECard,
  authoriseApp,
  type Card,
  cardsOf,
  issueCard,
  replaceCard,
  reportCardLost,
} from '../../people/door.ts'
import type { MatterState } from './matter-state.ts'
import { ownTables } from './tables.ts'

const purpose = 'card matter'

/** A card as it comes out of the machine. */
export type MadeCard = { caseId: Id; number: string; bankName: string; accountNumber?: string | undefined }

/** Keeps a made card until it is in force, its account sealed. Refused: `card_number_taken`. */
export function keepMadeCard(work: Work, { caseId, number, bankName, accountNumber }: MadeCard): Promise<void> {
  return asActor(work, systemActor, async (system) => {
    const { keys, random } = system.node
    const { numInsertedOrUpdatedRows } = await ownTables(system)
      .insertInto('svc_card_matters.made_card')
      .values({
        case_id: caseId,
        number,
        bank_name: bankName,
        account_sealed: accountNumber === undefined ? null : seal(keys, random, accountNumber),
        made_at: system.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows !== 1n) throw new Refusal('card_number_taken', { params: { number } })
  })
}

/**
 * Brings the made card of a case into force, with everything that belongs to it in the same transaction (B4.13): the old card is reported lost
 * and ends, the new one is issued, and where the old one had an e-card the holder has one on the new card in the same apps.
 */
export function bringIntoForce(
  work: Work,
  { caseId, state, outlet }: { caseId: Id; state: MatterState; outlet: string },
): Promise<{ cardId: Id; inForceOn: PlainDate }> {
  return asActor(work, systemActor, async (system) => {
    const personId = must(state.personId, 'the holder')
    const plan = must(state.plan, 'the plan')
    const made = await madeCardOf(system, caseId)
    const cards = await cardsOf(system, personId, purpose)
    const old = cards.find(({ state: cardState }) => cardState === 'active' || cardState === 'lost')
    if (plan.reportsLoss && old?.state === 'active') await reportCardLost(system, old.cardId)
    const card = { number: made.number, outlet, ...(made.bank && { bank: made.bank }) }
    const cardId =
      plan.endsOldCard && old
        ? await replaceCard(system, { ...card, cardId: old.cardId })
        : await issueCard(system, { ...card, personId })
    if (plan.renewsECard) await renewECard(system, personId, old)
    return { cardId, inForceOn: system.today }
  })
}

async function renewECard(system: Work, personId: Id, old: Card | undefined): Promise<void> {
  const [first, ...others] = old?.eCard?.apps ?? []
  if (first === undefined) return
  const { eCardId } = await applyECard(system, { personId, app: first })
  for (const app of others) await authoriseApp(system, { eCardId, app })
}

async function madeCardOf(system: Work, caseId: Id) {
  const made = await ownTables(system)
    .selectFrom('svc_card_matters.made_card')
    .selectAll()
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  const { number, bank_name: name, account_sealed } = must(made, 'the made card')
  const accountNumber = account_sealed && unseal(system.node.keys, account_sealed)
  return { number, bank: accountNumber === null ? null : { name, accountNumber } }
}
