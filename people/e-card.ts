import { z } from 'zod'
import { type Id, type Instant, parseInput, Refusal, schemaId, type Work } from '../ground/door.ts'
import { logWrite } from './access-log.ts'
import { findCardInForce, lockCard } from './card-row.ts'
import { guarded } from './constraints.ts'
import { type ECardState, peopleTables } from './tables.ts'

/** The e-card (电子社保卡) on a card, with the apps that may show it. */
export type ECard = {
  eCardId: Id
  cardId: Id
  version: string
  state: ECardState
  appliedAt: Instant
  apps: string[]
}

/** The version of the e-card in use (B1.02). */
const currentVersion = '3.0'

/** The name of an app that shows e-cards, e.g. `app:12333`. */
export const schemaApp = z.string().regex(/^app:[a-z0-9-]+$/, { error: 'an app such as app:12333' })

/** What applying for an e-card takes. */
export const schemaECardApplication = z.object({ personId: schemaId, app: schemaApp })

/**
 * The holder applies on the phone (B1.03) and gets an e-card on the card in force. Refused: `card_missing` without a card,
 * `card_not_active` when it is reported lost, `ecard_already_active` when the card has an e-card (B1.01): authorise the app instead.
 */
export async function applyECard(work: Work, input: z.input<typeof schemaECardApplication>): Promise<ECard> {
  const { personId, app } = parseInput(schemaECardApplication, input)
  const inForce = await findCardInForce(work, personId)
  if (!inForce) throw new Refusal('card_missing', { clause: 'B1.01' })
  const card = await lockCard(work, inForce.id)
  if (card.state !== 'active') throw new Refusal('card_not_active', { clause: 'B1.01', params: { state: card.state } })
  const eCardId = work.newId()
  await guarded(
    peopleTables(work)
      .insertInto('people.e_card')
      .values({
        id: eCardId,
        card_id: card.id,
        card_state: card.state,
        version: currentVersion,
        applied_at: work.now,
      })
      .execute(),
    { e_card_one_per_card: () => new Refusal('ecard_already_active', { clause: 'B1.01' }) },
  )
  await insertApp(work, eCardId, app)
  await logWrite(work, personId, 'apply_e_card')
  return {
    eCardId,
    cardId: card.id,
    version: currentVersion,
    state: 'active',
    appliedAt: work.now,
    apps: [app],
  }
}

/** Lets one more app show an active e-card; the same app twice is once. */
export async function authoriseApp(work: Work, input: { eCardId: Id; app: string }): Promise<void> {
  const app = parseInput(schemaApp, input.app, 'app')
  const personId = await getHolder(work, input.eCardId)
  await insertApp(work, input.eCardId, app)
  await logWrite(work, personId, 'authorise_app')
}

async function insertApp(work: Work, eCardId: Id, app: string): Promise<void> {
  await peopleTables(work)
    .insertInto('people.e_card_app')
    .values({ e_card_id: eCardId, app, authorised_at: work.now })
    .onConflict((conflict) => conflict.columns(['e_card_id', 'app']).doNothing())
    .execute()
}

/** Whose active e-card this is; refused with `ecard_unknown`, or `ecard_not_active` where it is suspended or cancelled. */
export async function getHolder(work: Work, eCardId: Id): Promise<Id> {
  const row = await peopleTables(work)
    .selectFrom('people.e_card as e_card')
    .innerJoin('people.card as card', 'card.id', 'e_card.card_id')
    .select(['card.person_id', 'e_card.state'])
    .where('e_card.id', '=', eCardId)
    .executeTakeFirst()
  if (!row) throw new Refusal('ecard_unknown')
  if (row.state !== 'active') throw new Refusal('ecard_not_active', { clause: 'B1.01', params: { state: row.state } })
  return row.person_id
}

/** The e-cards on these cards that are not cancelled, with their apps: at most one on each card. */
export async function eCardsOn(work: Work, cardIds: Id[]): Promise<ECard[]> {
  if (cardIds.length === 0) return []
  const rows = await peopleTables(work)
    .selectFrom('people.e_card as e_card')
    .select((query) => [
      'e_card.id',
      'e_card.card_id',
      'e_card.version',
      'e_card.state',
      'e_card.applied_at',
      query
        .selectFrom('people.e_card_app as app')
        .select((apps) => apps.fn.agg<string[]>('array_agg', ['app.app']).orderBy('app.authorised_at').as('apps'))
        .whereRef('app.e_card_id', '=', 'e_card.id')
        .as('apps'),
    ])
    .where('e_card.card_id', 'in', cardIds)
    .where('e_card.state', '<>', 'cancelled')
    .execute()
  return rows.map((row) => ({
    eCardId: row.id,
    cardId: row.card_id,
    version: row.version,
    state: row.state,
    appliedAt: row.applied_at,
    apps: row.apps ?? [],
  }))
}

/** Moves the e-card on a card, if it has one in this state. */
export async function moveECard(work: Work, cardId: Id, from: ECardState, to: ECardState): Promise<void> {
  await peopleTables(work)
    .updateTable('people.e_card')
    .set({ state: to })
    .where('card_id', '=', cardId)
    .where('state', '=', from)
    .execute()
}
