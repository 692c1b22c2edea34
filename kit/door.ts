/** The door of `kit`: what portals and the pages of services are made of. */
export { useAction } from './action.ts'
export { type Api, ApiProblem, createApi, type Problem, type Query, readCookie, writeCookie } from './api.ts'
export type {
  AccessEntry,
  Assignment,
  Assumption,
  Attachment,
  Authority,
  Card,
  CaseDeadline,
  CaseEvent,
  CaseRow,
  CaseView,
  Coded,
  Enrolment,
  Flow,
  FormField,
  Me,
  Notice,
  ObjectionTerm,
  Person,
  Receipt,
  RiskAssessment,
  RiskLevel,
  Ruling,
  StepOffer,
  StepTaken,
  Subject,
} from './api-types.ts'
export { formatDate, formatFen, formatInstant, formatMilli, formatRatePpm, formatYuan, parseYuan } from './formats.ts'
export { type BothLanguages, type Language, type Speech, useSpeech } from './language.tsx'
export { useApi } from './node-context.tsx'
export { startPortal } from './portal.tsx'
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
} from './router.tsx'
export type { MessageParams } from './sentence.ts'
export {
  type CasePart,
  type CasePartProps,
  casePartsOf,
  type ServicePage,
  type StepFormProps,
  servicePagesOf,
} from './service-page.ts'
export { type Acting, useMe, useSessionChanges, useSignedIn } from './session.ts'
export { commonWords, defineWords } from './words.ts'
