import type { ColumnType } from 'kysely'
import type { Id, Instant, PlainDate, Work } from '../../ground/door.ts'

/** A column set at insert and never changed. */
type Fixed<T> = ColumnType<T, T, never>

/** A person's work injury as the determining department reports it (home region). */
export type InjuryRow = {
  id: Id
  person_id: Id
  employer_id: Id | null
  agency: string
  occurred_on: PlainDate
  body_part: string
  employer_insured: boolean
  third_party_liable: boolean
  determination: 'none' | 'pending' | 'done'
  determined_on: PlainDate | null
  recurrence_on: PlainDate | null
  rehabilitation_on: PlainDate | null
  device_on: PlainDate | null
  disability_grade: number | null
  appraised_in: string | null
  labour_relation_exists: boolean
  contributing: boolean
  retired_from_employer: boolean
  relation_terminated_on: PlainDate | null
  recorded_at: Instant
}

/** A line of a bill as the hospital sent it. `quantity_milli`: thousandths of a unit. */
export type BillLineRow = {
  stay_id: Id
  version: number
  no: number
  agency: string
  institution_id: Id
  hospital_code: string
  name: string
  charged_on: PlainDate
  quantity_milli: number
  unit_price_fen: number
  amount_fen: number
  injury_related: boolean
}

/** What a line came to in a preview. */
export type PricedLineRow = {
  stay_id: Id
  preview: number
  version: number
  no: number
  agency: string
  institution_id: Id
  catalogue_region: string
  catalogue_code: string | null
  limit_fen: number | null
  fund_fen: number
  person_fen: number
  finding: string
  because: string
}

/** A settlement as this node knows it: `host` for stays treated here, `home` for our insured treated elsewhere (or here). */
export type SettlementRow = {
  number: string
  side: 'host' | 'home'
  revision: number
  case_id: Id
  agency: string
  insured_region: string
  treatment_region: string
  institution_id: Id | null
  person_id: Id | null
  cost_type: string
  state: 'settled' | 'undone'
  total_fen: number
  fund_fen: number
  person_fen: number
  deducted_fen: number
  admitted_on: PlainDate
  discharged_on: PlainDate
  settled_on: PlainDate
  undone_on: PlainDate | null
  reconciled_on: PlainDate | null
  audited_on: PlainDate | null
  paid_on: PlainDate | null
  cleared_fen: number
  cleared_in: string | null
  /** The day on which this revision came to be, by the host's calendar. */
  changed_on: PlainDate
  /** The number of the open dispute that keeps it out of clearing. */
  disputed_in: string | null
}

/** The newest word of a hold on the prepaid fund (home). */
export type HoldRow = {
  settlement_number: string
  revision: number
  treatment_region: string
  state: 'held' | 'released'
  fund_fen: number
  held_until: PlainDate
}

/** What the service keeps, for queries that are built once; others begin at `serviceTables`. */
export type ServiceTables = {
  'svc_work_injury_settlement.injury': InjuryRow
  'svc_work_injury_settlement.visiting_filing': {
    insured_region: string
    filing_number: string
    revision: number
    card_number: string
    filing_class: string
    treatment_region: string
    valid_from: PlainDate
    valid_to: PlainDate | null
    state: 'effective' | 'ended'
    told_at: Instant
  }
  'svc_work_injury_settlement.patient': {
    id: Fixed<Id>
    insured_region: Fixed<string>
    card_number: Fixed<string>
    name_sealed: Fixed<Uint8Array>
  }
  'svc_work_injury_settlement.bill_line': BillLineRow
  'svc_work_injury_settlement.priced_line': PricedLineRow
  'svc_work_injury_settlement.claimed_receipt': {
    receipt_number: string
    claim_id: Id
    agency: string
    person_id: Id
    kind: 'travel' | 'lodging' | 'treatment'
    amount_fen: number
    recorded_at: Instant
  }
  'svc_work_injury_settlement.settlement': SettlementRow
  'svc_work_injury_settlement.stay_place': { side: 'host' | 'home'; stay_number: string; case_id: Id }
  'svc_work_injury_settlement.hold': HoldRow
  'svc_work_injury_settlement.daily_report': {
    day: PlainDate
    partner: string
    reported_at: Instant
    answered_at: Instant | null
    difference_count: number | null
  }
  'svc_work_injury_settlement.reported_item': {
    quarter: string
    treatment_region: string
    insured_region: string
    settlement_number: string
    revision: number
    creditor_fen: number | null
    debtor_fen: number | null
  }
  'svc_work_injury_settlement.clearing_report': {
    quarter: string
    side: 'creditor' | 'debtor'
    partner: string
    reported_at: Instant
  }
  'svc_work_injury_settlement.alert': {
    id: Id
    agency: string
    code: string
    params: ColumnType<Record<string, string | number>, string, never>
    about: string
    raised_at: Instant
  }
}

/** This service's own tables. */
export function serviceTables(work: Work) {
  return work.db.withTables<ServiceTables>()
}
