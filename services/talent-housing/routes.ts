import { z } from 'zod'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { degrees } from './benefit.ts'

/** What a degree brings besides the subsidy, told to whoever asks before buying (M5.02). */
export function housingRoutes({ rulebook }: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/rights',
      title: { zh: '购房待遇查询', en: 'What a degree brings who buys a home; nothing is kept' },
      callers: ['public', 'signed_in'],
      query: z.object({ degree: z.enum(degrees), firstOwnHome: z.stringbool() }),
      answer: z.object({ ruling: z.unknown().describe('a ruling as a case keeps it') }),
      async handle(work, { query }) {
        const question = { policy: 'home-purchase-rights', on: work.today, insuredRegion: work.node.region }
        return { ruling: await rulebook.decide(work, { ...question, facts: query }) }
      },
    }),
  ]
}
