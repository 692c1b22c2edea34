import { z } from 'zod'
import { exchangeStatus, failedMessages, messagesAbout } from '../../exchange/door.ts'
import { asActor, schemaId, schemaInstant, systemActor } from '../../ground/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import type { RegionNode } from '../node.ts'
import { done, schemaDone, schemaParams } from './shapes.ts'

const schemaMessage = z
  .object({
    id: schemaId,
    direction: z.enum(['sent', 'received']),
    partner: z.string(),
    kind: z.string(),
    version: z.int(),
    about: z.string().nullable(),
    sentAt: schemaInstant,
    state: z.string(),
    stateAt: schemaInstant.nullable(),
    attempts: z.int().nullable(),
    code: z.string().nullable(),
    params: schemaParams.nullable(),
  })
  .meta({ id: 'ExchangeMessage' })

/** What this node says to others and hears from them. */
export function exchangeRoutes({ exchange }: RegionNode): ServiceRoute[] {
  const callers = ['staff']
  return [
    serviceRoute({
      method: 'GET',
      path: '/exchange/status',
      title: { zh: '跨省交换状态', en: 'What waits, failed or was refused, by partner' },
      callers,
      answer: z.object({
        waiting: z.int(),
        oldestWaitingAt: schemaInstant.nullable(),
        failed: z.int(),
        refused: z.int(),
        byPartner: z.array(
          z.object({
            region: z.string(),
            waiting: z.int(),
            oldestWaitingAt: schemaInstant.nullable(),
            failed: z.int(),
            refusedByPartner: z.int(),
          }),
        ),
      }),
      handle: (work) => exchangeStatus(work),
    }),
    serviceRoute({
      method: 'GET',
      path: '/exchange/messages',
      title: { zh: '办件的往来消息', en: 'The messages about a case number' },
      callers,
      query: z.object({ about: z.string().min(1).max(100) }),
      answer: z.object({ items: z.array(schemaMessage) }),
      handle: async (work, { query }) => ({ items: await messagesAbout(work, query.about) }),
    }),
    serviceRoute({
      method: 'GET',
      path: '/exchange/failed',
      title: { zh: '处理失败的消息', en: 'Messages that could not be handled' },
      callers,
      answer: z.object({ items: z.array(schemaMessage) }),
      handle: async (work) => ({ items: await failedMessages(work) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/exchange/failed/retry',
      title: { zh: '重新处理消息', en: 'Handle a failed message again' },
      callers: ['supervisor', 'control'],
      body: z.strictObject({ from: z.string(), id: schemaId }),
      answer: schemaDone,
      async handle(work, { body }) {
        await asActor(work, systemActor, (system) => exchange.retryFailed(system, body))
        return done
      },
    }),
  ]
}
