import type { ColumnType } from 'kysely'
import { type Id, type Instant, type MigrationSet, type PlainDate, readMigrations, type Work } from '../ground/door.ts'
import type { RegionCode } from '../law/door.ts'

/** The tables of `registers`. */
export function registersMigrations(): Promise<MigrationSet> {
  return readMigrations('registers', new URL('./migrations/', import.meta.url))
}

type Recorded = { recorded_by: Id | null; recorded_at: Instant }
type Effective = { effective_from: PlainDate; effective_to: PlainDate | null }

type CatalogueEntryRow = Effective &
  Recorded & {
    id: Id
    region: RegionCode
    kind: CatalogueKind
    code: string
    name_zh: string
    name_en: string | null
    unit: string
    price_limit_fen: number | null
    quantity_limit: number | null
    source: string
  }

type CodeMappingRow = Effective & {
  id: Id
  institution_id: Id
  region: RegionCode
  hospital_code: string
  hospital_name: string
  kind: CatalogueKind
  catalogue_code: string | null
  state: MappingState
  proposed_by: Id
  proposed_at: Instant
  decided_by: Id | null
  decided_at: Instant | null
}

type AgreementRow = Recorded & {
  id: Id
  institution_id: Id
  kind: AgreementKind
  region: RegionCode
  agreed_on: PlainDate
  connected_on: PlainDate | null
  live_on: PlainDate | null
  ended_on: PlainDate | null
  source: string
}

type PilotAreaRow = Recorded & { province: RegionCode; prefecture: RegionCode; go_live_on: PlainDate; source: string }

type ControlRuleRow = Effective &
  Recorded & {
    id: Id
    code: string
    service: string | null
    level: ControlLevel
    name_zh: string
    name_en: string
    source: string
    assumed: boolean
  }

type ServiceItemRow = Effective &
  Recorded & {
    id: Id
    item_code: string
    service: string
    level: 'national' | 'local'
    name_zh: string
    name_en: string
    maturity: ServiceMaturity
    proofs_asked: ColumnType<unknown, string, never>
    proofs_saved: ColumnType<unknown, string, never>
    source: string
    assumed: boolean
  }

/** What a catalogue holds: items of diagnosis and treatment, drugs, rehabilitation items, devices, service standards. */
export type CatalogueKind = 'item' | 'drug' | 'rehab_item' | 'device' | 'service_standard'

/** A mapping counts only when approved. */
export type MappingState = 'proposed' | 'approved' | 'rejected'

/** What an agreement is for (A1.04, A1.08). */
export type AgreementKind = 'medical' | 'rehabilitation' | 'device'

/** How loudly a control rule warns (B3.10). */
export type ControlLevel = 'high' | 'medium' | 'low'

/** 能办, 好办, 高效办成 (B2.06). */
export type ServiceMaturity = 'can_be_done' | 'easy_to_do' | 'efficiently_done'

/** Published lists that name parties: 严重失信, 破产清算, 注销 (C2.07). */
export type PartyList = (typeof partyLists)[number]
export const partyLists = ['serious_dishonesty', 'bankruptcy_liquidation', 'deregistration'] as const

type ListedPartyRow = Effective &
  Recorded & { id: Id; list: PartyList; credit_code: string; name: string; region: RegionCode; source: string }

type OccupationRow = Recorded & { code: string; name_zh: string; name_en: string; source: string; assumed: boolean }

type UrgentListRow = Recorded & {
  id: Id
  region: RegionCode
  year: number
  version: number
  source: string
  assumed: boolean
}

type ListRow = Recorded & {
  id: Id
  list: string
  code: string
  version: number
  region: RegionCode
  content: ColumnType<unknown, string, never>
}

type RegisterTables = {
  'registers.list_row': ListRow
  'registers.current_list_row': ListRow
  'registers.catalogue_entry': CatalogueEntryRow
  'registers.code_mapping': CodeMappingRow
  'registers.agreement': AgreementRow
  'registers.pilot_area': PilotAreaRow
  'registers.control_rule': ControlRuleRow
  'registers.service_item': ServiceItemRow
  'registers.listed_party': ListedPartyRow
  'registers.occupation': OccupationRow
  'registers.urgent_list': UrgentListRow
  'registers.urgent_occupation': { list_id: Id; occupation: string }
}

/** The room's tables in the transaction of this work. */
export function tables(work: Work) {
  return work.db.withTables<RegisterTables>()
}
