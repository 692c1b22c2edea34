import type { Selectable } from 'kysely'
import { type Id, Refusal, type Work } from '../ground/door.ts'
import { type PeopleTables, peopleTables } from './tables.ts'

/** A card as stored. Stays inside the room. */
export type CardRow = Selectable<PeopleTables['people.card']>

/** The card, held against concurrent changes until the transaction ends: whoever moves a card or its e-card takes it first. */
export async function lockCard(work: Work, cardId: Id): Promise<CardRow> {
  const row = await peopleTables(work)
    .selectFrom('people.card')
    .selectAll()
    .where('id', '=', cardId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('card_unknown')
  return row
}

/** The one card of a person that is in use, or lost and not yet replaced. */
export function findCardInForce(work: Work, personId: Id): Promise<CardRow | undefined> {
  return peopleTables(work)
    .selectFrom('people.card')
    .selectAll()
    .where('person_id', '=', personId)
    .where('state', 'in', ['active', 'lost'])
    .executeTakeFirst()
}
