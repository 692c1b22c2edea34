import { z } from 'zod'
import { asActor, schemaDate, schemaId, systemActor } from '../../ground/door.ts'
import { getPerson } from '../../people/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import type { rosterFlow } from './flow.ts'

/** Who stands on a roster, for the company that declared them and the agencies that see its project. */
export function rosterRoutes({ cases }: ServiceTools, flow: ReturnType<typeof rosterFlow>): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/projects/:caseId/roster',
      title: { zh: '在场工人', en: 'The workers on a site, by name' },
      callers: ['employer_officer', 'accept', 'review', 'audit', 'supervisor'],
      params: z.object({ caseId: schemaId }),
      answer: z.object({
        workers: z.array(
          z.object({
            personId: schemaId,
            name: z.string(),
            idNumberMasked: z.string(),
            trade: z.string(),
            coveredFrom: schemaDate,
          }),
        ),
      }),
      async handle(work, { params }) {
        const { number, state } = await cases().getOf(work, flow, params.caseId)
        // A company sees whom it declared before they are anybody's employee in the register: the node reads, and the log says for which project.
        const workers = await asActor(work, systemActor, (system) =>
          Promise.all(
            state.onSite.map(async ({ personId, trade, coveredFrom }) => {
              const { name, idNumberMasked } = await getPerson(system, personId, number)
              return { personId, name, idNumberMasked, trade, coveredFrom }
            }),
          ),
        )
        return { workers }
      },
    }),
  ]
}
