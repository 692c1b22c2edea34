import type { z } from 'zod'
import { addDays, builtOnce, type Given, startOfDate, type Work } from '../../ground/door.ts'
import { balanceOf, findHold, placeHold, releaseHold } from '../../ledger/door.ts'
import type { settlementHoldMessage } from './messages-between.ts'
import { fundBooks } from './postings.ts'
import { findSettlement } from './settlements.ts'
import { requireSpeaker } from './speakers.ts'
import { type HoldRow, type ServiceTables, serviceTables } from './tables.ts'

/**
 * Home keeps back in its prepaid fund at the host what a previewed settlement will cost (预占), the newest word only. It warns in time and
 * promises nothing: no fund, or one that is used up, keeps nothing from being settled.
 */
export async function takeHold(
  work: Work,
  { from, body }: { from: string; body: z.infer<typeof settlementHoldMessage> },
): Promise<void> {
  // The settlement itself has overtaken its hold.
  if (await findSettlement(work, 'home', body.settlementNumber)) return
  const before = await findTold(work, body.settlementNumber)
  if (before) requireSpeaker(from, before.treatment_region)
  if (before && before.revision >= body.revision) return
  await keepTold(work, {
    settlement_number: body.settlementNumber,
    revision: body.revision,
    treatment_region: from,
    state: body.state,
    fund_fen: body.fundFen,
    held_until: body.heldUntil,
  })
  if (before) await release(work, before)
  if (body.state === 'released' || body.fundFen === 0) return
  const books = fundBooks(work.node.region)
  const account = { name: 'advances_paid', party: from }
  const { balanceFen } = await balanceOf(work, { account, books })
  if (balanceFen === 0) return
  await placeHold(work, {
    key: holdKey(body.settlementNumber, body.revision),
    books,
    account,
    amountFen: body.fundFen,
    expiresAt: startOfDate(addDays(body.heldUntil, 1)),
  })
}

/** The settlement is booked: what was held for it stands in the books now. */
export async function endHold(work: Work, settlementNumber: string): Promise<void> {
  const told = await findTold(work, settlementNumber)
  if (told) await release(work, told)
}

async function release(work: Work, { settlement_number, revision }: HoldRow): Promise<void> {
  const key = holdKey(settlement_number, revision)
  if (await findHold(work, key)) await releaseHold(work, { key })
}

function holdKey(settlementNumber: string, revision: number): string {
  return `hold:${settlementNumber}:${revision}`
}

async function findTold(work: Work, settlementNumber: string): Promise<HoldRow | undefined> {
  return (await work.db.executeQuery(holdTold({ settlementNumber }))).rows[0]
}

const holdTold = builtOnce((query, given: Given<{ settlementNumber: string }>) =>
  query
    .withTables<ServiceTables>()
    .selectFrom('svc_work_injury_settlement.hold')
    .selectAll()
    .where('settlement_number', '=', given('settlementNumber'))
    .forUpdate(),
)

async function keepTold(work: Work, row: HoldRow): Promise<void> {
  await serviceTables(work)
    .insertInto('svc_work_injury_settlement.hold')
    .values(row)
    .onConflict((conflict) => conflict.column('settlement_number').doUpdateSet(row))
    .execute()
}
