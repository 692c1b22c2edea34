import { z } from 'zod'
import type { Cases } from '../../../cases/door.ts'
import { asActor, type Id, must, Refusal, schemaFen, systemActor, type Work } from '../../../ground/door.ts'
import { serviceTables } from '../tables.ts'
import type { ClaimOccasion } from './claim-state.ts'

/** What a receipt can be for. */
export const receiptKinds = ['travel', 'lodging', 'treatment'] as const

/** An electronic receipt (医疗收费电子票据) as it is claimed. */
export const receipt = z.strictObject({
  number: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z-]{6,40}$/, { error: 'the number of the electronic receipt' }),
  kind: z.enum(receiptKinds),
  amountFen: schemaFen.min(1),
})

type Receipt = z.infer<typeof receipt>

/** Money that was declared, and treatment that was not settled directly, is paid only against receipts. */
export function requireReceiptsFor(
  claim: Pick<ClaimOccasion, 'declaredTravelFen' | 'declaredLodgingFen' | 'notDirectBecause'>,
  receipts: readonly Receipt[],
): void {
  const needed =
    (claim.declaredTravelFen > 0 && !receipts.some(({ kind }) => kind === 'travel')) ||
    (claim.declaredLodgingFen > 0 && !receipts.some(({ kind }) => kind === 'lodging')) ||
    (claim.notDirectBecause !== null && !receipts.some(({ kind }) => kind === 'treatment'))
  if (needed) throw new Refusal('receipts_missing', { clause: 'A1.18' })
}

/**
 * Keeps each e-receipt with this claim: a receipt is held by one claim at a time, and by the one that paid it for ever. Refusal
 * `receipt_already_claimed` with the number, unless the claim that held it came to nothing.
 */
export async function keepReceipts(
  work: Work,
  cases: Cases,
  holder: { claimId: Id; agency: string; personId: Id },
  receipts: readonly Receipt[],
): Promise<void> {
  for (const { number, kind, amountFen } of receipts) {
    const row = {
      claim_id: holder.claimId,
      agency: holder.agency,
      person_id: holder.personId,
      kind,
      amount_fen: amountFen,
      recorded_at: work.now,
    }
    const kept = await serviceTables(work)
      .insertInto('svc_work_injury_settlement.claimed_receipt')
      .values({ receipt_number: number, ...row })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (kept.numInsertedOrUpdatedRows === 0n) {
      await asActor(work, systemActor, async (system) => {
        if (!(await isReleased(system, cases, number))) throw receiptAlreadyClaimed(number)
        await serviceTables(system)
          .updateTable('svc_work_injury_settlement.claimed_receipt')
          .set(row)
          .where('receipt_number', '=', number)
          .execute()
      })
    }
  }
}

/** Has the claim that holds a receipt come to nothing? Locks the receipt, so that only one other claim takes it over. */
async function isReleased(work: Work, cases: Cases, number: string): Promise<boolean> {
  const held = await serviceTables(work)
    .selectFrom('svc_work_injury_settlement.claimed_receipt')
    .select('claim_id')
    .where('receipt_number', '=', number)
    .forUpdate()
    .executeTakeFirst()
  const { file } = await cases.get(work, must(held, `receipt ${number}`).claim_id)
  return ['cancelled', 'refused', 'not_accepted'].includes(file.status)
}

/** A claim that came to nothing and is decided again after an objection may have lost a receipt to another one meanwhile. */
export async function requireReceiptsHeld(work: Work, claimId: Id, receipts: readonly Receipt[]): Promise<void> {
  const rows = await serviceTables(work)
    .selectFrom('svc_work_injury_settlement.claimed_receipt')
    .select('receipt_number')
    .where('claim_id', '=', claimId)
    .execute()
  const held = new Set(rows.map((row) => row.receipt_number))
  const lost = receipts.find(({ number }) => !held.has(number))
  if (lost) throw receiptAlreadyClaimed(lost.number)
}

function receiptAlreadyClaimed(number: string): Refusal {
  return new Refusal('receipt_already_claimed', { clause: 'A1.18', params: { number } })
}
