import { z } from 'zod'
import { defineFlow, type RiskHit, stepsOf } from '../cases/door.ts'
import { BrokenInvariant, OperatingFailure, Refusal } from '../ground/door.ts'
import { defineService, serviceRoute } from '../services/contract.ts'
import type { OpenedService } from './services.ts'

const application = z.strictObject({ sport: z.enum(['tennis', 'rowing']), guests: z.int().min(0).max(100) })
const decision = z.strictObject({ accepted: z.boolean() })
const state = z.strictObject({ guests: z.int() })
type ClubState = z.infer<typeof state>

const step = stepsOf<ClubState, 'submitted' | 'member' | 'refused'>()

const clubFlow = defineFlow<ClubState>({
  id: 'club-membership',
  service: 'club',
  version: 1,
  title: { zh: '加入俱乐部', en: 'Joining the club' },
  numberPrefix: 'CL',
  state,
  initial: { guests: 0 },
  statuses: {
    submitted: { title: { zh: '待受理', en: 'To be accepted' }, task: { role: 'accept' } },
    member: { title: { zh: '会员', en: 'Member' }, final: true },
    refused: { title: { zh: '不予通过', en: 'Refused' }, final: true },
  },
  steps: {
    submit: step({
      title: { zh: '提交申请', en: 'Apply' },
      opens: true,
      by: ['person', 'accept'],
      body: application,
      record: application,
      to: 'submitted',
      risk: { assess: async ({ body }) => riskHits(body.guests) },
      take: async ({ body }) => ({ record: body }),
      fold: (_, { body: { guests } }) => ({ guests }),
    }),
    accept: step({
      title: { zh: '受理', en: 'Accept' },
      from: ['submitted'],
      by: ['accept'],
      body: decision,
      record: decision,
      to: { accepted: 'member', refused: 'refused' },
      take: async ({ body }) => ({
        record: body,
        outcome: body.accepted ? 'accepted' : 'refused',
        receipt: { kind: 'accepted' },
      }),
    }),
  },
})

function riskHits(guests: number): RiskHit[] {
  return guests > 10 ? [{ rule: 'many_guests', level: 'medium', params: { guests } }] : []
}

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

/** A neutral service with a flow and a route, for tests of what every service goes through. */
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
    ruleAsShipped: noLaw,
    ruleInForce: noLaw,
    valueOf: noLaw,
  },
}
