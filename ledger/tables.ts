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

/** The ledger's tables as kysely reads them; `migrations/` is their definition. */
export type LedgerTables = {
  'ledger.account': AccountTable
  'ledger.transfer': TransferTable
  'ledger.entry': EntryTable
  'ledger.balance': BalanceTable
  'ledger.hold': HoldTable
  'ledger.hold_end': HoldEndTable
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
  recorded_at: Instant
  case_id: Id | null
  reference: string | null
  corrects: Id | null
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
  outcome: 'posted' | 'released'
  transfer_key: string | null
  ended_at: Instant
  user_id: Id | null
}

/** The ledger's tables within a work's transaction. */
export function ledgerTables(work: Work): Transaction<LedgerTables> {
  return work.db.withTables<LedgerTables>()
}

/** Runs a part of a work as the ledger's own writing: only the system writes to the books, whoever caused it (`user_id` tells who). */
export function asLedger<T>(work: Work, part: (work: Work) => Promise<T>): Promise<T> {
  return work.actor.kind === 'system' ? part(work) : asActor(work, systemActor, part)
}
