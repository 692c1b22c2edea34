import { z } from 'zod'
import { schemaDate, schemaId } from '../../ground/door.ts'

/** The seven matters of the counters (B4.06). */
export const matters = [
  'new_card',
  'exchange',
  'replacement',
  'issue',
  'activation',
  'information_change',
  'open_financial',
] as const

/** What the rule says is all done in the one go (B4.13). */
export const matterPlan = z.strictObject({
  makesCard: z.boolean(),
  reportsLoss: z.boolean(),
  endsOldCard: z.boolean(),
  renewsECard: z.boolean(),
  immediate: z.boolean(),
  withinWorkingDays: z.int(),
})

/** See `matterPlan`. */
export type MatterPlan = z.infer<typeof matterPlan>

/** The state of a matter. Names the holder by id; the account of a card is never in it. */
export const matterState = z.strictObject({
  matter: z.enum(matters).nullable(),
  personId: schemaId.nullable(),
  outletId: schemaId.nullable(),
  byProxy: z.boolean(),
  plan: matterPlan.nullable(),
  /** The number on the card that was made here. */
  cardNumber: z.string().nullable(),
  handedTo: z.enum(['holder', 'proxy']).nullable(),
  /** The card that is in force because of this case. */
  cardId: schemaId.nullable(),
  inForceOn: schemaDate.nullable(),
  spoiled: z.int(),
  /** The case that made the card, where another one handed it over or activated it. */
  carriedOn: schemaId.nullable(),
})

/** See `matterState`. */
export type MatterState = z.infer<typeof matterState>

/** Where a matter stands. */
export type MatterStatus = 'accepted' | 'made' | 'handed_over' | 'done' | 'cancelled' | 'taken_back'

/** The flow of card matters. */
export const matterFlowId = 'card-matter'

/** Before anything happened. */
export const unopenedMatter: MatterState = {
  matter: null,
  personId: null,
  outletId: null,
  byProxy: false,
  plan: null,
  cardNumber: null,
  handedTo: null,
  cardId: null,
  inForceOn: null,
  spoiled: 0,
  carriedOn: null,
}
