import { z } from 'zod'
import type { CaseFile } from '../cases/door.ts'
import { asActor, schemaFen, systemActor, type Work } from '../ground/door.ts'
import type { BenefitTools } from './benefit.ts'
import type { AnsweredLine, BatchLine } from './payment-batch.ts'

type Telling = Pick<BenefitTools, 'cases'>

/** Parses what `noteOffset` says: how much of a case's debt was kept back of the payment of another case. */
export const offsetElsewhere = z.strictObject({ amountFen: schemaFen.min(1), caseNumber: z.string() })

const debtor = z.looseObject({ owedFen: schemaFen })

/** The order's case takes the step that the bank's answer means, in the same transaction; so do the cases whose debt it has met. */
export function tellCases(
  work: Work,
  { cases }: Telling,
  { batch, line, result }: AnsweredLine,
  reason: string | null,
): Promise<void> {
  return asActor(work, systemActor, async (system) => {
    const { file } = await cases().get(system, line.caseId)
    const { orderId, offsetFen } = line
    await cases().take(system, {
      caseId: line.caseId,
      step: result === 'paid' ? 'notePaid' : 'noteReturned',
      expectedSeq: file.seq,
      idempotencyKey: `${result}:${batch.number}:${orderId}`,
      body: result === 'paid' ? { orderId, paidOn: work.today, offsetFen } : { orderId, reason },
    })
    const elsewhereFen = offsetFen - debtor.parse(file.state).owedFen
    if (result === 'paid' && elsewhereFen > 0) await tellDebtors(system, { cases }, { batch, line }, file, elsewhereFen)
  })
}

/** What was offset beyond the debt of the order's own case met the payee's other cases of that flow, the oldest first. */
async function tellDebtors(
  work: Work,
  { cases }: Telling,
  { batch, line }: Omit<AnsweredLine, 'result'>,
  { id, flow }: CaseFile,
  elsewhereFen: number,
): Promise<void> {
  const subject = subjectOf(line)
  if (!subject) return
  let leftFen = elsewhereFen
  for (const other of (await cases().find(work, { flow, ...subject, limit: 1_000 })).toReversed()) {
    const amountFen = Math.min(leftFen, Number(other.summary.owedFen ?? 0))
    if (other.caseId === id || amountFen === 0) continue
    await cases().take(work, {
      caseId: other.caseId,
      step: 'noteOffset',
      expectedSeq: other.seq,
      idempotencyKey: `offset:${batch.number}:${line.orderId}`,
      body: { amountFen, caseNumber: line.caseNumber },
    })
    leftFen -= amountFen
  }
}

function subjectOf({ payee: { kind, id } }: BatchLine): { personId: string } | { employerId: string } | undefined {
  if (kind === 'person') return { personId: id }
  return kind === 'employer' ? { employerId: id } : undefined
}
