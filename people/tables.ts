import type { Generated, Transaction } from 'kysely'
import { type Id, type Instant, type MigrationSet, type PlainDate, readMigrations, type Work } from '../ground/door.ts'
import type { AccessAction } from './access-log.ts'
import type { SharedRecordKind } from './identity-digest.ts'

/** The tables of schema `people`, as its migrations make them. */
export type PeopleTables = {
  'people.employer': {
    id: Id
    credit_code: string
    name: string
    region: string
    agency: string
    industry: Industry
    status: Generated<EmployerStatus>
    registered_at: Instant
  }
  'people.institution': {
    id: Id
    code: string
    name: string
    kind: InstitutionKind
    level: InstitutionLevel | null
    bank_class: BankClass | null
    region: string
    registered_at: Instant
  }
  'people.institution_account': {
    seq: Generated<number>
    institution_id: Id
    bank_name: string
    account_name: string
    account_number: string
    from_on: PlainDate
    recorded_at: Instant
  }
  'people.person': {
    id: Id
    id_number_sealed: Buffer
    id_number_index: string
    name: string
    sex: Sex
    birth_on: PlainDate
    phone: string | null
    home_region: string
    agency: string
    retired_on: PlainDate | null
    died_on: PlainDate | null
    /** Null in records made before there were digests. */
    identity_digest_index: string | null
    registered_at: Instant
  }
  'people.enrolment': {
    id: Id
    person_id: Id
    employer_id: Id | null
    insurance: Insurance
    pooling_area: string
    agency: string
    relation: EnrolmentRelation
    contributing_continuously: boolean
    from_on: PlainDate
    to_on: PlainDate | null
    recorded_at: Instant
  }
  'people.access_log': {
    seq: Generated<number>
    at: Instant
    person_id: Id
    action: AccessAction
    purpose: string | null
    actor_kind: string
    role: string
    user_id: Id | null
    assignment_id: Id | null
    agency: string | null
    institution_id: Id | null
    employer_id: Id | null
  }
  'people.card': {
    id: Id
    number: string
    person_id: Id
    state: Generated<CardState>
    issued_on: PlainDate
    outlet: string
    bank_name: string | null
    bank_account_masked: string | null
    bank_account_sealed: Buffer | null
    recorded_at: Instant
  }
  'people.card_state_change': { seq: Generated<number>; card_id: Id; state: CardState; at: Instant }
  'people.e_card': {
    id: Id
    card_id: Id
    card_state: CardState
    version: string
    state: Generated<ECardState>
    applied_at: Instant
  }
  'people.e_card_app': { e_card_id: Id; app: string; authorised_at: Instant }
  'people.qr_token': { token_sm3: string; e_card_id: Id; issued_at: Instant; expires_at: Instant }
  'people.qr_redemption': { token_sm3: string; scanned_at: Instant; redeemed_by: string; redeemed_at: Instant }
  'people.user_account': {
    id: Id
    login: string
    display_name: string
    person_id: Id | null
    assignments_made: Generated<number>
    created_at: Instant
  }
  'people.credential': {
    user_id: Id
    password_hash: string
    failed_count: Generated<number>
    locked_until: Generated<Instant | null>
    set_at: Instant
  }
  'people.role': { code: string; kind: RoleKind; duty: RoleDuty | null; title_zh: string; title_en: string }
  'people.exclusive_pair': { first_role: string; second_role: string; source: string; assumed: boolean }
  'people.assignment': {
    id: Id
    user_id: Id
    role: string
    kind: RoleKind
    agency: string
    institution_id: Id | null
    employer_id: Id | null
    from_on: PlainDate
    to_on: PlainDate | null
    assigned_by: Id | null
    assigned_at: Instant
  }
  'people.authority': {
    id: Id
    subject_person_id: Id
    relation: AuthorityRelation
    agent_person_id: Id | null
    agent_employer_id: Id | null
    evidence: string
    from_on: PlainDate
    to_on: PlainDate | null
    recorded_by: Id | null
    recorded_at: Instant
    scope: AuthorityScope[]
    proxy_code_index: string | null
    withdrawn_at: Generated<Instant | null>
    withdrawn_by: Generated<Id | null>
  }
  'people.proxy_code': { code_index: string; agent_person_id: Id; issued_at: Instant; expires_at: Instant }
  'people.employer_profile': {
    seq: Generated<number>
    employer_id: Id
    entity_kind: EntityKind
    size_class: SizeClass
    from_on: PlainDate
    source: string
    recorded_at: Instant
  }
  'people.employer_owner': {
    id: Id
    employer_id: Id
    person_id: Id
    from_on: PlainDate
    to_on: PlainDate | null
    source: string
    recorded_at: Instant
  }
  'people.employer_account': {
    seq: Generated<number>
    employer_id: Id
    bank_name: string
    account_name: string
    account_number_sealed: Buffer
    account_number_masked: string
    from_on: PlainDate
    recorded_at: Instant
  }
  'people.employer_contribution': {
    employer_id: Id
    insurance: Insurance
    month: PlainDate
    agency: string
    headcount: number
    due_fen: number
    paid_fen: number
    paid_on: PlainDate | null
    recorded_at: Instant
  }
  'people.person_contribution': {
    person_id: Id
    insurance: Insurance
    month: PlainDate
    employer_id: Id | null
    agency: string
    base_fen: number
    paid_on: PlainDate | null
    recorded_at: Instant
    received_from: Generated<string | null>
    handed_to: Generated<string | null>
  }
  'people.contribution_correction': {
    seq: Generated<number>
    employer_id: Id | null
    person_id: Id | null
    agency: string
    insurance: Insurance
    month: PlainDate
    before: unknown
    corrected_at: Instant
  }
  'people.end_reason': {
    code: string
    counts_as_layoff: boolean
    involuntary: boolean
    title_zh: string
    title_en: string
    source: string
    assumed: boolean
  }
  'people.employment': {
    id: Id
    person_id: Id
    employer_id: Id
    agency: string
    from_on: PlainDate
    to_on: PlainDate | null
    end_reason: string | null
    recorded_at: Instant
  }
  'people.employment_post': {
    seq: Generated<number>
    employment_id: Id
    occupation: string
    from_on: PlainDate
    recorded_at: Instant
  }
  'people.certificate': {
    id: Id
    number: string
    person_id: Id
    kind: CertificateKind
    occupation: string
    level: number
    issued_on: PlainDate
    issuer: string
    revoked_on: PlainDate | null
    revoke_reason: string | null
    recorded_at: Instant
  }
  'people.shared_source': {
    seq: Generated<number>
    person_id: Id
    record: SharedRecordKind
    reference: string
    region: string
    answer: string
    said_on: PlainDate
    recorded_at: Instant
  }
  'people.benefit_spell': {
    id: Id
    person_id: Id
    kind: string
    agency: string
    from_month: PlainDate
    to_month: PlainDate | null
    case_id: Id
    cancelled_by_case: Id | null
    recorded_at: Instant
  }
  'people.employment_status': {
    id: Id
    person_id: Id
    status: 'employed' | 'unemployed'
    form: EmploymentForm | null
    agency: string
    from_on: PlainDate
    to_on: PlainDate | null
    case_id: Id
    recorded_at: Instant
  }
}

/** Industries counted apart for their risk (A1.20), and all others. */
export type Industry = (typeof industries)[number]
export const industries = ['hazardous_chemicals', 'mining', 'construction', 'transport', 'machinery', 'other'] as const

/** Whether an employer still exists; of a bankrupt or deregistered one nothing can be collected any more. */
export type EmployerStatus = 'active' | 'bankrupt' | 'deregistered'

/** What an institution of an agreement, an agency, a bank, or a counter below the counties (B3.02) is. */
export type InstitutionKind = (typeof institutionKinds)[number]
export const institutionKinds = [
  'hospital',
  'rehabilitation',
  'device_maker',
  'agency',
  'bank',
  'township_station',
  'village_counter',
] as const

/** Kinds of banks as a rule about banks tells them apart (C1.05); the Bank of China is state-owned too, but an earlier rule names it alone. */
export type BankClass = (typeof bankClasses)[number]
export const bankClasses = [
  'bank_of_china',
  'state_owned',
  'postal',
  'joint_stock_provincial_branch',
  'local_legal_person',
  'other',
] as const

/** What kind of body an employer is (C2.06). */
export type EntityKind = (typeof entityKinds)[number]
export const entityKinds = [
  'enterprise',
  'social_organisation',
  'foundation',
  'social_service',
  'law_firm',
  'accounting_firm',
  'individual_business',
] as const

/** Of what size an employer is (大型, 中型, 小型, 微型). */
export type SizeClass = (typeof sizeClasses)[number]
export const sizeClasses = ['large', 'medium', 'small', 'micro'] as const

/** What a certificate attests: a vocational qualification (职业资格) or a vocational skill level (职业技能等级). */
export type CertificateKind = (typeof certificateKinds)[number]
export const certificateKinds = ['vocational_qualification', 'skill_level'] as const

/** How somebody works who has no employer: through a platform (新就业形态), flexibly, or in a business of their own. */
export type EmploymentForm = (typeof employmentForms)[number]
export const employmentForms = ['platform', 'flexible', 'own_business'] as const

/** Hospital level, 3 the highest. */
export type InstitutionLevel = 1 | 2 | 3

/** As the identity number says (GB 11643). */
export type Sex = 'female' | 'male'

/** The five social insurances as they are enrolled in; resident pension apart from the employees' one. */
export type Insurance = (typeof insurances)[number]
export const insurances = ['pension', 'resident_pension', 'medical', 'unemployment', 'work_injury'] as const

/** The labour relation behind an enrolment: at work, retired from that employer, or ended. */
export type EnrolmentRelation = (typeof enrolmentRelations)[number]
export const enrolmentRelations = ['active', 'retired', 'terminated'] as const

/** `replaced` and `cancelled` are final. */
export type CardState = 'active' | 'lost' | 'replaced' | 'cancelled'

/** `suspended` while the card is reported lost; `cancelled` is final. */
export type ECardState = 'active' | 'suspended' | 'cancelled'

/** For what body an assignment in the role acts. */
export type RoleKind = 'staff' | 'institution' | 'employer'

/** Roles of different duties exclude each other. */
export type RoleDuty = 'operations' | 'finance' | 'data' | 'audit'

/** What the one who may act is to the other: by kinship, by guardianship, by a written order, or as the officer of the employer. */
export type AuthorityRelation = 'relative' | 'guardian' | 'entrusted' | 'employer_officer'

/**
 * What an authority covers: `matters` (to apply, to follow, to answer; always), `records` (to read the registers and have papers made), `card` (to show
 * the e-card, to report the card lost).
 */
export type AuthorityScope = (typeof authorityScopes)[number]
export const authorityScopes = ['matters', 'records', 'card'] as const

/** The room's migrations, for the runner. */
export function peopleMigrations(): Promise<MigrationSet> {
  return readMigrations('people', new URL('./migrations/', import.meta.url))
}

/** The work's transaction with this room's tables. */
export function peopleTables(work: Work): Transaction<PeopleTables> {
  return work.db.$extendTables<PeopleTables>()
}
