import { z } from 'zod'
import { stepsOf } from '../../cases/door.ts'
import { schemaDate, schemaFen, schemaId } from '../../ground/door.ts'

/** The flow of applications. */
export const loanFlowId = 'startup-loan'

/** What is asked of a borrower. */
export const loanAnswers = z.strictObject({
  group: z.enum([
    'returning_migrant_worker',
    'registered_unemployed',
    'hard_to_employ',
    'veteran',
    'graduate',
    'other',
  ]),
  requestedFen: schemaFen.min(1).max(100_000_000_00),
  purpose: z.string().trim().min(2).max(200),
})

/** What the rule says. */
export const loanFinding = z.strictObject({
  outcome: z.enum(['granted', 'refused', 'referred']),
  reason: z.string().nullable(),
  because: z.string(),
  guaranteedFen: schemaFen,
})

/** A loan that was paid out. */
export const loanMade = z.strictObject({
  contractNumber: z.string().trim().min(2).max(60),
  lentFen: schemaFen.min(1),
  lentOn: schemaDate,
})

/** Parses the state of a case. */
export const loanState = z.strictObject({
  answers: loanAnswers.nullable(),
  found: loanFinding.nullable(),
  bankId: schemaId.nullable(),
  loan: loanMade.nullable(),
  endedOn: schemaDate.nullable(),
})

/** The state of a case. */
export type LoanState = z.infer<typeof loanState>

/** The statuses of a case. */
export type LoanStatus =
  | 'submitted'
  | 'guaranteed'
  | 'lent'
  | 'repaid'
  | 'called'
  | 'refused'
  | 'withdrawn'
  | 'under_objection'

/** Makes a step of the flow. */
export const step = stepsOf<LoanState, LoanStatus>()
