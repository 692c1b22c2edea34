import type { EndStatement } from './ir.ts'
import type { ResolvedValue } from './values.ts'

/** Given, not given, or for a person to decide. */
export type OutcomeName = 'granted' | 'refused' | 'referred'

/** How an outcome is called, by the statement that comes to it. */
export const OUTCOMES: Readonly<Record<EndStatement['do'], OutcomeName>> = {
  grant: 'granted',
  refuse: 'refused',
  refer: 'referred',
}

/** One result with its unit code (`fen`, `ppm`, `month`, `date`, `flag`, `choice`, `text`). */
export interface DecisionResult {
  readonly value: number | string | boolean
  readonly unit: string
}

/** A value that the text of the law leaves open and that was read on the way to this decision. */
export interface Assumption {
  readonly name: string
  readonly value: ResolvedValue['value']
  readonly unit: string
  readonly source: string
  readonly note?: string
}

/** What one item of a list came to, where a policy decides item by item. */
export interface ItemVerdict {
  readonly outcome: OutcomeName
  /** Empty unless granted. */
  readonly results: Readonly<Record<string, DecisionResult>>
  /** The code of a refusal or a referral; null for a grant. */
  readonly reason: string | null
  /** The clause on which the outcome stands. */
  readonly because: string
  /** The result that the policy names as the total, in whole fen; absent where there is none or nothing was granted. */
  readonly amountFen?: number
}

/** What was decided, without the fingerprints of what decided it. */
export interface Verdict extends ItemVerdict {
  /** In the order in which the policy declares its values. */
  readonly assumptions: readonly Assumption[]
  /** What each item of the fact `list` came to, in its order; absent where the outcome does not decide items. */
  readonly items?: { readonly list: string; readonly outcomes: readonly ItemVerdict[] }
}

/** A verdict with the policy it comes from, named by the hashes of its rule and of the values it used. */
export interface Decision extends Verdict {
  readonly policy: {
    readonly id: string
    /** sha256 of the IR without source positions, lower-case hexadecimal. */
    readonly irHash: string
    /** sha256 of the resolved values that the deciding body declares. */
    readonly valuesHash: string
  }
}

/** The reason code of a decision on a day that no body of the policy covers. */
export const NOT_IN_FORCE = 'not_in_force'

/** What a statement that ends a path gives, whatever the facts. */
export type EndOutcome = Pick<ItemVerdict, 'outcome' | 'reason' | 'because'>

/** What the statement gives. */
export function outcomeOf(statement: EndStatement): EndOutcome {
  const reason = statement.do === 'grant' ? null : statement.reason
  return { outcome: OUTCOMES[statement.do], reason, because: statement.clause }
}
