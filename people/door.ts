/**
 * The door of `people`: persons, employers, institutions, cards, enrolments, contributions, employments, certificates and benefits, users and
 * their roles, and who looked at whose data.
 */
export { type AccessAction, type AccessEntry, accessLogOf } from './access-log.ts'
export {
  type Assignment,
  type AssignmentBody,
  assign,
  assignmentActor,
  assignmentsOf,
  type ExclusivePair,
  endAssignment,
  exclusivePairs,
  getAssignment,
  listRoles,
  type NewAssignment,
  type Role,
  schemaNewAssignment,
} from './assignment.ts'
export {
  type Agent,
  type Authority,
  authoritiesHeldBy,
  authoritiesOf,
  endAuthority,
  findAuthority,
  type NamedAuthority,
  type NewAuthority,
  recordAuthority,
  schemaNewAuthority,
} from './authority.ts'
export type { BankAccount, MaskedAccount } from './bank-account.ts'
export { schemaBankAccount } from './bank-account.ts'
export {
  type BenefitSpell,
  beginBenefitSpell,
  benefitRecipients,
  benefitSpellsOf,
  cancelBenefitSpell,
  endBenefitSpell,
  type NewBenefitSpell,
  schemaNewBenefitSpell,
} from './benefit-spells.ts'
export {
  type Card,
  type CardReplacement,
  cancelCard,
  cardsOf,
  checkCard,
  findPayoutAccount,
  issueCard,
  type NewCard,
  openCardAccount,
  type PayoutAccount,
  replaceCard,
  reportCardFound,
  reportCardLost,
  revealPayoutAccount,
  schemaCardAccount,
  schemaCardReplacement,
  schemaNewCard,
} from './card.ts'
export { cardStateAt } from './card-history.ts'
export { type CardholderLine, type CardholderQuery, cardholders } from './card-list.ts'
export {
  type Certificate,
  certificatesOf,
  type NewCertificate,
  recordCertificate,
  revokeCertificate,
  schemaNewCertificate,
} from './certificates.ts'
export { type Colleague, colleaguesOf } from './colleagues.ts'
export { type Correction, employerCorrections, personCorrections } from './contribution-corrections.ts'
export { makeSyntheticCreditCode, schemaCreditCode } from './credit-code.ts'
export { applyECard, authoriseApp, type ECard, schemaApp, schemaECardApplication } from './e-card.ts'
export {
  type Employer,
  findEmployers,
  getEmployer,
  type NewEmployer,
  registerEmployer,
  schemaNewEmployer,
  setEmployerStatus,
} from './employer.ts'
export { findEmployerAccount, revealEmployerAccount, setEmployerAccount } from './employer-account.ts'
export {
  type EmployerMonth,
  employerContributions,
  recordEmployerContributions,
  schemaEmployerMonth,
} from './employer-contributions.ts'
export {
  type EmployerFacts,
  type EmployerFactsQuery,
  employerFacts,
  getEmployerFacts,
  layoffRatePpm,
} from './employer-facts.ts'
export {
  businessesOf,
  endOwner,
  type NewOwner,
  type Owner,
  ownersOf,
  recordOwner,
  schemaNewOwner,
} from './employer-owner.ts'
export {
  type EmployerProfile,
  findEmployerProfile,
  recordEmployerProfile,
  schemaEmployerProfile,
} from './employer-profile.ts'
export {
  beginEmployment,
  changePost,
  type Employment,
  type EmploymentEnd,
  type EndReason,
  employmentsOf,
  endEmployment,
  listEndReasons,
  type NewEmployment,
  type PostChange,
  schemaEmploymentEnd,
  schemaNewEmployment,
  schemaPostChange,
} from './employment.ts'
export {
  beginEmploymentStatus,
  type EmploymentStatus,
  employmentStatusesOf,
  endEmploymentStatus,
  type NewEmploymentStatus,
  schemaNewEmploymentStatus,
} from './employment-status.ts'
export {
  changeEnrolment,
  type Enrolment,
  endEnrolment,
  enrol,
  enrolmentsOf,
  type NewEnrolment,
  schemaNewEnrolment,
} from './enrolment.ts'
export {
  findPersonByDigest,
  identityDigest,
  recordSharedSources,
  revealIdentityDigest,
  type SharedRecordKind,
  type SharedSource,
  sharedSourcesOf,
} from './identity-digest.ts'
export { makeSyntheticIdNumber, maskIdNumber, schemaIdNumber } from './identity-number.ts'
export {
  bankAccountOf,
  findInstitutionByCode,
  findInstitutions,
  getInstitution,
  type Institution,
  type NewInstitution,
  registerInstitution,
  schemaNewInstitution,
  setBankAccount,
} from './institution.ts'
export { type InsuredPerson, insuredPeople } from './insured-people.ts'
export { maskedNamesOf } from './masked-names.ts'
export { type Month, monthsFromTo, schemaMonth } from './month.ts'
export {
  handOverMonths,
  type MonthsMoving,
  type MovedMonth,
  receiveMonths,
  schemaMovedMonth,
  takeMonthsBack,
} from './moved-months.ts'
export {
  changeAgency,
  changePhone,
  findPeople,
  findPersonByIdNumber,
  getPerson,
  type NewPerson,
  type PersonView,
  recordDeath,
  recordRetirement,
  registerPerson,
  revealIdNumber,
  schemaNewPerson,
  schemaPhone,
} from './person.ts'
export {
  type ContributedMonths,
  contributedMonths,
  contributionsOf,
  type PersonMonth,
  type RecordedMonth,
  recordPersonContributions,
  schemaPersonMonth,
} from './person-contributions.ts'
export { maskName, namesOfPeople } from './person-names.ts'
export {
  type AuthorityGift,
  agentByIdentity,
  agentOfProxyCode,
  giveAuthorityByCode,
  issueProxyCode,
  schemaProxyCode,
} from './proxy-code.ts'
export { issueQrToken, type PresentedCard, redeemQrToken, regionOfQrToken } from './qr-token.ts'
export type { RowsRecorded } from './record-rows.ts'
export { type RegisterEvent, type RegisterEventQuery, registerEvents } from './register-events.ts'
export {
  type AuthorityRelation,
  type AuthorityScope,
  authorityScopes,
  type BankClass,
  bankClasses,
  type CardState,
  type CertificateKind,
  certificateKinds,
  type ECardState,
  type EmployerStatus,
  type EmploymentForm,
  type EnrolmentRelation,
  type EntityKind,
  employmentForms,
  entityKinds,
  type Industry,
  type InstitutionKind,
  type InstitutionLevel,
  type Insurance,
  industries,
  institutionKinds,
  insurances,
  peopleMigrations,
  type RoleDuty,
  type RoleKind,
  type Sex,
  type SizeClass,
  sizeClasses,
} from './tables.ts'
export {
  createUser,
  findUserByLogin,
  getUser,
  type NewUser,
  recordFailedSignIn,
  recordSuccessfulSignIn,
  type SignIn,
  schemaNewUser,
  setPasswordHash,
  type User,
} from './user.ts'
