import { z } from 'zod'
import {
  asActor,
  type Id,
  must,
  Refusal,
  schemaDate,
  schemaFen,
  schemaId,
  systemActor,
  type Work,
} from '../../../ground/door.ts'
import { balanceOf } from '../../../ledger/door.ts'
import { bankAccountOf } from '../../../people/door.ts'
import type { ServiceTools } from '../../contract.ts'
import { fundBooks } from '../postings.ts'
import { listSettlements, lockSettlement, owedFen } from '../settlements.ts'

/** A line of a batch: what the bank pays for a settlement, and what is kept back of it because the hospital owes it (待抵扣). */
export const paymentLine = z.strictObject({
  settlementNumber: z.string(),
  institutionId: schemaId,
  amountFen: schemaFen,
  offsetFen: schemaFen,
  accountMasked: z.string(),
  result: z.enum(['waiting', 'paid', 'returned']),
  reason: z.string().nullable(),
})

/** See `paymentLine`. */
export type PaymentLine = z.infer<typeof paymentLine>

/** Parses the state of a batch. */
export const paymentState = z.strictObject({
  lines: z.array(paymentLine),
  totalFen: schemaFen,
  paidOn: schemaDate.nullable(),
})

type Tools = Pick<ServiceTools, 'cases'>

/**
 * Audited settlements that no open batch holds, oldest first, with the hospital's account of today. What a hospital owes for settlements undone
 * after payment is offset here, at its next payment (domain.md). Refusal `bank_account_missing`.
 */
export async function dueLines(work: Work, tools: Tools): Promise<PaymentLine[]> {
  const rows = await listSettlements(work, { side: 'host', toPay: true, forUpdate: true })
  const waiting = await waitingLines(work, tools)
  const held = new Set(waiting.map(({ settlementNumber }) => settlementNumber))
  const due = rows.filter((row) => !held.has(row.number) && owedFen(row) > 0)
  const leftToOffset = new Map<Id, number>()
  const lines: PaymentLine[] = []
  for (const row of due.reverse()) {
    const institutionId = must(row.institution_id, 'institution of a settlement')
    const account = await bankAccountOf(work, institutionId, work.today)
    if (!account) throw new Refusal('bank_account_missing', { params: { settlementNumber: row.number } })
    const left = leftToOffset.get(institutionId) ?? (await owedByHospital(work, institutionId, waiting))
    const offsetFen = Math.min(left, owedFen(row))
    leftToOffset.set(institutionId, left - offsetFen)
    lines.push({
      settlementNumber: row.number,
      institutionId,
      amountFen: owedFen(row) - offsetFen,
      offsetFen,
      accountMasked: `****${account.accountNumber.slice(-4)}`,
      result: 'waiting',
      reason: null,
    })
  }
  return lines
}

/** What a hospital owes the fund and no open batch offsets yet. */
async function owedByHospital(work: Work, institutionId: Id, waiting: readonly PaymentLine[]): Promise<number> {
  const account = { name: 'receivable_from_hospital', party: institutionId }
  const books = fundBooks(work.node.region)
  const { balanceFen } = await asActor(work, systemActor, (system) => balanceOf(system, { account, books }))
  const offsetting = waiting.filter((line) => line.institutionId === institutionId)
  return Math.max(0, balanceFen - offsetting.reduce((sum, { offsetFen }) => sum + offsetFen, 0))
}

/**
 * While a settlement is in a batch, nobody knows yet whether the bank has paid it: Refusal `payment_under_way`. Locks the settlement, so that no
 * batch takes it meanwhile.
 */
export async function requireNotAtBank(work: Work, tools: Tools, settlementNumber: string): Promise<void> {
  await lockSettlement(work, 'host', settlementNumber)
  const waiting = await waitingLines(work, tools)
  if (waiting.some((line) => line.settlementNumber === settlementNumber)) {
    throw new Refusal('payment_under_way', { params: { settlementNumber } })
  }
}

/** The lines of all open batches of the node that wait for the bank's answer, whoever asks. */
function waitingLines(work: Work, { cases }: Tools): Promise<PaymentLine[]> {
  return asActor(work, systemActor, async (system) => {
    const rows = await cases().find(system, { flow: 'payment', open: true, limit: 1_000 })
    const lines: PaymentLine[] = []
    for (const { caseId } of rows) {
      const { file } = await cases().get(system, caseId)
      lines.push(...paymentState.parse(file.state).lines.filter(({ result }) => result === 'waiting'))
    }
    return lines
  })
}
