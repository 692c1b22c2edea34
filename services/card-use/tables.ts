import type { Generated } from 'kysely'
import type { Id, Instant, PlainDate, Work } from '../../ground/door.ts'

/** The six fields in which the card is used (B4.01). */
export const fields = ['tourism', 'transport', 'medical', 'government', 'benefits', 'consumption'] as const
export type Field = (typeof fields)[number]

/** What a card is presented for. */
export const useKinds = [
  'ticket',
  'entry',
  'fare',
  'registration',
  'visit',
  'medicine',
  'identification',
  'benefit_lookup',
  'purchase',
  'bill',
] as const
export type UseKind = (typeof useKinds)[number]

/** What terminals of a field do; those of the first list take money. */
export const kindsOfField: Record<Field, { paid: readonly UseKind[]; free: readonly UseKind[] }> = {
  tourism: { paid: ['ticket'], free: ['entry'] },
  transport: { paid: ['fare'], free: [] },
  medical: { paid: ['registration', 'medicine'], free: ['visit'] },
  government: { paid: [], free: ['identification'] },
  benefits: { paid: [], free: ['benefit_lookup'] },
  consumption: { paid: ['purchase', 'bill'], free: [] },
}

/** The most that one use can be of, in fen: a million yuan, as the table keeps it and the rule reads it; what may be paid is far below. */
export const amountFenMax = 100_000_000

/** What becomes of presenting a card. */
export type UseOutcome = 'accepted' | 'refused'

/** The service's own tables. */
export type CardUseTables = {
  'svc_card_use.terminal': {
    id: Id
    name: string
    field: Field
    employer_id: Id | null
    institution_id: Id | null
    agency: string
    opened_at: Instant
  }
  'svc_card_use.card_use': {
    id: Id
    terminal_id: Id
    serial: string
    digest: string
    agency: string
    person_id: Id | null
    card_id: Id | null
    medium: 'card' | 'e_card'
    kind: UseKind | 'refund'
    amount_fen: number
    tapped_at: Instant
    tapped_on: PlainDate
    offline: boolean
    outcome: UseOutcome
    reason: string | null
    clause: string | null
    of_use_id: Id | null
    recorded_at: Instant
  }
  'svc_card_use.purse_pin': { person_id: Id; pin_index: string; wrong_tries: Generated<number>; set_at: Instant }
}

/** The work's transaction with the service's tables. */
export function ownTables(work: Work) {
  return work.db.withTables<CardUseTables>()
}
