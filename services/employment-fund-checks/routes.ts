import { z } from 'zod'
import { schemaFen, schemaId } from '../../ground/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { payeeOf, paymentsTo, usesOf } from './payments.ts'

/** What the fund paid to the caller, and what was declared of payments that are checked (C5.09). */
export function fundRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/payments',
      title: { zh: '我收到的就业资金', en: 'What the employment fund paid to the caller' },
      callers: ['person', 'employer_officer'],
      answer: z.object({
        items: z.array(
          z.object({
            caseId: schemaId,
            caseNumber: z.string(),
            flow: z.string(),
            paidOn: z.string().nullable(),
            paidFen: schemaFen,
            unspentFen: schemaFen.describe('not declared as spent yet'),
          }),
        ),
      }),
      async handle(work) {
        const payments = await paymentsTo(work, tools, payeeOf(work))
        return { items: payments.map(({ agency: _, ...payment }) => payment) }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/declared-uses',
      title: { zh: '支付的使用申报', en: 'Uses that were declared of a payment' },
      callers: ['audit', 'supervisor'],
      query: z.object({ caseNumber: z.string().min(4).max(40) }),
      answer: z.object({
        items: z.array(
          z.object({
            caseId: schemaId,
            number: z.string(),
            status: z.string(),
            use: z.string(),
            spentFen: schemaFen,
          }),
        ),
      }),
      handle: async (work, { query: { caseNumber } }) => ({
        items: await usesOf(work, tools, caseNumber),
      }),
    }),
  ]
}
