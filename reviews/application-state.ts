import { z } from 'zod'
import { type CaseFile, type NoticeDraft, stepsOf } from '../cases/door.ts'
import { type Id, type MessageParams, must, schemaDate, schemaId } from '../ground/door.ts'
import type { Ruling } from '../law/door.ts'

const told = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

/** What the rule says of an application: its group where it may be reviewed. */
export const finding = z.strictObject({
  outcome: z.enum(['granted', 'refused', 'referred']),
  reason: z.string().nullable(),
  because: z.string(),
  group: z.string().nullable(),
  /** Everything else that the rule grants. */
  results: told,
})

/** See `finding`. */
export type Finding = z.infer<typeof finding>

/** What became of an application in its round. */
export const roundResult = z.strictObject({ code: z.string(), sum: z.int(), passed: z.boolean() })

/** A title that was given. Its number is the number under which it is looked up. */
export const givenTitle = z.strictObject({ number: z.string(), from: schemaDate, group: z.string(), told })

/** Votes of a panel of people. */
export const votes = z.strictObject({
  favour: z.int().min(0).max(99),
  against: z.int().min(0).max(99),
  abstained: z.int().min(0).max(99),
})

/** Parses the state of an application. */
export const reviewedState = z.strictObject({
  personId: schemaId.nullable(),
  roundId: schemaId.nullable(),
  answers: z.record(z.string(), z.unknown()),
  appliedOn: schemaDate.nullable(),
  /** What the rule said when it was applied for; not a decision. */
  expected: finding.nullable(),
  found: finding.nullable(),
  /** The facts of the last decision by the rule. */
  facts: z.record(z.string(), z.unknown()),
  /** In its round since then. */
  entryId: schemaId.nullable(),
  result: roundResult.nullable(),
  publicUntilOn: schemaDate.nullable(),
  /** What somebody said against it during its publicity; who it was is not in the case, which the applicant reads. */
  challenges: z.array(z.strictObject({ grounds: z.string() })),
  title: givenTitle.nullable(),
})

/** The state of an application. */
export type ReviewedState = z.infer<typeof reviewedState>

/** The statuses of an application. */
export type ReviewedStatus =
  | 'submitted'
  | 'awaiting_completion'
  | 'accepted'
  | 'admitted'
  | 'in_review'
  | 'publicised'
  | 'challenged'
  | 'granted'
  | 'doubted'
  | 'not_accepted'
  | 'refused'
  | 'not_granted'
  | 'lapsed'
  | 'withdrawn'
  | 'revoked'
  | 'under_objection'

/** A case of an application. */
export type ReviewedFile = CaseFile<ReviewedState>

/** Before anything was said. */
export const initialReviewed: ReviewedState = {
  personId: null,
  roundId: null,
  answers: {},
  appliedOn: null,
  expected: null,
  found: null,
  facts: {},
  entryId: null,
  result: null,
  publicUntilOn: null,
  challenges: [],
  title: null,
}

/** Makes a step of an application's flow. */
export const step = stepsOf<ReviewedState, ReviewedStatus>()

/** Words of an officer. */
export const opinion = z.string().trim().min(1).max(1000)

/** Who applied in a case; there from its opening on. */
export function applicantOf({ state }: ReviewedFile): Id {
  return must(state.personId, 'applicant of a review')
}

/** A notice to the applicant of a case. */
export function noticeTo(file: ReviewedFile, code: string, params: MessageParams = {}): NoticeDraft[] {
  return [{ personId: applicantOf(file), code, params }]
}

/** What of a ruling the steps need. */
export function findingOf({ decision: { outcome, reason, because, results } }: Ruling): Finding {
  const granted = outcome === 'granted' ? results : {}
  const { group, ...others } = Object.fromEntries(Object.entries(granted).map(([name, { value }]) => [name, value]))
  return finding.parse({ outcome, reason: reason ?? null, because, group: group ?? null, results: others })
}
