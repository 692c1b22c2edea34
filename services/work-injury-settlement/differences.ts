import type { z } from 'zod'
import type { Work } from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'
import type { FoundDifference } from './flow/difference-state.ts'
import type { settlementStateMessage } from './messages-between.ts'

/** Puts a difference before people, once for a settlement while it is open. */
export async function openDifference(
  work: Work,
  { cases }: Pick<ServiceTools, 'cases'>,
  found: FoundDifference,
): Promise<void> {
  if (await findDifference(work, { cases }, found.settlementNumber)) return
  await cases().open(work, {
    flow: 'difference',
    subject: {},
    agency: work.node.region,
    idempotencyKey: `difference:${found.settlementNumber}:${work.newId()}`,
    body: found,
  })
}

/** The two sides have the same again: an open difference ends. */
export async function closeDifference(
  work: Work,
  { cases }: Pick<ServiceTools, 'cases'>,
  settlementNumber: string,
): Promise<void> {
  const row = await findDifference(work, { cases }, settlementNumber)
  if (!row) return
  const request = { caseId: row.caseId, expectedSeq: row.seq, idempotencyKey: `agree:${row.seq}`, body: {} }
  await cases().take(work, { ...request, step: 'agree' })
}

/** Host's word about a settlement of which home has another at the same revision is kept with the difference, for an officer to adopt. */
export async function hearDifference(
  work: Work,
  { cases }: Pick<ServiceTools, 'cases'>,
  told: z.infer<typeof settlementStateMessage>,
): Promise<void> {
  const row = await findDifference(work, { cases }, told.settlementNumber)
  if (!row) return
  const request = { caseId: row.caseId, expectedSeq: row.seq, idempotencyKey: `hear:${row.seq}`, body: told }
  await cases().take(work, { ...request, step: 'hear' })
}

async function findDifference(work: Work, { cases }: Pick<ServiceTools, 'cases'>, settlementNumber: string) {
  const rows = await cases().find(work, { flow: 'difference', status: 'found', text: settlementNumber, limit: 10 })
  return rows.find(({ summary }) => summary.settlementNumber === settlementNumber)
}
