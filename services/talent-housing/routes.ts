import { z } from 'zod'
import type { Work } from '../../ground/door.ts'
import type { Rulebook, Ruling } from '../../law/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { degrees } from './benefit.ts'

/** The city whose rule it is: whoever asks before buying is registered anywhere. */
const city = '340100'

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
      handle: async (work, { query }) => ({ ruling: await homePurchaseRights(work, rulebook, query) }),
    }),
  ]
}

/** The rule of the city on a day, asked by anybody. */
export function homePurchaseRights(
  work: Work,
  rulebook: Rulebook,
  facts: { degree: string; firstOwnHome: boolean },
): Promise<Ruling> {
  return rulebook.decide(work, { policy: 'home-purchase-rights', on: work.today, insuredRegion: city, facts })
}
