/** The door of `people`: persons, employers, institutions, cards, enrolments, users and their roles, and who looked at whose data. */
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
  type NewAuthority,
  recordAuthority,
  schemaNewAuthority,
} from './authority.ts'
export {
  type Card,
  type CardReplacement,
  cancelCard,
  cardsOf,
  checkCard,
  issueCard,
  type NewCard,
  replaceCard,
  reportCardFound,
  reportCardLost,
  schemaCardReplacement,
  schemaNewCard,
} from './card.ts'
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
export {
  changeEnrolment,
  type Enrolment,
  endEnrolment,
  enrol,
  enrolmentsOf,
  type NewEnrolment,
  schemaNewEnrolment,
} from './enrolment.ts'
export { makeSyntheticIdNumber, maskIdNumber, schemaIdNumber } from './identity-number.ts'
export {
  type BankAccount,
  bankAccountOf,
  findInstitutionByCode,
  findInstitutions,
  getInstitution,
  type Institution,
  type NewInstitution,
  registerInstitution,
  schemaBankAccount,
  schemaNewInstitution,
  setBankAccount,
} from './institution.ts'
export {
  changeAgency,
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
} from './person.ts'
export { issueQrToken, type PresentedCard, redeemQrToken, regionOfQrToken } from './qr-token.ts'
export {
  type AuthorityRelation,
  type CardState,
  type ECardState,
  type EmployerStatus,
  type EnrolmentRelation,
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
