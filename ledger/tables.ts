import type { GeneratedAlways, Transaction } from 'kysely'
import {
  asActor,
  type Id,
  type Instant,
  type MessageParams,
  type PlainDate,
  systemActor,
  type Work,
} from '../ground/door.ts'
import type { AccountBook, AccountKind, Overdraft, Side } from './chart.ts'

/** Why a transfer was made: a message code and its parameters. */
export type Memo = { code: string; params: MessageParams }

/** How a hold ends. */
export type HoldOutcome = 'posted' | 'released' | 'expired'

/** The ledger's tables as kysely reads them; `migrations/` is their definition. */
export type LedgerTables = {
  'ledger.account': AccountTable
  'ledger.transfer': TransferTable
  'ledger.entry': EntryTable
  'ledger.balance': BalanceTable
  'ledger.hold': HoldTable
  'ledger.hold_end': HoldEndTable
  'ledger.open_hold': OpenHoldTable
  'ledger.link': LinkTable
  'ledger.block': BlockTable
  'ledger.sealed_transfer': SealedTransferTable
  'ledger.awaiting_seal': AwaitingSealTable
  'ledger.closing': ClosingTable
  'ledger.closing_confirmation': ClosingConfirmationTable
}

type AccountTable = {
  id: Id
  name: string
  fund: string
  agency: string
  party: string | null
  kind: AccountKind
  book: AccountBook
  cash_item: string
  overdraft: Overdraft
  opened_at: Instant
}

type TransferTable = {
  id: Id
  seq: GeneratedAlways<number>
  key: string
  kind: string
  fund: string
  agency: string
  booked_on: PlainDate
  /** The day on which it happened, where it was booked later because its period was closed. */
  occurred_on: PlainDate | null
  recorded_at: Instant
  case_id: Id | null
  reference: string | null
  corrects: Id | null
  link_id: Id | null
  link_no: number | null
  user_id: Id | null
  memo: Memo
  content_sm3: string
  entry_count: number
  total_fen: number
}

type EntryTable = {
  transfer_id: Id
  no: number
  account_id: Id
  fund: string
  agency: string
  side: Side
  amount_fen: number
}

type BalanceTable = {
  account_id: Id
  debit_fen: GeneratedAlways<number>
  credit_fen: GeneratedAlways<number>
  held_fen: GeneratedAlways<number>
}

type HoldTable = {
  id: Id
  key: string
  account_id: Id
  fund: string
  agency: string
  amount_fen: number
  placed_at: Instant
  expires_at: Instant
  case_id: Id | null
  user_id: Id | null
}

type HoldEndTable = {
  hold_id: Id
  agency: string
  outcome: HoldOutcome
  transfer_key: string | null
  ended_at: Instant
  user_id: Id | null
}

type OpenHoldTable = {
  hold_id: GeneratedAlways<Id>
  agency: GeneratedAlways<string>
  expires_at: GeneratedAlways<Instant>
}

type LinkTable = {
  id: Id
  key: string
  fund: string
  agency: string
  transfer_count: number
  recorded_at: Instant
}

type BlockTable = {
  number: number
  format: 1
  previous_number: number | null
  previous_hash: string
  first_position: number
  transfer_count: number
  rows_hash: string
  sealed_at: Instant
  hash: string
}

type SealedTransferTable = { position: number; block_number: number; transfer_id: Id; hash: string }

type AwaitingSealTable = { seq: GeneratedAlways<number>; transfer_id: GeneratedAlways<Id> }

type ClosingTable = {
  id: Id
  fund: string
  agency: string
  period: string
  from_on: PlainDate
  to_on: PlainDate
  balance_sm3: string
  closed_by: Id
  closed_at: Instant
}

type ClosingConfirmationTable = {
  closing_id: Id
  fund: string
  agency: string
  from_on: PlainDate
  to_on: PlainDate
  closed_by: Id
  confirmed_by: Id
  confirmed_at: Instant
  head_number: number | null
  head_hash: string | null
  document: string
  signature: string
  signer: string
}

/** The ledger's tables within a work's transaction. */
export function ledgerTables(work: Work): Transaction<LedgerTables> {
  return work.db.withTables<LedgerTables>()
}

/** Runs a part of a work as the ledger's own writing: only the system writes to the books, whoever caused it (`user_id` tells who). */
export function asLedger<T>(work: Work, part: (work: Work) => Promise<T>): Promise<T> {
  return work.actor.kind === 'system' ? part(work) : asActor(work, systemActor, part)
}
