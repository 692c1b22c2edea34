/** The door of `kit`: what portals and the pages of services are made of. */
export { accessActions } from './access-actions.ts'
export { accessPurposes } from './access-purposes.ts'
export { useAction } from './action.ts'
export { AnswerInWords } from './answer-in-words.tsx'
export { type Api, ApiProblem, createApi, type Problem, type Query, readCookie, writeCookie } from './api.ts'
export type {
  AccessEntry,
  AnswerOf,
  Assignment,
  Assumption,
  Attachment,
  Authority,
  BenefitBatches,
  BenefitOffer,
  Card,
  CaseDeadline,
  CaseEvent,
  CaseRow,
  CaseView,
  Coded,
  DueLine,
  Employer,
  Enrolment,
  Flow,
  FormField,
  KnownFact,
  Me,
  Notice,
  ObjectionTerm,
  Person,
  Receipt,
  Region,
  RiskAssessment,
  RiskLevel,
  Ruling,
  StepOffer,
  StepTaken,
  Subject,
} from './api-types.ts'
export { type ApplicationState, findApplicationState, type OrderedPayment } from './application-state.ts'
export { authorityEvidence, authorityRelations, authorityScopes } from './authority-words.ts'
export {
  useBatchesOf,
  useBenefitOf,
  useBenefitPreview,
  useBenefits,
  useKnown,
  useOfferedServices,
  useServices,
} from './benefits.ts'
export { CaseAttachments } from './case-attachments.tsx'
export { CasePage, useCase } from './case-page.tsx'
export {
  CaseDeadlines,
  CaseReceipts,
  CaseTimeline,
  useFlows,
  useRoleTitles,
} from './case-progress.tsx'
export { useTakeStep } from './case-steps.tsx'
export { ClauseCited } from './clause-cited.tsx'
export { ClauseText } from './clause-text.tsx'
export { useColour } from './colour.ts'
export { DecisionPart } from './decision.tsx'
export { fetchedPart } from './fetched.tsx'
export { ChoiceField, FlagField, RegionField, SelectField, TextField } from './fields.tsx'
export { type Answers, answerIn, askedFields, bodyOfAnswers, isAnswered } from './form-answers.ts'
export { FieldInput } from './form-renderer.tsx'
export {
  dayInShanghai,
  firstDayMonthsBack,
  formatDate,
  formatFen,
  formatInstant,
  formatMilli,
  formatRatePpm,
  formatYuan,
  lastDayOfMonth,
  parseYuan,
} from './formats.ts'
export { findInTab, keepInTab } from './kept-in-tab.ts'
export { KnownFacts } from './known-facts.tsx'
export { type BothLanguages, type Language, type Speech, useSpeech } from './language.tsx'
export { Later } from './later.tsx'
export { type LiveKind, liveOn } from './live-updates.tsx'
export { type Teller, useTeller } from './messages.ts'
export { isMyTurn, useMyCases } from './my-cases.ts'
export { useApi } from './node-context.tsx'
export { OfflineNote } from './offline-note.tsx'
export { useOnPaper, usePrinting } from './paper.ts'
export { PasskeyButton } from './passkey-button.tsx'
export { startPortal } from './portal.tsx'
export { QrCode } from './qr-code.tsx'
export { QuestionPages } from './question-pages.tsx'
export { RegionName, useRegionName, useRegionsUnder } from './regions.ts'
export { reviewDeskPage } from './review-desk.tsx'
export { publicityPage, reviewApplyPage, reviewedCase } from './review-pages.tsx'
export type { ReviewOfPages } from './reviews.ts'
export {
  addressOf,
  go,
  Link,
  matchPath,
  type ParamsOf,
  placeOfAddress,
  type Route,
  Routes,
  route,
  usePlace,
  useTopOfPage,
} from './router.tsx'
export { RulingPart } from './ruling.tsx'
export { findRuling } from './ruling-reading.ts'
export { RulingSteps } from './ruling-steps.tsx'
export { SecurityPart, securityWords } from './security.tsx'
export { type Opening, SendApplication } from './send-application.tsx'
export type { MessageParams } from './sentence.ts'
export {
  type BenefitParts,
  type CasePart,
  type CasePartProps,
  type CaseParts,
  casePartsOf,
  type HomePart,
  homePartsOf,
  type ListedCasePart,
  type ListedPage,
  type ServicePage,
  type StepFormProps,
  servicePagesOf,
  useCasePart,
} from './service-page.ts'
export { type Acting, useAuthorityOver, useMe, useSessionChanges, useSignedIn } from './session.ts'
export { SessionEnded } from './session-ended.tsx'
export { type DemoUser, SignIn, useDemoUsers } from './sign-in.tsx'
export { findStandingState, type StandingForm, standingCase, standingPage, useStandingInWords } from './standing.tsx'
export { Empty, Loaded, Loading, ProblemNote, problemOf } from './states.tsx'
export { StepForm } from './step-forms.tsx'
export { useTypeSize } from './type-size.ts'
export { commonWords, defineWords, wordOf } from './words.ts'
