import { z } from 'zod'
import { schemaDate, schemaFen, schemaInstant, schemaRegion } from '../../ground/door.ts'
import { billLinesMax } from './bill.ts'
import { careKinds, costTypes, filingClasses } from './form.ts'

/**
 * What regions say to each other in this service, version 1 of each. No order is promised, so each message about a thing carries its whole
 * state and a revision; an older revision than the known one changes nothing.
 */
export const messageKinds = {
  filingState: 'work-injury.filing.state',
  eligibilityAsk: 'work-injury.eligibility.ask',
  eligibilityAnswer: 'work-injury.eligibility.answer',
  deviceAsk: 'work-injury.device.ask',
  deviceAnswer: 'work-injury.device.answer',
  stayLeft: 'work-injury.stay.left',
  settlementHold: 'work-injury.settlement.hold',
  settlementState: 'work-injury.settlement.state',
  settlementReceipt: 'work-injury.settlement.receipt',
  settlementDisowned: 'work-injury.settlement.disowned',
  dayList: 'work-injury.reconciliation.day',
  dayAnswer: 'work-injury.reconciliation.answer',
  disputeState: 'work-injury.dispute.state',
  disputeAnswer: 'work-injury.dispute.answer',
  prepaid: 'work-injury.prepaid.paid',
  clearingReport: 'work-injury.clearing.report',
  clearingStatement: 'work-injury.clearing.statement',
  clearingPaid: 'work-injury.clearing.paid',
} as const

/** Home tells host: a filing took effect, changed or ended. */
export const filingStateMessage = z.strictObject({
  filingNumber: z.string(),
  revision: z.int().min(1),
  cardNumber: z.string(),
  filingClass: z.enum(filingClasses),
  treatmentRegion: schemaRegion,
  validFrom: schemaDate,
  validTo: schemaDate.nullable(),
  state: z.enum(['effective', 'ended']),
})

/** How the card was shown: the e-card's code, valid for a minute at `scannedAt` (A1.05, B1.01), or the number of the physical card. */
export const cardShown = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('qr'), token: z.string().min(8).max(200), scannedAt: schemaInstant }),
  z.strictObject({ kind: z.literal('card'), cardNumber: z.string().min(4).max(40) }),
])

/** Host asks home at admission: may this stay be settled here? */
export const eligibilityAskMessage = z.strictObject({
  stayNumber: z.string(),
  shown: cardShown,
  careKind: z.enum(careKinds),
  costType: z.enum(costTypes),
  admittedOn: schemaDate,
  thirdPartyLiable: z.boolean(),
  otherInsuranceOpen: z.boolean(),
  institution: z.strictObject({
    code: z.string(),
    name: z.string(),
    region: schemaRegion,
    state: z.enum(['live', 'connected', 'agreed', 'none']),
  }),
})

const bothLanguages = z.strictObject({ zh: z.string(), en: z.string() })

/** A decision as another region and a person may read it: outcome, code, clause, and every step in both languages. */
export const rulingSummary = z.strictObject({
  outcome: z.enum(['granted', 'refused', 'referred']),
  reason: z.string().nullable(),
  because: z.string(),
  meaning: bothLanguages.nullable(),
  advice: bothLanguages.nullable(),
  sentences: z.strictObject({ zh: z.array(z.string()), en: z.array(z.string()) }),
  policy: z.strictObject({ id: z.string(), irHash: z.string(), valuesHash: z.string() }),
})

/** See `rulingSummary`. */
export type RulingSummary = z.infer<typeof rulingSummary>

/** Home's answer. `patient` is there when the card names a person. */
export const eligibilityAnswerMessage = z.strictObject({
  stayNumber: z.string(),
  ruling: rulingSummary,
  catalogueOf: z.enum(['treatment', 'insured']).nullable(),
  patient: z.strictObject({ name: z.string(), cardNumber: z.string() }).nullable(),
  filing: z
    .strictObject({ number: z.string(), filingClass: z.enum(filingClasses), validTo: schemaDate.nullable() })
    .nullable(),
  manualClaim: z.string().nullable(),
})

const pricingLine = z.strictObject({
  no: z.int().min(1),
  name: z.string(),
  catalogueCode: z.string().nullable(),
  quantityMilli: z.int().min(1),
  amountFen: schemaFen,
  injuryRelated: z.boolean(),
})

/** Host asks home to price device lines: assistive devices follow the insured place's rules (A1.15). */
export const deviceAskMessage = z.strictObject({
  stayNumber: z.string(),
  billVersion: z.int().min(1),
  on: schemaDate,
  lines: z.array(pricingLine).min(1).max(billLinesMax),
})

/** A priced line as it travels: what the fund and the person pay, and why. */
export const pricedLineMessage = z.strictObject({
  no: z.int().min(1),
  catalogueCode: z.string().nullable(),
  limitFen: schemaFen.nullable(),
  fundFen: schemaFen,
  personFen: schemaFen,
  finding: z.enum(['in_scope', 'not_for_injury', 'outside_catalogue', 'over_limit']),
  because: z.string(),
})

/** Home's prices. */
export const deviceAnswerMessage = z.strictObject({
  stayNumber: z.string(),
  billVersion: z.int().min(1),
  lines: z.array(pricedLineMessage),
})

/** Host tells home that a stay ended without being settled: its manual claim, opened now where it is not yet, knows how long it was. */
export const stayLeftMessage = z.strictObject({ stayNumber: z.string(), dischargedOn: schemaDate })

/** Host asks home to keep back what a previewed settlement will cost the prepaid fund, or to let it go. `revision`: the preview's number. */
export const settlementHoldMessage = z.strictObject({
  settlementNumber: z.string(),
  revision: z.int().min(1),
  state: z.enum(['held', 'released']),
  fundFen: schemaFen,
  heldUntil: schemaDate,
})

/** Host tells home the whole state of a settlement: posted, deducted, corrected, undone. `changedOn`: when this revision came to be. */
export const settlementStateMessage = z.strictObject({
  settlementNumber: z.string(),
  stayNumber: z.string(),
  revision: z.int().min(1),
  state: z.enum(['settled', 'undone']),
  costType: z.enum(costTypes),
  admittedOn: schemaDate,
  dischargedOn: schemaDate,
  settledOn: schemaDate,
  undoneOn: schemaDate.nullable(),
  auditedOn: schemaDate.nullable(),
  changedOn: schemaDate,
  totalFen: schemaFen,
  fundFen: schemaFen,
  personFen: schemaFen,
  deductedFen: schemaFen,
  declaredTravelFen: schemaFen,
  declaredLodgingFen: schemaFen,
  lines: z.array(pricedLineMessage.extend({ name: z.string(), amountFen: schemaFen })),
})

/** Home has booked a revision, or disputes it. */
export const settlementReceiptMessage = z.strictObject({
  settlementNumber: z.string(),
  revision: z.int().min(1),
  booked: z.boolean(),
  disputeCode: z.string().nullable(),
  claimNumber: z.string().nullable(),
})

/** Host does not have a settlement that home has booked as its: home takes it back. `revision`: the one after home's. */
export const settlementDisownedMessage = z.strictObject({
  settlementNumber: z.string(),
  revision: z.int().min(2),
  disownedOn: schemaDate,
  reason: z.string(),
})

/** A settlement as one side has it, for comparison. */
const comparedSettlement = z.strictObject({
  settlementNumber: z.string(),
  revision: z.int().min(1),
  state: z.enum(['settled', 'undone']),
  fundFen: schemaFen,
  deductedFen: schemaFen,
})

/** Host lists every settlement of a partner's insured whose newest revision is of this day. */
export const dayListMessage = z.strictObject({ day: schemaDate, items: z.array(comparedSettlement) })

/** How the books of two regions differ on a settlement, as home sees it. */
export const differenceKinds = ['missing_here', 'missing_there', 'amount_differs', 'state_differs'] as const

/** Home's answer to a day's list: what it has otherwise, `here` as home has it; nothing where both agree. */
export const dayAnswerMessage = z.strictObject({
  day: schemaDate,
  differences: z.array(
    z.strictObject({
      settlementNumber: z.string(),
      kind: z.enum(differenceKinds),
      here: comparedSettlement.nullable(),
    }),
  ),
})

/** The insured region disputes what is stated as owed for a settlement, or does so no longer. */
export const disputeStateMessage = z.strictObject({
  disputeNumber: z.string(),
  revision: z.int().min(1),
  settlementNumber: z.string(),
  state: z.enum(['open', 'withdrawn', 'resolved']),
  statedFen: schemaFen,
  expectedFen: schemaFen,
  reason: z.string(),
})

/** The treatment region's answer to a revision of a dispute. */
export const disputeAnswerMessage = z.strictObject({
  disputeNumber: z.string(),
  revision: z.int().min(1),
  outcome: z.enum(['accepted', 'rejected']),
  opinion: z.string(),
})

/** Home has paid an advance into host's fiscal special account. */
export const prepaidMessage = z.strictObject({
  paymentNumber: z.string(),
  amountFen: z.int().min(1),
  paidOn: schemaDate,
})

const quarter = z.string().regex(/^\d{4}-Q[1-4]$/)

const clearingItem = z.strictObject({
  settlementNumber: z.string(),
  revision: z.int().min(1),
  /** Positive: the insured region owes it; negative: an undoing after clearing is owed back. */
  owedFen: z.int(),
})

/** A side's account of a quarter for the hub, against one partner. */
export const clearingReportMessage = z.strictObject({
  quarter,
  side: z.enum(['creditor', 'debtor']),
  partner: schemaRegion,
  items: z.array(clearingItem),
})

/** The hub states what one region owes another for a quarter, item by item. The hub holds no money. */
export const clearingStatementMessage = z.strictObject({
  statementNumber: z.string(),
  quarter,
  treatmentRegion: schemaRegion,
  insuredRegion: schemaRegion,
  owedFen: z.int(),
  /** What the other direction's statement owes; for information: payments are gross (收支两条线). */
  oppositeFen: z.int(),
  items: z.array(clearingItem),
})

/** A statement has been paid, less the items that stood in an open dispute: those are frozen out of it. */
export const clearingPaidMessage = z.strictObject({
  statementNumber: z.string(),
  paidFen: z.int(),
  paidOn: schemaDate,
  frozen: z.array(z.string()).default([]),
})
