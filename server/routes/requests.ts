import { z } from 'zod'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { cancelKey } from '../http/answers.ts'

/** What became of earlier requests. */
export function requestRoutes(): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'POST',
      path: '/requests/cancel',
      title: { zh: '冲正：撤回未得到答复的请求', en: 'Call back a request whose answer never came' },
      callers: ['signed_in'],
      body: z.strictObject({ key: z.string().min(8).max(128).describe('the Idempotency-Key of that request') }),
      answer: z.object({
        state: z
          .enum(['answered', 'cancelled'])
          .describe('answered: it was done, and here is its answer; cancelled: it never will be'),
        answer: z.unknown().optional(),
      }),
      async handle(work, { body }) {
        const found = await cancelKey(work, body.key)
        return found.state === 'answered' ? { state: found.state, answer: found.answer.body } : { state: found.state }
      },
    }),
  ]
}
