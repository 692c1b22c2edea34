import { z } from 'zod'
import { schemaDate, schemaFen, schemaId } from '../../ground/door.ts'
import { isWithin } from '../../law/door.ts'
import { getPerson } from '../../people/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { dueNotPaid } from './due.ts'
import { endPlacement, newPlacement, recordPlacement } from './placements.ts'

const benefits = ['transport-subsidy', 'outside-work-subsidy', 'fujian-work-subsidy'] as const
const purpose = 'who is due a subsidy and was not paid'

/** Registering work away from home, and who is due a subsidy and was not paid (C6.02). */
export function rewardRoutes(tools: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/placements',
      title: { zh: '登记外出务工', en: 'Register work away from home' },
      callers: ['accept'],
      body: newPlacement,
      answer: z.object({ placementId: schemaId }),
      handle: async (work, { body }) => ({ placementId: await recordPlacement(work, body) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/placements/:placementId/end',
      title: { zh: '登记务工结束', en: 'Register that work away from home has ended' },
      callers: ['accept'],
      params: z.object({ placementId: schemaId }),
      body: z.strictObject({ to: schemaDate }),
      answer: z.object({}),
      async handle(work, { params: { placementId }, body: { to } }) {
        await endPlacement(work, { placementId, to })
        return {}
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/due-not-paid',
      title: { zh: '应发未发名单', en: 'Who is due a subsidy of this year and was not paid' },
      callers: ['review', 'approve', 'supervisor', 'audit'],
      query: z.object({ benefit: z.enum(benefits) }),
      answer: z.object({
        items: z.array(
          z.object({
            personId: schemaId,
            name: z.string(),
            idNumberMasked: z.string(),
            amountFen: schemaFen,
            caseNumber: z.string().nullable().describe('the case that is under way'),
            status: z.string().nullable(),
          }),
        ),
        totalFen: schemaFen,
      }),
      async handle(work, { query: { benefit } }) {
        const items = []
        for (const each of await dueNotPaid(work, tools, { benefit, on: work.today })) {
          const person = await getPerson(work, each.personId, purpose)
          const own = work.actor.kind === 'staff' ? work.actor.agency : work.node.region
          if (person.agency !== own && !isWithin(person.agency, own)) continue
          items.push({ ...each, name: person.name, idNumberMasked: person.idNumberMasked })
        }
        return { items, totalFen: items.reduce((sum, { amountFen }) => sum + amountFen, 0) }
      },
    }),
  ]
}
