import type { Generated } from 'kysely'
import type { Id, Instant, PlainDate, Work } from '../../ground/door.ts'

/** What a place below a county is. */
export type TownshipKind = 'town' | 'sub_district' | 'committee'

/** Where an outlet stands: on the bank's own premises, or as a counter inside a hall of the administration (B4.05). */
export const outletPlaces = ['own_premises', 'government_hall', 'retiree_hall'] as const
export type OutletPlace = (typeof outletPlaces)[number]

/** What happened to blank cards. */
export const blankMovements = ['delivered', 'used', 'spoiled', 'returned'] as const
export type BlankMovement = (typeof blankMovements)[number]

/** The service's own tables. */
export type CardMatterTables = {
  'svc_card_matters.township': { code: string; region: string; name_zh: string; name_en: string; kind: TownshipKind }
  'svc_card_matters.outlet': {
    institution_id: Id
    region: string
    township: string
    place: OutletPlace
    agreement: boolean
    instant_issue: boolean
    card_makers: number
    full_time_staff: number
    self_service_terminals: number
    opened_on: PlainDate
    closed_on: Generated<PlainDate | null>
  }
  'svc_card_matters.blank_movement': {
    seq: Generated<number>
    institution_id: Id
    agency: string
    kind: BlankMovement
    cards: number
    note: string
    case_id: Id | null
    user_id: Id | null
    moved_at: Instant
  }
  'svc_card_matters.made_card': {
    case_id: Id
    number: string
    bank_name: string
    account_sealed: Buffer | null
    made_at: Instant
  }
}

/** The work's transaction with the service's tables. */
export function ownTables(work: Work) {
  return work.db.withTables<CardMatterTables>()
}
