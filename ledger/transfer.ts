import { actorUserId, BrokenInvariant, type Id, must, type PlainDate, Refusal, type Work } from '../ground/door.ts'
import { accountOf, type OpenAccounts, openAccounts } from './account.ts'
import { requireAmount } from './amount.ts'
import type { AccountRef, Books } from './chart.ts'
import { asLedger, type Memo } from './tables.ts'
import {
  type EntryRecord,
  type PostedTransfer,
  recordTransfer,
  recordTransfers,
  sumOf,
  type TransferRecord,
} from './transfer-record.ts'

/** One line of a transfer to be posted: whole fen, at least 1. */
export type EntrySpec = { account: AccountRef; debitFen: number } | { account: AccountRef; creditFen: number }

/** A transfer to be posted. */
export type TransferSpec = {
  /** Idempotency: the same key with the same content posts once. */
  key: string
  /** What happened, as a code in snake_case (`discharge`, `payment_batch`). */
  kind: string
  /** The day of the business. It stands in the books under this day, or where its period is closed under today's, with its own day told. */
  on: PlainDate
  books: Books
  caseId?: Id
  /** A number of the world outside: a bank batch, a statement, a receipt. */
  reference?: string
  memo: Memo
  entries: readonly EntrySpec[]
}

/**
 * Posts a transfer and opens the accounts of the chart that it needs. Whoever acts, the ledger writes it as the system and keeps the user.
 * Throws `Refusal` `transfer_key_reused` (same key, other content), `overdraft_refused`, `debt_of_another_region` (it would settle one
 * region's debt by another's claim); `BrokenInvariant` where it does not balance, before anything is written.
 */
export async function postTransfer(work: Work, spec: TransferSpec): Promise<PostedTransfer> {
  const userId = actorUserId(work.actor)
  return asLedger(work, async (part) => recordTransfer(part, await prepareTransfer(part, spec, userId)))
}

/**
 * Posts many transfers at once, in their order, of whatever books: one statement writes and guards them all, so an account that refuses overdraft
 * is judged by what all of them together take from it. All are there or none. Throws as `postTransfer`.
 */
export async function postTransfers(work: Work, specs: readonly TransferSpec[]): Promise<PostedTransfer[]> {
  const userId = actorUserId(work.actor)
  if (specs.length === 0) return []
  return asLedger(work, async (part) => recordTransfers(part, await prepareTransfers(part, specs, userId)))
}

/** What a posting writes: checks it and opens its accounts. `work` acts as the system. Throws as `postTransfer`. */
export async function prepareTransfer(work: Work, spec: TransferSpec, userId: Id | null): Promise<TransferRecord> {
  return must((await prepareTransfers(work, [spec], userId))[0], `transfer ${spec.key}`)
}

async function prepareTransfers(
  work: Work,
  specs: readonly TransferSpec[],
  userId: Id | null,
): Promise<TransferRecord[]> {
  const opened = new Map<string, OpenAccounts>()
  for (const { entries } of specs) {
    requireBalance(entries.map(movementOf))
    requireOneRegion(entries.map(({ account }) => account))
  }
  for (const [name, ofBooks] of Map.groupBy(specs, ({ books }) => booksText(books))) {
    const refs = ofBooks.flatMap(({ entries }) => entries.map(({ account }) => account))
    opened.set(name, await openAccounts(work, must(ofBooks[0], 'a transfer').books, refs))
  }
  return specs.map((spec) => recordOf(spec, must(opened.get(booksText(spec.books)), 'open accounts'), userId))
}

function recordOf(spec: TransferSpec, accounts: OpenAccounts, userId: Id | null): TransferRecord {
  const entries = spec.entries.map(movementOf).map(({ account, ...movement }) => ({
    accountId: accountOf(accounts, account).id,
    ...movement,
  }))
  const { key, kind, on, books, caseId, reference, memo } = spec
  return { key, kind, on, fund: books.fund, agency: books.agency, caseId, reference, userId, memo, entries }
}

function booksText({ fund, agency }: Books): string {
  return `${fund} ${agency}`
}

/** Requires amounts that can be posted and sides that are equal; throws `BrokenInvariant`. */
export function requireBalance(movements: readonly Pick<EntryRecord, 'side' | 'amountFen'>[]): void {
  for (const { amountFen } of movements) requireAmount(amountFen)
  const [debitFen, creditFen] = [sumOf(movements, 'debit'), sumOf(movements, 'credit')]
  if (debitFen !== creditFen || movements.length < 2) {
    throw new BrokenInvariant(`a transfer does not balance: debit ${debitFen} fen, credit ${creditFen} fen`)
  }
}

type Movement = Omit<EntryRecord, 'accountId'> & { account: AccountRef }

function movementOf(entry: EntrySpec): Movement {
  const { account } = entry
  return 'debitFen' in entry
    ? { account, side: 'debit', amountFen: entry.debitFen }
    : { account, side: 'credit', amountFen: entry.creditFen }
}

/** Parties that are region codes: the same as `ledger.account.counter_region`. */
function requireOneRegion(refs: readonly AccountRef[]): void {
  const regions = new Set(refs.map(({ party = '' }) => party).filter((party) => /^[0-9]{6}$/.test(party)))
  if (regions.size > 1) throw new Refusal('debt_of_another_region', { params: { regions: [...regions].join(' / ') } })
}
