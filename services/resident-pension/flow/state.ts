import { z } from 'zod'
import { orderedPayment } from '../../../benefits/door.ts'
import { type CaseFile, stepsOf } from '../../../cases/door.ts'
import { addMonths, monthOf, must, type PlainDate, schemaDate, schemaFen, schemaId } from '../../../ground/door.ts'
import { type Month, schemaMonth } from '../../../people/door.ts'

/** The flow of pensions, and the kind under which the register of benefits knows its recipients. */
export const pensionFlowId = 'resident-pension'

/** See `pensionFlowId`. */
export const benefitKind = 'resident_pension'

/** What officers note of a recipient; a death is known from the register of persons. */
export const notedStandings = ['alive', 'imprisoned', 'draws_other_pension'] as const

/** See `notedStandings`. */
export type Standing = (typeof notedStandings)[number] | 'died'

/** Dying and drawing another pension end it for good; prison holds it, and so does a missing proof. */
export function endsBy(standing: Standing): boolean {
  return standing === 'died' || standing === 'draws_other_pension'
}

/** How a recipient proved to be entitled still (待遇资格认证): on the phone, at a counter, at home, by comparing data, or by the approval itself. */
export const authenticationWays = ['phone', 'counter', 'home_visit', 'data_comparison', 'approval'] as const

const count = z.int().min(0)

/** What the rule says of who may draw. */
export const entitlement = z.strictObject({
  outcome: z.enum(['granted', 'refused', 'referred']),
  reason: z.string().nullable(),
  because: z.string(),
  qualifiedOn: schemaDate.nullable(),
  accountFen: schemaFen,
  /** Of the account a month, to the nearest fen. */
  accountMonthFen: schemaFen,
})

/** See `entitlement`. */
export type Entitlement = z.infer<typeof entitlement>

const pensionMonth = z.strictObject({
  month: schemaMonth,
  /** Why nothing is paid for it for now: a reason of the rule. */
  heldFor: z.string().nullable(),
  orders: z.array(orderedPayment),
})

/** A month that has been decided. */
export type PensionMonth = z.infer<typeof pensionMonth>

const noted = z.strictObject({ standing: z.enum(notedStandings), since: schemaDate })
const authentication = z.strictObject({ on: schemaDate, way: z.enum(authenticationWays) })

const ended = z.strictObject({ standing: z.string(), since: schemaDate })

/** By what, and since which month's first day, a pension has ended for good. */
export type Ended = z.infer<typeof ended>

/** Parses the state of a pension. */
export const pensionState = z.strictObject({
  personId: schemaId.nullable(),
  broughtBy: z.enum(['person', 'counter', 'found', 'passed_on']).nullable(),
  /** The number of the case that passed the claim on. */
  fromCase: z.string().nullable(),
  appliedOn: schemaDate.nullable(),
  /** What the rule said when it was applied for; not a decision. */
  expected: entitlement.nullable(),
  found: entitlement.nullable(),
  facts: z.record(z.string(), z.unknown()),
  yearsPaid: count,
  authentications: z.array(authentication),
  noted: z.array(noted),
  spellId: schemaId.nullable(),
  months: z.array(pensionMonth),
  ended: ended.nullable(),
  /** Claimed back and not yet paid back. */
  owedFen: schemaFen,
})

/** The state of a pension. */
export type PensionState = z.infer<typeof pensionState>

/** The statuses of a pension. */
export type PensionStatus =
  | 'submitted'
  | 'accepted'
  | 'reviewed'
  | 'receiving'
  | 'ended'
  | 'refused'
  | 'not_accepted'
  | 'withdrawn'
  | 'under_objection'

/** A case of a pension. */
export type PensionFile = CaseFile<PensionState>

/** Before anything was said. */
export const initialPension: PensionState = {
  personId: null,
  broughtBy: null,
  fromCase: null,
  appliedOn: null,
  expected: null,
  found: null,
  facts: {},
  yearsPaid: 0,
  authentications: [],
  noted: [],
  spellId: null,
  months: [],
  ended: null,
  owedFen: 0,
}

/** Makes a step of a pension's flow. */
export const step = stepsOf<PensionState, PensionStatus>()

/** The month after the one in which somebody qualified: the first that is paid (SC8.7). */
export function firstMonthOf({ qualifiedOn }: Entitlement): Month {
  return monthOf(addMonths(`${monthOf(must(qualifiedOn, 'day of qualifying'))}-01`, 1))
}

/** The first day of the month that is decided next. */
export function nextMonthOn({ found, months }: PensionState): PlainDate {
  const last = months.at(-1)
  return last === undefined
    ? `${firstMonthOf(must(found, 'finding of a pension'))}-01`
    : addMonths(`${last.month}-01`, 1)
}
