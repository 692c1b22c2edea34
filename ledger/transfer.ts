import { actorUserId, BrokenInvariant, type Id, type PlainDate, Refusal, sm3, type Work } from '../ground/door.ts'
import { accountOf, openAccounts } from './account.ts'
import { requireAmount } from './amount.ts'
import type { AccountRef, Books, Side } from './chart.ts'
import { refusingOverdraft } from './overdraft.ts'
import { asLedger, ledgerTables, type Memo } from './tables.ts'
import { getTransfer } from './transfer-history.ts'

/** One line of a transfer to be posted: whole fen, at least 1. */
export type EntrySpec = { account: AccountRef; debitFen: number } | { account: AccountRef; creditFen: number }

/** A transfer to be posted. */
export type TransferSpec = {
  /** Idempotency: the same key with the same content posts once. */
  key: string
  /** What happened, as a code in snake_case (`discharge`, `payment_batch`). */
  kind: string
  /** The business date under which it stands in the books. */
  on: PlainDate
  books: Books
  caseId?: Id
  /** A number of the world outside: a bank batch, a statement, a receipt. */
  reference?: string
  /** The transfer that this one corrects. Each transfer is corrected at most once. */
  corrects?: Id
  memo: Memo
  entries: readonly EntrySpec[]
}

/** The undoing of a transfer: key, kind, date, memo and reference are its own, all else is mirrored from the original. */
export type ReversalSpec = Pick<TransferSpec, 'key' | 'kind' | 'on' | 'memo' | 'reference'> & { transferId: Id }

/** What became of a posting. `existing`: the same transfer was there already. */
export type PostedTransfer = { transferId: Id; existing: boolean }

/**
 * Posts a transfer and opens the accounts of the chart that it needs. Whoever acts, the ledger writes it as the system and keeps the user.
 * Throws `Refusal` `transfer_key_reused` (same key, other content), `already_corrected`, `overdraft_refused`; `BrokenInvariant` where it
 * does not balance, before anything is written.
 */
export async function postTransfer(work: Work, spec: TransferSpec): Promise<PostedTransfer> {
  requireBalance(spec.entries.map(movementOf))
  const userId = actorUserId(work.actor)
  return asLedger(work, async (part) => {
    const refs = spec.entries.map(({ account }) => account)
    const accounts = await openAccounts(part, spec.books, refs)
    const entries = spec.entries.map((entry) => ({
      accountId: accountOf(accounts, entry.account).id,
      ...movementOf(entry),
    }))
    return recordTransfer(part, { ...spec, ...spec.books, userId, entries })
  })
}

/**
 * Posts the mirror of a transfer and names it: every debit as credit and every credit as debit, in the same books and case. Throws
 * `Refusal` `already_corrected` where it was corrected before, and as `postTransfer` does.
 */
export async function reverseTransfer(work: Work, spec: ReversalSpec): Promise<PostedTransfer> {
  const userId = actorUserId(work.actor)
  return asLedger(work, async (part) => {
    const { fund, agency, caseId, entries } = await getTransfer(part, spec.transferId)
    return recordTransfer(part, {
      ...spec,
      ...{ fund, agency, caseId, userId, corrects: spec.transferId },
      entries: entries.map(({ accountId, side, amountFen }) => ({ accountId, side: otherSide(side), amountFen })),
    })
  })
}

type Movement = { side: Side; amountFen: number }

type TransferRecord = Pick<TransferSpec, 'key' | 'kind' | 'on' | 'reference' | 'corrects' | 'memo'> & {
  fund: string
  agency: string
  caseId?: Id | null
  userId: Id | null
  entries: ReadonlyArray<Movement & { accountId: Id }>
}

function movementOf(entry: EntrySpec): Movement {
  return 'debitFen' in entry
    ? { side: 'debit', amountFen: entry.debitFen }
    : { side: 'credit', amountFen: entry.creditFen }
}

function otherSide(side: Side): Side {
  return side === 'debit' ? 'credit' : 'debit'
}

function requireBalance(movements: readonly Movement[]): void {
  for (const { amountFen } of movements) requireAmount(amountFen)
  const [debitFen, creditFen] = [sumOf(movements, 'debit'), sumOf(movements, 'credit')]
  if (debitFen !== creditFen || movements.length < 2) {
    throw new BrokenInvariant(`a transfer does not balance: debit ${debitFen} fen, credit ${creditFen} fen`)
  }
}

function sumOf(movements: readonly Movement[], side: Side): bigint {
  return movements.reduce((sum, movement) => (movement.side === side ? sum + BigInt(movement.amountFen) : sum), 0n)
}

async function recordTransfer(work: Work, record: TransferRecord): Promise<PostedTransfer> {
  const contentSm3 = contentDigest(record)
  const transferId = await insertTransfer(work, record, contentSm3)
  if (transferId === undefined) return { transferId: await existingTransfer(work, record, contentSm3), existing: true }
  await work.reach('ledger.transfer-recorded')
  const rows = record.entries.map(({ accountId, side, amountFen }, index) => ({
    ...{ transfer_id: transferId, no: index + 1, account_id: accountId },
    ...{ fund: record.fund, agency: record.agency, side, amount_fen: amountFen },
  }))
  await refusingOverdraft(ledgerTables(work).insertInto('ledger.entry').values(rows).execute())
  await work.reach('ledger.entries-recorded')
  return { transferId, existing: false }
}

async function insertTransfer(work: Work, record: TransferRecord, contentSm3: string): Promise<Id | undefined> {
  const insert = ledgerTables(work)
    .insertInto('ledger.transfer')
    .values({
      id: work.newId(),
      key: record.key,
      kind: record.kind,
      fund: record.fund,
      agency: record.agency,
      booked_on: record.on,
      recorded_at: work.now,
      case_id: record.caseId ?? null,
      reference: record.reference ?? null,
      corrects: record.corrects ?? null,
      user_id: record.userId,
      memo: record.memo,
      content_sm3: contentSm3,
      entry_count: record.entries.length,
      total_fen: Number(sumOf(record.entries, 'debit')),
    })
  const inserted = await insert
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted?.id
}

/** Nothing was inserted: either the key is taken, by this very transfer or by another, or the original was corrected before. */
async function existingTransfer(work: Work, record: TransferRecord, contentSm3: string): Promise<Id> {
  const query = ledgerTables(work).selectFrom('ledger.transfer').select(['id', 'content_sm3'])
  const existing = await query.where('key', '=', record.key).executeTakeFirst()
  if (existing === undefined)
    throw new Refusal('already_corrected', { params: { transferId: record.corrects ?? null } })
  if (existing.content_sm3 !== contentSm3) throw new Refusal('transfer_key_reused', { params: { key: record.key } })
  return existing.id
}

/** What makes two transfers the same: everything but who recorded them and when. */
function contentDigest(record: TransferRecord): string {
  const { kind, on, fund, agency, caseId = null, reference = null, corrects = null, memo } = record
  const params = Object.entries(memo.params).sort(([a], [b]) => (a < b ? -1 : 1))
  const entries = record.entries.map(({ accountId, side, amountFen }) => [accountId, side, amountFen])
  return sm3(JSON.stringify([kind, on, fund, agency, caseId, reference, corrects, memo.code, params, entries]))
}
