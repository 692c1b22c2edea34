import { z } from 'zod'
import { revisionLines, roundLines } from '../../benefits/door.ts'
import { schemaFen, schemaId } from '../../ground/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { payeeName } from '../payee-lines.ts'

const staff = ['review', 'approve', 'pay', 'supervisor', 'values_admin']

const page = z.object({
  after: z.coerce.number().int().min(0).exactOptional(),
  limit: z.coerce.number().int().min(1).max(1_000).exactOptional(),
})

/** What rounds (免申即享) and revisions (政策变动重算) list, line by line. */
export function lineRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/rounds/:caseId/lines',
      title: { zh: '免申即享名单', en: 'The lines of a round' },
      callers: staff,
      params: z.object({ caseId: schemaId }),
      query: page,
      answer: z.object({
        items: z.array(
          z.object({
            no: z.number().int(),
            party: z.object({ kind: z.enum(['person', 'employer']), id: schemaId }),
            partyName: z.string(),
            amountFen: schemaFen,
            caseId: schemaId.nullable(),
            skippedBecause: z.string().nullable(),
          }),
        ),
      }),
      async handle(work, { params, query }) {
        const items = []
        for (const line of await roundLines(work, params.caseId, query)) {
          items.push({ ...line, partyName: await payeeName(work, line.party) })
        }
        return { items }
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/revisions/:caseId/lines',
      title: { zh: '重算前后对照', en: 'The lines of a revision: before and after' },
      callers: staff,
      params: z.object({ caseId: schemaId }),
      query: page,
      answer: z.object({
        items: z.array(
          z.object({
            no: z.number().int(),
            caseId: schemaId,
            caseNumber: z.string(),
            beforeOutcome: z.string(),
            beforeFen: schemaFen,
            afterOutcome: z.string(),
            afterFen: schemaFen,
            status: z.string().nullable(),
            failedBecause: z.string().nullable(),
          }),
        ),
      }),
      handle: async (work, { params, query }) => ({
        items: await revisionLines(work, params.caseId, query),
      }),
    }),
  ]
}
