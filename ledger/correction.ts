import { sql } from 'kysely'
import { actorUserId, type Id, must, type PlainDate, Refusal, type Work } from '../ground/door.ts'
import type { Side } from './chart.ts'
import { asLedger, ledgerTables, type Memo } from './tables.ts'
import { requireBalance } from './transfer.ts'
import { getTransfer, type Transfer } from './transfer-history.ts'
import {
  type EntryRecord,
  findRecorded,
  type LinkPlace,
  type PostedTransfer,
  recordTransfer,
  type TransferRecord,
} from './transfer-record.ts'

/** The undoing of a transfer as a whole: key, kind, day, memo and reference are its own, all else is mirrored from the original. */
export type ReversalSpec = {
  transferId: Id
  key: string
  kind: string
  on: PlainDate
  memo: Memo
  reference?: string
}

/** The undoing of a part: how much of which entries of the original (by their number), in whole fen. Both sides must be equal. */
export type CorrectionSpec = ReversalSpec & { takeBack: ReadonlyArray<{ no: number; amountFen: number }> }

/**
 * Posts the mirror of a transfer and names it: every debit as credit and every credit as debit, in the same books and case. Throws `Refusal`
 * as `correctTransfer` does.
 */
export function reverseTransfer(work: Work, spec: ReversalSpec): Promise<PostedTransfer> {
  return postCorrection(work, spec)
}

/**
 * Takes back a part of a transfer and names it. A transfer may be corrected in several parts, on each account together at most by what it
 * moved there. Throws `Refusal` `already_corrected` (nothing is left of it), `correction_exceeds` (less is left), `correction_of_correction`
 * (what a correction took back wrongly is posted anew), and as `postTransfer`; `BrokenInvariant` where it does not balance.
 */
export function correctTransfer(work: Work, spec: CorrectionSpec): Promise<PostedTransfer> {
  return postCorrection(work, spec)
}

function postCorrection(work: Work, spec: ReversalSpec | CorrectionSpec): Promise<PostedTransfer> {
  const userId = actorUserId(work.actor)
  return asLedger(work, async (part) => recordCorrection(part, await prepareCorrection(part, spec, userId)))
}

/** What a correction writes, mirrored from the original. `work` acts as the system. */
export async function prepareCorrection(
  work: Work,
  spec: ReversalSpec | CorrectionSpec,
  userId: Id | null,
): Promise<TransferRecord> {
  const original = await getTransfer(work, spec.transferId)
  if (original.correctsId !== null) {
    throw new Refusal('correction_of_correction', { params: { transferId: original.id } })
  }
  const { key, kind, on, memo, reference } = spec
  const { fund, agency, caseId } = original
  const entries = 'takeBack' in spec ? partOf(original, spec.takeBack) : original.entries.map(mirrored)
  requireBalance(entries)
  return { key, kind, on, memo, reference, fund, agency, caseId, userId, corrects: original.id, entries }
}

/** Writes a prepared correction where so much is left of its original; one after the other. `work` acts as the system. */
export async function recordCorrection(work: Work, record: TransferRecord, link?: LinkPlace): Promise<PostedTransfer> {
  const originalId = must(record.corrects, 'the corrected transfer')
  await sql`select ledger.lock_corrections(${originalId})`.execute(work.db)
  const existing = await findRecorded(work, record)
  if (existing !== undefined) return { transferId: existing, existing: true }
  await requireLeft(work, originalId, record.entries)
  return recordTransfer(work, record, link)
}

function mirrored({ accountId, side, amountFen }: EntryRecord): EntryRecord {
  return { accountId, side: otherSide(side), amountFen }
}

function partOf(original: Transfer, takeBack: CorrectionSpec['takeBack']): EntryRecord[] {
  return takeBack.map(({ no, amountFen }) => {
    const entry = original.entries.find((each) => each.no === no)
    return { ...mirrored(must(entry, `entry ${no} of transfer ${original.id}`)), amountFen }
  })
}

/** As `ledger.require_correction` at commit: by account and side, since a transfer may have several entries on one. */
async function requireLeft(work: Work, originalId: Id, entries: readonly EntryRecord[]): Promise<void> {
  const left = await leftOf(work, originalId)
  const leftFen = (accountId: Id, side: Side) =>
    left.find((row) => row.accountId === accountId && row.side === side)?.fen ?? 0
  if (left.every(({ fen }) => fen === 0)) {
    throw new Refusal('already_corrected', { params: { transferId: originalId } })
  }
  const wanted = new Map<string, EntryRecord>()
  for (const entry of entries) {
    const key = `${entry.accountId} ${entry.side}`
    const sum = { ...entry, amountFen: entry.amountFen + (wanted.get(key)?.amountFen ?? 0) }
    wanted.set(key, sum)
    const remainingFen = leftFen(entry.accountId, otherSide(entry.side))
    if (sum.amountFen > remainingFen) {
      const params = { transferId: originalId, wantedFen: sum.amountFen, remainingFen }
      throw new Refusal('correction_exceeds', { params })
    }
  }
}

/** What is left of a transfer after its corrections so far, by account and side. */
function leftOf(work: Work, originalId: Id): Promise<Array<{ accountId: Id; side: Side; fen: number }>> {
  const booked = ledgerTables(work)
    .selectFrom('ledger.entry as entry')
    .innerJoin('ledger.transfer as transfer', 'transfer.id', 'entry.transfer_id')
    .where(({ eb, or }) => or([eb('transfer.id', '=', originalId), eb('transfer.corrects', '=', originalId)]))
  // A correction's entry stands against the original's on the other side.
  const side = sql<Side>`case when transfer.corrects is null then entry.side
    when entry.side = 'debit' then 'credit' else 'debit' end`
  const fen = sql<number>`sum(case when transfer.corrects is null then entry.amount_fen else -entry.amount_fen end)::bigint`
  return booked
    .select(['entry.account_id as accountId', side.as('side'), fen.as('fen')])
    .groupBy(['entry.account_id', side])
    .execute()
}

function otherSide(side: Side): Side {
  return side === 'debit' ? 'credit' : 'debit'
}
