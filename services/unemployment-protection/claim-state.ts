import { z } from 'zod'
import { orderedPayment } from '../../benefits/door.ts'
import { type CaseFile, stepsOf } from '../../cases/door.ts'
import { addMonths, must, type PlainDate, schemaDate, schemaFen, schemaId } from '../../ground/door.ts'

/** What the fund pays for a benefit month (C4.01, C4.02). */
export const lineKinds = ['unemployment_benefit', 'medical_premium', 'price_subsidy', 'pension_premium'] as const

/** See `lineKinds`. */
export type LineKind = (typeof lineKinds)[number]

/** How a recipient stands when a month begins; everything but being out of work ends the benefit (Social Insurance Law, article 51). */
export const standings = [
  'unemployed',
  'employed',
  'in_military',
  'moved_abroad',
  'draws_pension',
  'refused_work_or_training',
  'died',
] as const

/** See `standings`. */
export type Standing = (typeof standings)[number]

/** What is asked: registers hold the rest. The former retirement age of women depends on their post, which no register has. */
export const claimAnswers = z.strictObject({
  seeksWork: z.boolean(),
  womanCategory: z.enum(['woman_55', 'woman_50']).optional(),
})

const count = z.int().min(0)

const lineOrder = orderedPayment.extend({ kind: z.enum(lineKinds) })

/** A payment ordered for a line of a month, and what became of it. */
export type LineOrder = z.infer<typeof lineOrder>

const benefitMonth = z.strictObject({
  /** Counted from one. */
  number: z.int().min(1),
  beginsOn: schemaDate,
  isOlder: z.boolean(),
  orders: z.array(lineOrder),
})

/** A benefit month that has been decided. */
export type BenefitMonth = z.infer<typeof benefitMonth>

const ended = z.strictObject({
  /** The rule's reason. */
  reason: z.string(),
  standing: z.enum(standings),
  /** The first day on which nothing is paid. */
  since: schemaDate,
})

/** Why and since when a benefit has ended. */
export type Ended = z.infer<typeof ended>

/** What the rule says of a claim. */
export const entitlement = z.strictObject({
  outcome: z.enum(['granted', 'refused', 'referred']),
  reason: z.string().nullable(),
  because: z.string(),
  months: count,
  monthFen: schemaFen,
  until: schemaDate.nullable(),
})

/** See `entitlement`. */
export type Entitlement = z.infer<typeof entitlement>

/** Parses the state of a claim. */
export const claimState = z.strictObject({
  personId: schemaId.nullable(),
  answers: claimAnswers,
  /** The day of registration as unemployed, from which benefit months are counted (Social Insurance Law, article 50). */
  registeredOn: schemaDate.nullable(),
  /** What the rule said when it was applied for; not a decision. */
  expected: entitlement.nullable(),
  found: entitlement.nullable(),
  /** The facts of the last decision. */
  facts: z.record(z.string(), z.unknown()),
  /** The recipient's entry in the register of benefits. */
  spellId: schemaId.nullable(),
  months: z.array(benefitMonth),
  ended: ended.nullable(),
  /** Claimed back from the person and not yet paid back. */
  owedFen: schemaFen,
})

/** The state of a claim. */
export type ClaimState = z.infer<typeof claimState>

/** The statuses of a claim. */
export type ClaimStatus =
  | 'submitted'
  | 'awaiting_completion'
  | 'accepted'
  | 'reviewed'
  | 'receiving'
  | 'ended'
  | 'refused'
  | 'not_accepted'
  | 'withdrawn'
  | 'under_objection'

/** A case of a claim. */
export type ClaimFile = CaseFile<ClaimState>

/** Before anything was said. */
export const initialClaim: ClaimState = {
  personId: null,
  answers: { seeksWork: false },
  registeredOn: null,
  expected: null,
  found: null,
  facts: {},
  spellId: null,
  months: [],
  ended: null,
  owedFen: 0,
}

/** Makes a step of a claim's flow. */
export const step = stepsOf<ClaimState, ClaimStatus>()

/** The first day of a benefit month, counted from one. */
export function monthBeginsOn({ registeredOn }: ClaimState, number: number): PlainDate {
  return addMonths(must(registeredOn, 'day of registration'), number - 1)
}

/** The first day of the month that is decided next. */
export function nextMonthOn(state: ClaimState): PlainDate {
  return monthBeginsOn(state, state.months.length + 1)
}
