/** The door of the policy library. Everything except `readPolicies` also runs in a browser: see browser.ts. */
export {
  addDays,
  addMonths,
  daysBetween,
  monthsBetween,
} from './dates.ts'
export {
  type Assumption,
  type Decision,
  type DecisionResult,
  NOT_IN_FORCE,
  type OutcomeName,
  type Verdict,
} from './decision.ts'
export {
  type AnyPolicy,
  choice,
  count,
  date,
  flag,
  keyed,
  list,
  money,
  optional,
  type PolicyDefinition,
  policy,
  rate,
  record,
  text,
} from './definition.ts'
export type { PolicyBody, PolicyIr } from './ir.ts'
export {
  countOf,
  everyOf,
  grant,
  includes,
  max,
  min,
  type Rounding,
  refer,
  refuse,
  share,
  someOf,
  sumOf,
} from './language.ts'
export { type Unit, unitCode } from './units.ts'
export type { ResolvedValue, ResolvedValues } from './values.ts'
