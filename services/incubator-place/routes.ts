import { z } from 'zod'
import { asActor, schemaId, systemActor } from '../../ground/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { ranking } from './place.ts'

/** The order in which those who wait for a place are recommended (C5.02). */
export function placeRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/ranking',
      title: { zh: '入驻推荐次序', en: 'Who waits for a place in an incubator, returning entrepreneurs first' },
      callers: ['accept', 'review', 'approve', 'supervisor'],
      query: z.object({ incubator: z.string().min(2) }),
      answer: z.object({
        items: z.array(
          z.object({
            rank: z.int(),
            caseId: schemaId,
            number: z.string(),
            applicant: z.string(),
            project: z.string(),
            appliedOn: z.string(),
          }),
        ),
      }),
      async handle(work, { query: { incubator } }) {
        const waiting = await asActor(work, systemActor, (node) => ranking(node, tools, incubator))
        return { items: waiting.map((each, index) => ({ rank: index + 1, ...each })) }
      },
    }),
  ]
}
