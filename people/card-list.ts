import { type Id, type PlainDate, unseal, type Work } from '../ground/door.ts'
import { logRead } from './access-log.ts'
import { maskIdNumber } from './identity-number.ts'
import { containing, withinRegion } from './search-text.ts'
import { type CardState, type ECardState, peopleTables } from './tables.ts'

/** A line of the list of cardholders (台账, B4.09): the card with its holder, numbers masked as everywhere. */
export type CardholderLine = {
  cardId: Id
  personId: Id
  name: string
  idNumberMasked: string
  birthOn: PlainDate
  homeRegion: string
  number: string
  state: CardState
  issuedOn: PlainDate
  outlet: string
  bankName: string | null
  eCardState: ECardState | null
}

/** Which cards: each part narrows. `text` is a part of the holder's name, or a whole card number; `after` the card where the last page ended. */
export type CardholderQuery = {
  region?: string | undefined
  state?: CardState | undefined
  outlet?: string | undefined
  text?: string | undefined
  after?: Id | undefined
  limit: number
}

/** The cards whose holders the actor may see, in order of their ids; that each holder was listed, and why, is in the access log. */
export async function cardholders(work: Work, query: CardholderQuery, purpose: string): Promise<CardholderLine[]> {
  const { region, state, outlet, text, after, limit } = query
  let search = peopleTables(work)
    .selectFrom('people.card as card')
    .innerJoin('people.person as person', 'person.id', 'card.person_id')
    .leftJoin('people.e_card as e_card', (join) =>
      join.onRef('e_card.card_id', '=', 'card.id').on('e_card.state', '<>', 'cancelled'),
    )
    .select([
      'card.id',
      'card.person_id',
      'card.number',
      'card.state',
      'card.issued_on',
      'card.outlet',
      'card.bank_name',
    ])
    .select(['person.name', 'person.id_number_sealed', 'person.birth_on', 'person.home_region'])
    .select('e_card.state as e_card_state')
  if (region) search = search.where('person.home_region', 'like', withinRegion(region))
  if (state) search = search.where('card.state', '=', state)
  if (outlet) search = search.where('card.outlet', 'like', containing(outlet))
  if (text) {
    const name = containing(text)
    search = search.where(({ or, eb }) => or([eb('person.name', 'like', name), eb('card.number', '=', text.trim())]))
  }
  if (after) search = search.where('card.id', '>', after)
  const rows = await search.orderBy('card.id').limit(limit).execute()
  await logRead(work, [...new Set(rows.map((row) => row.person_id))], 'list_cardholders', purpose)
  return rows.map((row) => ({
    cardId: row.id,
    personId: row.person_id,
    name: row.name,
    idNumberMasked: maskIdNumber(unseal(work.node.keys, row.id_number_sealed)),
    birthOn: row.birth_on,
    homeRegion: row.home_region,
    number: row.number,
    state: row.state,
    issuedOn: row.issued_on,
    outlet: row.outlet,
    bankName: row.bank_name,
    eCardState: row.e_card_state,
  }))
}
