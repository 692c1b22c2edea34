import { z } from 'zod'
import { clubFlow } from '../cases/club.testing.ts'
import { BrokenInvariant, OperatingFailure, Refusal } from '../ground/door.ts'
import { defineService, serviceRoute } from '../services/contract.ts'
import type { OpenedService } from './services.ts'

const noLaw = () => {
  throw new BrokenInvariant('the club stands on no law')
}

// A folder without migrations.
const folder = new URL('./demo/', import.meta.url)

const service = defineService({
  id: 'club',
  title: { zh: '俱乐部', en: 'A club' },
  summary: { zh: '测试用的中性服务', en: 'A neutral service for tests' },
  itemCode: 'TEST-CLUB',
  folder,
  create: () => ({
    flows: [clubFlow],
    messages: [],
    routes: [
      serviceRoute({
        method: 'POST',
        path: '/misfortunes/:kind',
        title: { zh: '出错', en: 'Goes wrong in every way' },
        callers: ['accept'],
        params: z.object({ kind: z.enum(['failure', 'defect', 'unfit', 'refusal']) }),
        answer: z.object({ told: z.string() }),
        async handle(_, { params: { kind } }) {
          if (kind === 'failure') throw new OperatingFailure('database_unreachable')
          if (kind === 'refusal') throw new Refusal('club_is_full', { clause: 'article 7', params: { membersMax: 40 } })
          if (kind === 'defect') throw new Error('the number 110101199003070000 must not be told')
          return JSON.parse('{"untold":true}')
        },
      }),
    ],
  }),
})

/** The neutral service of the case machine's tests with routes, for tests of what every service goes through. */
export const clubService: OpenedService = {
  id: service.id,
  folder,
  service,
  rulebook: {
    service: service.id,
    policies: [],
    values: new Map(),
    messages: {
      zh: new Map([
        ['club_is_full', '俱乐部最多 {membersMax} 人，已经满了。'],
        ['club_is_full.advice', '请先登记候补。'],
      ]),
      en: new Map([
        ['club_is_full', 'The club has its {membersMax} members.'],
        ['club_is_full.advice', 'Put yourself on the waiting list.'],
      ]),
    },
    decide: noLaw,
    decideEach: noLaw,
    decideAsShipped: noLaw,
    valueOf: noLaw,
  },
}
