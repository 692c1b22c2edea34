import { z } from 'zod'
import { orderedPayment, ordersOf, type Party } from '../../benefits/door.ts'
import { asActor, type Id, type PlainDate, Refusal, systemActor, type Work } from '../../ground/door.ts'
import type { ServiceTools } from '../contract.ts'

/** The fund that is supervised. */
export const fund = 'employment_special'

/** The flow of declared uses. */
export const useFlowId = 'fund-use'

/** What the fund paid to somebody in one case, and what of it was not declared as spent yet. */
export type FundPayment = {
  caseId: Id
  caseNumber: string
  flow: string
  agency: string
  paidOn: PlainDate | null
  paidFen: number
  /** Declared as spent, also beyond what was paid, where a use counts again that had not. */
  spentFen: number
  unspentFen: number
}

/** A use that was declared of a payment. */
export type DeclaredUse = { caseId: Id; number: string; status: string; use: string; spentFen: number }

/** The party that declares. Refusal `not_your_step` for everybody else. */
export function payeeOf({ actor }: Work): Party {
  if (actor.kind === 'person') return { kind: 'person', id: actor.personId }
  if (actor.kind === 'employer') return { kind: 'employer', id: actor.employerId }
  throw new Refusal('not_your_step', { params: { step: 'declare', role: '' } })
}

const paidCase = z.looseObject({ orders: z.array(orderedPayment) })

/** What the fund paid to a party, whichever service paid it, less what was claimed back; the oldest first. */
export function paymentsTo(work: Work, { cases }: Pick<ServiceTools, 'cases'>, payee: Party): Promise<FundPayment[]> {
  return asActor(work, systemActor, async (node) => {
    const orders = await ordersOf(node, { paidTo: { fund, payeeId: payee.id } })
    const payments: FundPayment[] = []
    for (const { caseId, caseNumber, agency, settledOn } of orders) {
      if (payments.some((each) => each.caseId === caseId)) continue
      const { file } = await cases().get(node, caseId)
      const paidFen = paidCase
        .parse(file.state)
        .orders.filter(({ state }) => state === 'paid')
        .reduce((sum, { amountFen, takenBackFen }) => sum + amountFen - takenBackFen, 0)
      const spentFen = (await usesOf(node, { cases }, caseNumber))
        .filter(({ status }) => status !== 'not_accepted' && status !== 'withdrawn')
        .reduce((sum, use) => sum + use.spentFen, 0)
      const unspentFen = Math.max(0, paidFen - spentFen)
      payments.push({ caseId, caseNumber, flow: file.flow, agency, paidOn: settledOn, paidFen, spentFen, unspentFen })
    }
    return payments
  })
}

/** The uses that were declared of the payment of a case, as far as the caller sees them. */
export async function usesOf(
  work: Work,
  { cases }: Pick<ServiceTools, 'cases'>,
  caseNumber: string,
): Promise<DeclaredUse[]> {
  const rows = await cases().find(work, { flow: useFlowId, text: caseNumber, limit: 1_000 })
  return rows
    .filter(({ summary }) => summary.paidNumber === caseNumber)
    .map(({ caseId, number, status, summary }) => ({
      ...{ caseId, number, status },
      ...{ use: String(summary.use), spentFen: Number(summary.spentFen) },
    }))
}
