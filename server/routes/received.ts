import { z } from 'zod'
import { receivedBy } from '../../benefits/door.ts'
import { actorPersonId, must, schemaDate, schemaFen, schemaId, schemaInstant } from '../../ground/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import type { RegionNode } from '../node.ts'
import { queryLimit, schemaBoth } from './shapes.ts'

const schemaReceived = z.object({
  id: z.string(),
  service: z.string(),
  caseId: schemaId,
  caseNumber: z.string(),
  title: schemaBoth,
  amountFen: schemaFen,
  offsetFen: schemaFen.describe('kept back of it for what was owed'),
  accountMasked: z.string().nullable().describe('null where it is not known here'),
  paidOn: schemaDate,
  recordedAt: schemaInstant,
})

/** The money that came to a person, from every service that pays. */
export function receivedRoutes({ services }: RegionNode): ServiceRoute[] {
  // What a benefit pays has no word of its own: it is called as the service is.
  const titleOf = (id: string, purpose: string) => {
    const paying = services.find((installed) => installed.id === id)
    const [zh, en] = [paying?.rulebook.messages.zh, paying?.rulebook.messages.en].map((words) =>
      words?.get(`payment.${purpose}`),
    )
    return { zh: zh ?? paying?.service.title.zh ?? id, en: en ?? paying?.service.title.en ?? id }
  }
  return [
    serviceRoute({
      method: 'GET',
      path: '/me/received',
      title: { zh: '到账', en: 'Money that came to me, from every service, the newest first' },
      callers: ['person'],
      query: z.object({ limit: queryLimit(200).default(50) }),
      answer: z.object({ items: z.array(schemaReceived) }),
      async handle(work, { query: { limit } }) {
        const personId = must(actorPersonId(work.actor), 'a person who acts')
        const items: z.infer<typeof schemaReceived>[] = []
        for (const { orderId, purpose, ...paid } of await receivedBy(work, personId, { limit })) {
          items.push({ id: orderId, title: titleOf(paid.service, purpose), ...paid })
        }
        for (const { id: service, parts } of services) {
          for (const paid of (await parts.received?.(work, personId)) ?? []) {
            items.push({ ...paid, id: `${service}:${paid.id}`, service, offsetFen: 0, accountMasked: null })
          }
        }
        return { items: items.toSorted(newestFirst).slice(0, limit) }
      },
    }),
  ]
}

type Dated = { paidOn: string; recordedAt: string; id: string }

/** By day, then by the instant it was recorded; what came at one instant in an order that stays. */
function newestFirst(one: Dated, other: Dated): number {
  const key = ({ paidOn, recordedAt, id }: Dated) => `${paidOn} ${recordedAt} ${id}`
  return key(one) < key(other) ? 1 : -1
}
