/** The door of `ledger`: accounts, transfers that always balance, holds, and the books read from them. Knows no service by name. */
export { type Account, findAccount, getAccount, openAccount } from './account.ts'
export { type Balance, type BalanceAmounts, type BalanceFilter, balanceOf, balances } from './balance.ts'
export { type CashBook, type CashBookClass, type CashBookItem, type CashBookLine, cashBook } from './cash-book.ts'
export {
  type AccountBook,
  type AccountKind,
  type AccountRef,
  type Books,
  type Chart,
  type ChartAccount,
  defineChart,
  type Overdraft,
  type Side,
} from './chart.ts'
export { findHold, type Hold, type HoldSpec, type PlacedHold, placeHold, postHold, releaseHold } from './hold.ts'
export { ledgerMigrations } from './migrations.ts'
export { type Statement, type StatementLine, type StatementSpec, statement } from './statement.ts'
export type { Memo } from './tables.ts'
export {
  type EntrySpec,
  type PostedTransfer,
  postTransfer,
  type ReversalSpec,
  reverseTransfer,
  type TransferSpec,
} from './transfer.ts'
export { type Entry, findTransferByKey, getTransfer, type Transfer, transfersOf } from './transfer-history.ts'
export { type TrialBalance, type TrialBalanceRow, type TrialBalanceTotals, trialBalance } from './trial-balance.ts'
