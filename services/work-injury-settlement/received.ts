import { must, type Work } from '../../ground/door.ts'
import type { ReceivedMoney, ServiceTools } from '../contract.ts'

/** The claims of a person that were paid. */
export async function paidClaims(work: Work, { cases }: ServiceTools, personId: string): Promise<ReceivedMoney[]> {
  const paid: ReceivedMoney[] = []
  for (const { caseId, number, summary } of await cases().find(work, { flow: 'claim', personId, status: 'paid' })) {
    const events = await cases().history(work, caseId)
    const { recordedAt, effectiveOn } = must(
      events.findLast(({ kind }) => kind === 'pay'),
      'the payment of a paid claim',
    )
    paid.push({
      ...{ id: caseId, caseId, caseNumber: number, recordedAt, paidOn: effectiveOn },
      title: { zh: '工伤医疗费用手工报销', en: 'Work-injury claim' },
      amountFen: Number(summary.totalFen),
    })
  }
  return paid
}
