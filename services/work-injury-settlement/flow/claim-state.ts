import { z } from 'zod'
import { stepsOf } from '../../../cases/door.ts'
import { schemaDate, schemaFen, schemaId } from '../../../ground/door.ts'
import { filingClasses } from '../form.ts'
import { receipt } from './claim-receipts.ts'

/** What the claim is about: a stay that was settled directly, or one that was not and why. */
export const occasion = z.strictObject({
  personId: schemaId,
  stayNumber: z.string(),
  institutionName: z.string(),
  treatmentRegion: z.string(),
  admittedOn: schemaDate,
  dischargedOn: schemaDate.nullable(),
  stayDays: z.int().min(0).max(3_660),
  filingClass: z.enum(filingClasses).nullable(),
  referralConsent: z.boolean(),
  outsidePoolingArea: z.boolean(),
  /** What the person declared at discharge; paid only against receipts. */
  declaredTravelFen: schemaFen,
  declaredLodgingFen: schemaFen,
  /** The code that kept the stay from direct settlement; null when it was settled and only the rest is claimed. */
  notDirectBecause: z.string().nullable(),
})

/** See `occasion`. */
export type ClaimOccasion = z.infer<typeof occasion>

/** What a claim comes to, by what it is for. */
export const amounts = z.strictObject({
  mealFen: schemaFen,
  travelFen: schemaFen,
  billFen: schemaFen,
  totalFen: schemaFen,
})

/** Where the person is paid. */
export const account = z.strictObject({
  bankName: z.string().trim().min(2).max(60),
  bankAccount: z
    .string()
    .trim()
    .regex(/^\d{8,30}$/, { error: 'a bank account of 8 to 30 digits' }),
})

/** Parses a claim's state. */
export const claimState = z.strictObject({
  occasion: occasion.nullable(),
  /** What is expected from what is known; after the supply, from the receipts. */
  amounts: amounts.nullable(),
  receipts: z.array(receipt),
  /** In-scope part of treatment receipts, found by the officer at acceptance. */
  billInScopeFen: schemaFen,
  account: account.nullable(),
  paidOn: schemaDate.nullable(),
})

/** The state of a manual claim. */
export type ClaimState = z.infer<typeof claimState>

/** The statuses of a claim. */
export type ClaimStatus =
  | 'opened'
  | 'submitted'
  | 'awaiting_completion'
  | 'awaiting_superior'
  | 'accepted'
  | 'reviewed'
  | 'approved'
  | 'paid'
  | 'refused'
  | 'not_accepted'
  | 'under_objection'
  | 'cancelled'

/** The statuses in which nothing has been decided to be paid; a claim in them can still be cancelled. */
export const undecidedClaim = [
  'opened',
  'submitted',
  'awaiting_completion',
  'awaiting_superior',
  'accepted',
  'reviewed',
] as const satisfies readonly ClaimStatus[]

/** Makes a step of the claim flow. */
export const step = stepsOf<ClaimState, ClaimStatus>()
