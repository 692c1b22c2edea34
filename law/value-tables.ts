import type { ColumnType } from 'kysely'
import type { Id, Instant, PlainDate, Work } from '../ground/door.ts'
import type { RegionCode } from './regions.ts'

/** A proposed value as it is stored. */
export type ProposalRow = {
  id: Id
  service: string
  name: string
  insurance: string | null
  region: RegionCode
  unit: string
  value: ColumnType<unknown, string, never>
  effective_from: PlainDate
  effective_to: PlainDate | null
  source: string
  note: string | null
  proposed_by: Id
  proposed_at: Instant
}

/** The second pair of eyes on a proposal. */
export type ApprovalRow = {
  proposal_id: Id
  proposed_by: Id
  approved_by: Id
  approved_at: Instant
  published_on: PlainDate
  signature: string
}

type WithdrawalRow = { id: Id; proposal_id: Id; reason: string; proposed_by: Id; proposed_at: Instant }

type WithdrawalApprovalRow = {
  proposal_id: Id
  withdrawal_id: Id
  proposed_by: Id
  approved_by: Id
  approved_at: Instant
  withdrawn_on: PlainDate
  signature: string
}

/** The tables of values, for queries that are built once; others begin at `valueTables`. */
export type ValueTables = {
  'law.value_proposal': ProposalRow
  'law.value_approval': ApprovalRow
  'law.value_withdrawal': WithdrawalRow
  'law.value_withdrawal_approval': WithdrawalApprovalRow
}

/** The tables of proposed, published and withdrawn values in the transaction of this work. */
export function valueTables(work: Work) {
  return work.db.withTables<ValueTables>()
}
