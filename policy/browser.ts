/** The door for pages: everything that needs no Node, which is everything but `readPolicies`. An IR comes to a page as JSON. */

export {
  type Asked,
  ask,
  type CertainAnswer,
  type OpenQuestion,
  type PossibleOutcome,
  type Question,
  type ResultRange,
  type WaitingFor,
} from './ask/ask.ts'
export { renderAsked } from './ask/ask-sentences.ts'
export {
  type Capsule,
  type CapsuleCase,
  type CapsulePart,
  type CapsuleSignature,
  type Signer,
  sealCapsule,
} from './capsule/capsule.ts'
export { renderVerification } from './capsule/verification-sentences.ts'
export {
  type CapsuleFinding,
  type Difference,
  type Verification,
  type VerifySignature,
  verifyCapsule,
} from './capsule/verify.ts'
export { renderChanges } from './change/change-sentences.ts'
export { type Change, type ChangeOptions, type Changes, type FactChange, findChanges } from './change/changes.ts'
export type { Goal } from './change/goal.ts'
export { checkPolicy } from './check/check.ts'
export type { CheckCase, CheckContext, DatedEntry } from './check/context.ts'
export { type Finding, findingSentence, formatFinding, type Witness } from './check/finding.ts'
export type { CheckCode } from './check/sentences.ts'
export { addDays, addMonths, daysBetween, isDate, monthsBetween } from './dates.ts'
export { decide, type TracedDecision, trace } from './decide.ts'
export {
  type Assumption,
  type Decision,
  type DecisionResult,
  type ItemVerdict,
  NOT_IN_FORCE,
  type OutcomeName,
  type Verdict,
} from './decision.ts'
export {
  type BodyDescription,
  type DescribedLine,
  type DescribeOptions,
  describePolicy,
  descriptionLines,
} from './describe/description.ts'
export { describeFacts, type FactDescription } from './described-facts.ts'
export type { SlotValue, Trace } from './evaluate.ts'
export {
  type ChoiceStep,
  type ConditionStep,
  type ConstStep,
  type ExplainedItem,
  type ExplainedNode,
  type Explanation,
  type ExplanationStep,
  explain,
  explanationOf,
  type Origin,
  type OutcomeStep,
} from './explain.ts'
export { type FactProblem, FactProblems, type Facts, type FactValue, parseFacts } from './facts.ts'
export { canonicalJson, irHash, valuesHash } from './hash.ts'
export { IR_VERSION, type ItemResults, type MonotonicityPromise, type PolicyBody, type PolicyIr } from './ir.ts'
export { parsePolicyIr, policyIrJsonSchema } from './ir-schema.ts'
export { endsOf, factColumns, itemEndsOf, outcomeColumns, type Table } from './kernel/columns.ts'
export type { BoundKernel, KernelPlan, Totals } from './kernel/kernel.ts'
export { factsOfRow } from './kernel/row-facts.ts'
export { type LiveOptions, type LivePopulation, type LiveWorker, makeLivePopulation } from './live/population.ts'
export type { MadePerson } from './live/share.ts'
export { policyMessagesNeeded } from './messages.ts'
export { type PopulationOptions, populate, type Spread } from './population.ts'
export { type PreparedPolicy, prepare } from './prepared.ts'
export { quantityText } from './quantity-text.ts'
export { type Labels, MissingLabels, renderExplanation } from './sentences.ts'
export {
  type Comparison,
  compareVersions,
  type GroupComparison,
  type GrowingComparison,
  type SimulatedVersion,
} from './simulate/comparison.ts'
export { type FactUnit, isQuantity, type QuantityUnit, type Unit, unitCode, type ValueUnit } from './units.ts'
export { checkValues, type ResolvedValue, type ResolvedValues, type ValueProblem, ValueProblems } from './values.ts'
export { type Need, type Obstacle, type Wanted, type WhyNot, whyNot } from './why-not.ts'
export { renderWhyNot } from './why-not-sentences.ts'
export type { Language } from './words.ts'
