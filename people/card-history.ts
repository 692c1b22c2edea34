import { addMilliseconds, type Id, type Instant, type Work } from '../ground/door.ts'
import { type CardState, peopleTables } from './tables.ts'

/** Writes down since when a card is in a state. */
export async function recordCardState(work: Work, cardId: Id, state: CardState): Promise<void> {
  await peopleTables(work)
    .insertInto('people.card_state_change')
    .values({ card_id: cardId, state, at: work.now })
    .execute()
}

/** How a card stood at a moment: what was done with it then is judged by that; undefined before it was issued. */
export async function cardStateAt(work: Work, cardId: Id, at: Instant): Promise<CardState | undefined> {
  const row = await peopleTables(work)
    .selectFrom('people.card_state_change')
    .select('state')
    .where('card_id', '=', cardId)
    // Instants compare as text in the one form with milliseconds.
    .where('at', '<=', addMilliseconds(at, 0))
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.state
}
