import { z } from 'zod'
import { type CaseFile, stepsOf } from '../../../cases/door.ts'
import { schemaDate, schemaFen, schemaId, schemaInstant, schemaRegion } from '../../../ground/door.ts'
import { careKinds, costTypes, filingClasses } from '../form.ts'
import { rulingSummary } from '../messages-between.ts'

/** What the hospital said at admission; the card's code itself is not kept. */
export const admission = z.strictObject({
  insuredRegion: schemaRegion,
  shownBy: z.enum(['qr', 'card']),
  scannedAt: schemaInstant.nullable(),
  careKind: z.enum(careKinds),
  costType: z.enum(costTypes),
  admittedOn: schemaDate,
  bed: z.string().nullable(),
})

/** See `admission`. */
export type Admission = z.infer<typeof admission>

/** What home answered; kept with its ruling. */
export const eligibility = z.strictObject({
  ruling: rulingSummary,
  catalogueOf: z.enum(['treatment', 'insured']).nullable(),
  patientId: schemaId.nullable(),
  filing: z
    .strictObject({ number: z.string(), filingClass: z.enum(filingClasses), validTo: schemaDate.nullable() })
    .nullable(),
  manualClaim: z.string().nullable(),
})

/** See `eligibility`. */
export type Eligibility = z.infer<typeof eligibility>

/** Totals of a bill version. */
export const billTotals = z.strictObject({
  version: z.int().min(1),
  lineCount: z.int().min(1),
  totalFen: schemaFen,
  sourceName: z.string(),
})

/** What a preview came to (预结算). */
export const preview = z.strictObject({
  number: z.int().min(1),
  billVersion: z.int().min(1),
  totalFen: schemaFen,
  fundFen: schemaFen,
  personFen: schemaFen,
  notForInjuryFen: schemaFen,
  outsideCatalogueFen: schemaFen,
  overLimitFen: schemaFen,
})

/** See `preview`. */
export type Preview = z.infer<typeof preview>

/** The settlement at discharge and what became of it. */
export const settlement = z.strictObject({
  number: z.string(),
  revision: z.int().min(1),
  dischargedOn: schemaDate,
  settledOn: schemaDate,
  totalFen: schemaFen,
  fundFen: schemaFen,
  personFen: schemaFen,
  /** Deducted at the audit or corrected afterwards. */
  deductedFen: schemaFen,
  declaredTravelFen: schemaFen,
  declaredLodgingFen: schemaFen,
  auditedOn: schemaDate.nullable(),
  undoneOn: schemaDate.nullable(),
  /** The preview that it settled: its lines and prices. */
  previewNumber: z.int().min(0).default(0),
  /** The hospital's own number of the transaction, by which it can be reversed (冲正). */
  transactionNumber: z.string().nullable().default(null),
  /** What home said: not yet, booked, or disputed with a code. */
  home: z.enum(['waiting', 'booked', 'disputed']),
  homeCode: z.string().nullable(),
  claimNumber: z.string().nullable(),
})

/** See `settlement`. */
export type Settlement = z.infer<typeof settlement>

const deduction = z.strictObject({ amountFen: schemaFen, reason: z.string(), appeal: z.string().nullable() })

/** Parses the state of a stay. */
export const stayState = z.strictObject({
  admission: admission.nullable(),
  eligibility: eligibility.nullable(),
  bill: billTotals.nullable(),
  /** The bill version whose device lines home is asked to price. */
  awaitingPrices: z.int().nullable(),
  previews: z.int().min(0),
  preview: preview.nullable(),
  /** How often the stay was settled; an undone settlement may be followed by another. */
  settlements: z.int().min(0),
  settlement: settlement.nullable(),
  proposedDeduction: deduction.nullable(),
  /** Transactions of the hospital that were reversed, whether they had come here or not: none of them settles any more. */
  reversed: z.array(z.string()).default([]),
  /** The day on which the person left without direct settlement. */
  leftOn: schemaDate.nullable(),
})

/** The state of a stay: admission, home's answer, bill, preview, settlement and what the agency did with it. */
export type StayState = z.infer<typeof stayState>

/** A stay as the case log has it. */
export type StayFile = CaseFile<StayState>

/** 在院、预结算、已结算、已撤销、已对账、已审核、已拨付、已清算, and the ways out. */
export type StayStatus =
  | 'pending_eligibility'
  | 'redirected'
  | 'in_hospital'
  | 'previewed'
  | 'settled'
  | 'reconciled'
  | 'deduction_proposed'
  | 'appealed'
  | 'audited'
  | 'paid'
  | 'cleared'
  | 'undone'
  | 'left_without_settlement'

/** Where a stay can stand once it was settled: word of the insured region and of clearing comes in whenever it comes. */
export const onceSettled = [
  'settled',
  'reconciled',
  'deduction_proposed',
  'appealed',
  'audited',
  'paid',
  'cleared',
  'undone',
  'in_hospital',
  'previewed',
  'left_without_settlement',
] as const satisfies readonly StayStatus[]

/** The empty state before admission. */
export const initialStay: StayState = {
  admission: null,
  eligibility: null,
  bill: null,
  awaitingPrices: null,
  previews: 0,
  preview: null,
  settlements: 0,
  settlement: null,
  proposedDeduction: null,
  reversed: [],
  leftOn: null,
}

/** Makes a step of the stay flow. */
export const step = stepsOf<StayState, StayStatus>()
