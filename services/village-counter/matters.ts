import { z } from 'zod'
import { schemaDate, schemaId, schemaRegion } from '../../ground/door.ts'

/** This service's id, under which its control rules stand in the register. */
export const serviceId = 'village-counter'

/** The flow of matters accepted in a village. */
export const matterFlowId = 'village-matter'

/** The kind under which the resident pension stands among benefits. */
export const pensionKind = 'resident_pension'

/** The seven matters of high frequency: registration is named, the others are assumed (B3-o1). */
export const matters = [
  'registration',
  'level_change',
  'benefit_claim',
  'certification',
  'transfer',
  'cancellation',
  'statement',
] as const

/** See `matters`. */
export type Matter = (typeof matters)[number]

/** What a matter needs beyond whom it is about. */
export const matterDetails = z.strictObject({
  /** The level of contributions chosen, 1 the lowest. */
  level: z.int().min(1).max(20).exactOptional(),
  toRegion: schemaRegion.exactOptional(),
  diedOn: schemaDate.exactOptional(),
})

/** See `matterDetails`. */
export type MatterDetails = z.infer<typeof matterDetails>

/** Which detail each matter cannot do without. */
export const detailNeeded: Partial<Record<Matter, keyof MatterDetails>> = {
  registration: 'level',
  level_change: 'level',
  transfer: 'toRegion',
  cancellation: 'diedOn',
}

/**
 * Matters that another service takes in, by the name under which it does: what grants a pension also pays it, as long as whoever draws it proves that they may,
 * and ends it.
 */
export const passedOnAs: Partial<Record<Matter, string>> = {
  benefit_claim: pensionKind,
  certification: `${pensionKind}_proof`,
}

/** State of a matter. Whom it is about stands in the case's subject. */
export const matterState = z.strictObject({
  matter: z.enum(matters).nullable(),
  acceptedOn: schemaDate.nullable(),
  counter: z.strictObject({ id: schemaId, code: z.string(), stationId: schemaId }).nullable(),
  details: matterDetails,
  broughtBy: z.enum(['self', 'agent']),
  findings: z.array(z.string()),
  newRecord: z.boolean(),
  effect: z
    .strictObject({
      enrolmentId: schemaId.nullable(),
      /** The case in which it is decided, where another service decides. */
      passedOn: z.strictObject({ caseId: schemaId, number: z.string() }).nullable().default(null),
    })
    .nullable(),
})

/** See `matterState`. */
export type MatterState = z.infer<typeof matterState>

/** Where a matter may stand. */
export type MatterStatus =
  | 'handing_over'
  | 'second_look'
  | 'handing_back'
  | 'superior'
  | 'accepted'
  | 'done'
  | 'refused'
  | 'returned'
  | 'withdrawn'
  | 'taken_back'
  | 'under_objection'
