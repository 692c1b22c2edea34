import { z } from 'zod'
import { schemaDate, schemaId } from '../../ground/door.ts'
import { visitReasons } from './needs.ts'

/** What is done at home. */
export const visitMatters = [
  'card_new',
  'card_exchange',
  'card_replacement',
  'card_activation',
  'card_data',
  'benefit_authentication',
  'other_matter',
] as const

/** Parts of a day. */
export const slots = ['morning', 'afternoon', 'evening'] as const

/** The devices that the visitors bring (B4.11), and the time they have. */
export const visitPlan = z.strictObject({
  terminal: z.boolean(),
  authenticator: z.boolean(),
  cardMaker: z.boolean(),
  withinWorkingDays: z.int(),
})

/** The state of a visit. */
export const visitState = z.strictObject({
  personId: schemaId.nullable(),
  /** Not `reason`: what a step keeps under that name is shown as somebody's words. */
  why: z.enum(visitReasons).nullable(),
  matter: z.enum(visitMatters).nullable(),
  place: z.string(),
  wish: z.string(),
  plan: visitPlan.nullable(),
  dueOn: schemaDate.nullable(),
  appointment: z.strictObject({ teamId: schemaId, team: z.string(), on: schemaDate, slot: z.enum(slots) }).nullable(),
  attempts: z.int(),
  did: z.string().nullable(),
  /** The case that the visit opened or carried on. */
  carriedCase: z.string().nullable(),
})

/** See `visitState`. */
export type VisitState = z.infer<typeof visitState>

/** Where a visit stands. */
export type VisitStatus = 'requested' | 'scheduled' | 'done' | 'cancelled'

/** The flow of visits. */
export const visitFlowId = 'home-visit'
