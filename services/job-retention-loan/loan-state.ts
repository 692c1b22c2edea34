import { z } from 'zod'
import { type CaseFile, type NoticeDraft, stepsOf } from '../../cases/door.ts'
import { type MessageParams, must, schemaDate, schemaFen, schemaId } from '../../ground/door.ts'

/** The flow of applications. */
export const loanFlowId = 'job-loan'

/** Kinds of borrower (C1.02). Whoever is none of them is `other`. */
export const borrowerKinds = [
  'small_enterprise',
  'micro_enterprise',
  'enterprise_owner',
  'individual_business',
  'other',
] as const

/** See `borrowerKinds`. */
export type BorrowerKind = (typeof borrowerKinds)[number]

/** Securities a bank may ask for; `none` is a credit loan (C1.09). */
export const securities = ['none', 'guarantee', 'mortgage', 'pledge'] as const

const creditMaxFen = 1_000_000_000_000

/** An amount of money that is asked for or lent, in fen. */
export const schemaLoanFen = schemaFen.min(1).max(creditMaxFen)

/** What is asked: how much, and of which bank. */
export const loanAnswers = z.strictObject({ requestedFen: schemaLoanFen, bankId: schemaId })

/** What a bank says in an offer (C1.08-C1.10). */
export const offerTerms = z.strictObject({
  offeredFen: schemaLoanFen,
  ratePpm: z.int().min(0).max(1_000_000),
  termMonths: z.int().min(1).max(360),
  security: z.enum(securities),
  onBusinessData: z.boolean().default(false),
  fromDedicatedPlan: z.boolean().default(false),
  approvalDelegated: z.boolean().default(false),
  fastApproval: z.boolean().default(false),
})

/** What the rule says of an offer. */
export const offerFinding = z.strictObject({
  outcome: z.enum(['granted', 'refused', 'referred']),
  reason: z.string().nullable(),
  because: z.string(),
  rateBelowIndicated: z.boolean(),
  creditOnBusinessData: z.boolean(),
  favoured: z.boolean(),
})

/** What the rule says of a borrower. */
export const creditFinding = z.strictObject({
  outcome: z.enum(['granted', 'refused', 'referred']),
  reason: z.string().nullable(),
  because: z.string(),
  creditFen: schemaFen,
  capped: z.boolean(),
})

/** See `creditFinding`. */
export type CreditFinding = z.infer<typeof creditFinding>

/** A loan that was paid out. */
export const loanMade = z.strictObject({
  contractNumber: z.string(),
  lentOn: schemaDate,
  lentFen: schemaFen,
  ratePpm: z.int(),
  termMonths: z.int(),
  repaidOn: schemaDate.nullable(),
})

/** Parses the state of an application. */
export const loanState = z.strictObject({
  /** The business whose jobs it is about. */
  businessId: schemaId.nullable(),
  /** Its owner, where a person borrows. */
  personId: schemaId.nullable(),
  answers: loanAnswers.nullable(),
  appliedOn: schemaDate.nullable(),
  /** What the rule said when it was applied for; not a decision. */
  expected: creditFinding.nullable(),
  found: creditFinding.nullable(),
  /** The facts of the last decision. */
  facts: z.record(z.string(), z.unknown()),
  offer: offerTerms.nullable(),
  /** What the rule said of the bank's last offer, also of one that was refused. */
  offerFound: offerFinding.nullable(),
  loan: loanMade.nullable(),
})

/** The state of an application. */
export type LoanState = z.infer<typeof loanState>

/** The statuses of an application. */
export type LoanStatus =
  | 'submitted'
  | 'awaiting_completion'
  | 'accepted'
  | 'confirmed'
  | 'offered'
  | 'agreed'
  | 'lent'
  | 'repaid'
  | 'refused'
  | 'not_accepted'
  | 'withdrawn'
  | 'under_objection'

/** A case of an application. */
export type LoanFile = CaseFile<LoanState>

/** Before anything was said. */
export const initialLoan: LoanState = {
  businessId: null,
  personId: null,
  answers: null,
  appliedOn: null,
  expected: null,
  found: null,
  facts: {},
  offer: null,
  offerFound: null,
  loan: null,
}

/** Makes a step of an application's flow. */
export const step = stepsOf<LoanState, LoanStatus>()

/** Who borrows: a business, or the person to whom it belongs. */
export type Borrower = { businessId: string; personId: string | null }

/** Who borrows in a case; there from its opening on. */
export function borrowerOf({ state }: LoanFile): Borrower {
  return { businessId: must(state.businessId, 'business of a loan'), personId: state.personId }
}

/** Whose application a borrower's is, for row-level security. */
export function subjectOf({ businessId, personId }: Borrower): { personId: string } | { employerId: string } {
  return personId === null ? { employerId: businessId } : { personId }
}

/** A notice to the borrower of a case. */
export function noticeTo(file: LoanFile, code: string, params: MessageParams = {}): NoticeDraft[] {
  return [{ ...subjectOf(borrowerOf(file)), code, params }]
}

/** What of the credit of the programme a case takes up: what was confirmed until it is lent, then what was lent until it is repaid. */
export function creditHeldBy(status: string, { found, loan }: LoanState): number {
  switch (status) {
    case 'confirmed':
    case 'offered':
    case 'agreed':
      return found?.creditFen ?? 0
    case 'lent':
      return loan?.lentFen ?? 0
    default:
      return 0
  }
}
