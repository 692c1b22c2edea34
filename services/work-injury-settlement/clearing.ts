import type { z } from 'zod'
import { sendMessage } from '../../exchange/door.ts'
import { addMonths, quarterOf, quarterRange, type Work } from '../../ground/door.ts'
import { nationCode } from '../../law/door.ts'
import { type EntrySpec, postTransfer } from '../../ledger/door.ts'
import { type clearingStatementMessage, messageKinds } from './messages-between.ts'
import { fundBooks } from './postings.ts'
import { findSettlement, listSettlements, lockSettlement, noteProgress, owedFen } from './settlements.ts'
import type { SettlementRow } from './tables.ts'
import { serviceTables } from './tables.ts'

/** One item of a report or statement. */
export type ClearingItem = z.infer<typeof clearingStatementMessage>['items'][number]

/** The hub's statement of a quarter between two regions. */
export type ClearingStatement = z.infer<typeof clearingStatementMessage>

/**
 * Reports the last quarter that has ended to the hub, to each partner and on each side once (A1-o8; quarterly, domain.md). What is not in a
 * report (not audited and paid yet) comes in the next one.
 */
export async function reportQuarter(work: Work): Promise<void> {
  if (work.node.region === nationCode) return
  const quarter = quarterOf(addMonths(quarterRange(quarterOf(work.today)).from, -1))
  for (const side of ['creditor', 'debtor'] as const) {
    const items = await itemsDue(work, side, quarterRange(quarter).to)
    for (const [partner, partnerItems] of items) await reportOnce(work, quarter, side, partner, partnerItems)
  }
}

async function reportOnce(
  work: Work,
  quarter: string,
  side: 'creditor' | 'debtor',
  partner: string,
  items: ClearingItem[],
): Promise<void> {
  const first = await serviceTables(work)
    .insertInto('svc_work_injury_settlement.clearing_report')
    .values({ quarter, side, partner, reported_at: work.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (first.numInsertedOrUpdatedRows === 0n) return
  await sendMessage(work, {
    to: nationCode,
    kind: messageKinds.clearingReport,
    version: 1,
    about: `${quarter}:${partner}`,
    body: { quarter, side, partner, items },
  })
}

/** What is due between this region and each partner, from the side that is owed (hospitals already paid) or the side that owes. */
async function itemsDue(work: Work, side: 'creditor' | 'debtor', until: string): Promise<Map<string, ClearingItem[]>> {
  const rows = await listSettlements(work, {
    side: side === 'creditor' ? 'host' : 'home',
    dischargedTo: until,
    uncleared: true,
  })
  const due = new Map<string, ClearingItem[]>()
  for (const row of rows) {
    const partner = side === 'creditor' ? row.insured_region : row.treatment_region
    if (partner === work.node.region || row.disputed_in !== null) continue
    if (side === 'creditor' && !isPayable(row)) continue
    const item = { settlementNumber: row.number, revision: row.revision, owedFen: owedFen(row) - row.cleared_fen }
    if (item.owedFen !== 0) due.set(partner, [...(due.get(partner) ?? []), item])
  }
  return due
}

function isPayable(row: SettlementRow): boolean {
  return row.state === 'undone' || row.paid_on !== null
}

/**
 * Books the payment of a statement on this side: what was owed, what an undoing after clearing owes back, and what was undone after the
 * statement was drawn up: that is paid all the same and owed back in the next quarter. Payments are gross per statement (收支两条线). `side`:
 * are we the region that was owed (`creditor`) or that owes (`debtor`)?
 */
export async function bookClearing(
  work: Work,
  statement: ClearingStatement,
  side: 'creditor' | 'debtor',
  caseId: string,
): Promise<void> {
  const partner = side === 'creditor' ? statement.insuredRegion : statement.treatmentRegion
  let [claimFen, counterClaimFen] = [0, 0]
  for (const item of statement.items) {
    const standingFen = await standingPart(work, item, side)
    claimFen += standingFen
    counterClaimFen += item.owedFen - standingFen
  }
  const claim = side === 'creditor' ? 'receivable_from_region' : 'payable_to_region'
  const counterClaim = side === 'creditor' ? 'payable_to_region' : 'receivable_from_region'
  // What the creditor is paid is a credit of its claim; for the debtor everything is the other way round.
  const sign = side === 'creditor' ? 1 : -1
  // Everything in it may be frozen, or what is owed and owed back may be equal.
  if (claimFen === 0 && counterClaimFen === 0) return
  await postTransfer(work, {
    key: `clearing:${statement.statementNumber}`,
    kind: 'clearing',
    on: work.today,
    books: fundBooks(work.node.region),
    caseId,
    reference: statement.statementNumber,
    memo: { code: 'posting.clearing', params: { reference: statement.statementNumber } },
    entries: [
      ...creditOf({ name: claim, party: partner }, sign * claimFen),
      ...creditOf({ name: counterClaim, party: partner }, sign * counterClaimFen),
      ...creditOf({ name: 'fiscal_special_account' }, -sign * (claimFen + counterClaimFen)),
    ],
  })
}

/** How much of an item settles what still stands as owed for its settlement: all, unless it was undone or corrected meanwhile. */
async function standingPart(work: Work, item: ClearingItem, side: 'creditor' | 'debtor'): Promise<number> {
  if (item.owedFen <= 0) return 0
  const row = await findSettlement(work, side === 'creditor' ? 'host' : 'home', item.settlementNumber)
  return row ? Math.min(item.owedFen, Math.max(0, owedFen(row) - row.cleared_fen)) : item.owedFen
}

/** A credit, or for an amount below zero a debit; nothing for zero. */
function creditOf(account: EntrySpec['account'], amountFen: number): EntrySpec[] {
  if (amountFen === 0) return []
  return [amountFen > 0 ? { account, creditFen: amountFen } : { account, debitFen: -amountFen }]
}

/** The items of a statement that stand in an open dispute; until the transaction ends none is disputed besides. */
export async function disputedItems(
  work: Work,
  { items }: ClearingStatement,
  side: 'creditor' | 'debtor',
): Promise<string[]> {
  const disputed: string[] = []
  const kept = side === 'creditor' ? 'host' : 'home'
  for (const { settlementNumber } of items) {
    await lockSettlement(work, kept, settlementNumber)
    const row = await findSettlement(work, kept, settlementNumber)
    if (row?.disputed_in) disputed.push(settlementNumber)
  }
  return disputed
}

/** What is left of a statement without some of its items. */
export function withoutItems(statement: ClearingStatement, left: readonly string[]): ClearingStatement {
  const items = statement.items.filter(({ settlementNumber }) => !left.includes(settlementNumber))
  return { ...statement, items, owedFen: items.reduce((sum, { owedFen: itemFen }) => sum + itemFen, 0) }
}

/** Notes on each settlement what the statement has cleared of it. */
export async function noteCleared(
  work: Work,
  statement: ClearingStatement,
  side: SettlementRow['side'],
): Promise<SettlementRow[]> {
  const cleared: SettlementRow[] = []
  for (const item of statement.items) {
    const row = await findSettlement(work, side, item.settlementNumber)
    if (!row) continue
    await noteProgress(work, side, row.number, {
      cleared_fen: row.cleared_fen + item.owedFen,
      cleared_in: statement.statementNumber,
    })
    cleared.push(row)
  }
  return cleared
}
