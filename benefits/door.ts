/** The door of `benefits`: from an application, or from being found, to the cash, and back where it was not owed. Knows no service by name. */
export { applicantOf } from './applicant.ts'
export { applicationOf } from './application-deciding.ts'
export {
  type ApplicationFile,
  type ApplicationState,
  applicationState,
  type Finding,
  type OrderedPayment,
  orderedPayment,
  standingFen,
} from './application-state.ts'
export type {
  Benefit,
  BenefitField,
  BenefitTools,
  FoundFacts,
  GatherQuestion,
  Party,
  PartyFacts,
} from './benefit.ts'
export { bookRepayment, repayment } from './debts.ts'
export { type Application, type Decided, decideApplication, findingOf, lawDayOf } from './deciding.ts'
export { booksOf, fundChart, receiveIncome } from './fund-books.ts'
export { benefitsMigrations } from './migrations.ts'
export {
  type DecidedMonth,
  type MonthlyBenefit,
  recipientOf,
  standingOfMonths,
} from './monthly-benefit.ts'
export { monthlyPaymentSteps } from './monthly-payments.ts'
export { beginSpell, endSpells, noticesOfSettling, settleMonths, settleOrEnd, sumOfMonths } from './monthly-settling.ts'
export { monthlySteps } from './monthly-steps.ts'
export { claimOccasion, takeGrantTurns } from './occasion.ts'
export { type BenefitParts, benefitParts, type InstalledBenefit } from './parts.ts'
export { findPayeeAccount } from './payee.ts'
export type { BatchLine } from './payment-batch.ts'
export { type BatchState, batchState, type PaymentFlowSpec, paymentFlow } from './payment-flow.ts'
export {
  type OrderSpec,
  type OrderState,
  orderPayment,
  ordersOf,
  type Payee,
  type PaymentOrder,
  releaseOrders,
} from './payment-order.ts'
export { offsetElsewhere } from './payment-telling.ts'
export { previewRecalculation } from './recalculating.ts'
export { type ReceivedPayment, receivedBy } from './received.ts'
export { type RevisionCause, revisionCause, revisionFlow, revisionFlowId } from './revision-flow.ts'
export {
  type Recalculation,
  type Revisable,
  type RevisionCount,
  type RevisionLine,
  type RevisionScope,
  revisionLines,
} from './revision-lines.ts'
export { roundFlowId } from './round-flow.ts'
export { type RoundCount, type RoundLine, roundLines } from './round-lines.ts'
export { settleOrders } from './settling.ts'
export type { LineResult, PayeeKind } from './tables.ts'
export { findUsualTime, type UsualTime } from './usual-time.ts'
