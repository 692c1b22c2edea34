import { z } from 'zod'
import { asActor, schemaId, systemActor } from '../../ground/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { ranking } from './contest.ts'
import { personTimesTrained } from './training.ts'

/** How many were trained in a year (C5.04), and the list of a contest (C5.07). */
export function guidanceRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/trained',
      title: { zh: '培训人次', en: 'Person-times trained in a year' },
      callers: ['public', 'signed_in'],
      query: z.object({ year: z.coerce.number().int().min(2020).max(2099) }),
      answer: z.object({ personTimes: z.int() }),
      handle: async (work, { query: { year } }) => ({
        personTimes: await asActor(work, systemActor, (node) => personTimesTrained(node, tools, year)),
      }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/ranking',
      title: { zh: '项目名次', en: 'The projects of a contest, the most points first' },
      callers: ['accept', 'review', 'approve', 'supervisor'],
      query: z.object({ contest: z.string().min(2) }),
      answer: z.object({
        items: z.array(
          z.object({
            caseId: schemaId,
            number: z.string(),
            name: z.string(),
            scored: z.int(),
            points: z.int(),
            status: z.string(),
          }),
        ),
      }),
      handle: async (work, { query: { contest } }) => ({ items: await ranking(work, tools, contest) }),
    }),
  ]
}
