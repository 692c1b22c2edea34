/** The door of `ledger`: accounts, transfers that always balance, holds, and the books read from them. Knows no service by name. */
export { type Account, findAccount, getAccount, openAccount } from './account.ts'
export { type Balance, type BalanceAmounts, type BalanceFilter, balanceOf, balances } from './balance.ts'
export { type ChainHead, type ChainState, chainState } from './block.ts'
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
export { keepBooks } from './clockwork.ts'
export { type Closing, closePeriod, closings, confirmClosing } from './closing.ts'
export { type CorrectionSpec, correctTransfer, type ReversalSpec, reverseTransfer } from './correction.ts'
export {
  expireHolds,
  findHold,
  type Hold,
  type HoldSpec,
  type PlacedHold,
  placeHold,
  postHold,
  releaseHold,
} from './hold.ts'
export { type LinkSpec, type PostedLink, postLinked } from './link.ts'
export { ledgerMigrations } from './migrations.ts'
export { sealBooks } from './seal.ts'
export { type Statement, type StatementLine, type StatementSpec, statement } from './statement.ts'
export type { HoldOutcome, Memo } from './tables.ts'
export { type EntrySpec, postTransfer, postTransfers, type TransferSpec } from './transfer.ts'
export {
  type Entry,
  findTransferByKey,
  getTransfer,
  type Transfer,
  transfersOf,
  transfersOfLink,
} from './transfer-history.ts'
export type { PostedTransfer } from './transfer-record.ts'
export {
  type TrialBalance,
  type TrialBalanceFilter,
  type TrialBalanceRow,
  type TrialBalanceTotals,
  trialBalance,
} from './trial-balance.ts'
export {
  type LedgerFinding,
  type LedgerVerification,
  type VerificationSpec,
  verifyLedger,
} from './verification.ts'
