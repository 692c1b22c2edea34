import { z } from 'zod'
import { asActor, schemaId, systemActor } from '../../ground/door.ts'
import { assignmentsOf, findUserByLogin } from '../../people/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { demoLogins, demoPassword } from '../demo/logins.ts'
import type { RegionNode } from '../node.ts'
import { assignmentViews } from './assignment-views.ts'
import { schemaAssignment, schemaBoth } from './shapes.ts'

/** What only the demo world has on a node: whom one may sign in as by a click. */
export function demoRoutes({ region, services }: Pick<RegionNode, 'region' | 'services'>): ServiceRoute[] {
  const ofServices = services.flatMap(({ parts }) => parts.demoLogins?.[region] ?? [])
  const logins = [...demoLogins(region), ...ofServices.map((login) => ({ login, story: null }))]
  return [
    serviceRoute({
      method: 'GET',
      path: '/demo/users',
      title: { zh: '演示账号（均为虚构）', en: 'The synthetic users of the demo world' },
      callers: ['public'],
      answer: z.object({
        password: z.string().describe('of all of them, for sign-in by password'),
        items: z.array(
          z.object({
            userId: schemaId,
            login: z.string(),
            displayName: z.string(),
            story: schemaBoth.nullable(),
            personId: schemaId.nullable(),
            assignments: z.array(schemaAssignment),
          }),
        ),
      }),
      handle: (work) =>
        asActor(work, systemActor, async (system) => {
          const items = []
          for (const { login, story } of logins) {
            const user = await findUserByLogin(system, login)
            if (!user) continue
            const { userId, displayName, personId } = user
            const assignments = await assignmentViews(system, await assignmentsOf(system, userId, work.today))
            items.push({ userId, login, displayName, story, personId, assignments })
          }
          return { password: demoPassword, items }
        }),
    }),
  ]
}
