import * as z from 'zod/mini'
import { defineWords } from '../../../kit/door.ts'

/** This service's id, for its messages and the addresses of its operations. */
export const serviceId = 'home-visits'

/** The flow of visits. */
export const visitFlow = 'home-visit'

/** Why somebody is visited, and what is done there. */
export const reasons = ['very_old', 'seriously_ill', 'limited_mobility', 'no_time'] as const
/** Those that are recorded once they were shown. */
export const recordedReasons = ['seriously_ill', 'limited_mobility'] as const
export const matters = [
  'card_replacement',
  'card_exchange',
  'card_new',
  'card_activation',
  'card_data',
  'benefit_authentication',
  'other_matter',
] as const
export const slots = ['morning', 'afternoon', 'evening'] as const

/** Words that several pages share. */
export const visitWords = defineWords({
  title: { zh: '上门服务', en: 'Service at home' },
  reason: { zh: '为什么需要上门？', en: 'Why at home?' },
  very_old: { zh: '高龄', en: 'Very old' },
  seriously_ill: { zh: '重病', en: 'Seriously ill' },
  limited_mobility: { zh: '行动不便', en: 'Limited mobility' },
  no_time: { zh: '时间不便', en: 'No time' },
  matter: { zh: '要办什么？', en: 'What is to be done?' },
  card_replacement: { zh: '补卡', en: 'Replace a lost card' },
  card_exchange: { zh: '换卡', en: 'Exchange a card' },
  card_new: { zh: '新卡申领', en: 'New card' },
  card_activation: { zh: '社保卡激活', en: 'Activate the card' },
  card_data: { zh: '社保卡信息变更', en: 'Change card data' },
  benefit_authentication: { zh: '待遇资格认证', en: 'Proof of entitlement' },
  other_matter: { zh: '其他人社业务', en: 'Another matter' },
  place: { zh: '上门地址', en: 'Where to come' },
  wish: { zh: '方便的时间、注意事项（可不填）', en: 'When it suits, what to mind (optional)' },
  evidence: { zh: '有病情证明、残疾人证等，上门时出示', en: 'A medical or disability certificate will be shown' },
  kit: { zh: '要带的设备', en: 'To be brought' },
  appointment: { zh: '预约', en: 'Appointment' },
  morning: { zh: '上午', en: 'morning' },
  afternoon: { zh: '下午', en: 'afternoon' },
  evening: { zh: '晚上', en: 'evening' },
  due: { zh: '最晚', en: 'At the latest' },
  did: { zh: '办了什么', en: 'What was done' },
  carried: { zh: '业务号', en: 'Case' },
  attempts: { zh: '未办成次数', en: 'Failed visits' },
  team: { zh: '服务队', en: 'Team' },
  on: { zh: '日期', en: 'Day' },
  slot: { zh: '时段', en: 'Part of the day' },
})

const plan = z.nullable(
  z.object({
    terminal: z.boolean(),
    authenticator: z.boolean(),
    cardMaker: z.boolean(),
    withinWorkingDays: z.number(),
  }),
)

/** The state of a visit as pages read it. */
export const visitState = z.object({
  why: z.nullable(z.enum(reasons)),
  matter: z.nullable(z.enum(matters)),
  place: z.string(),
  wish: z.string(),
  plan,
  dueOn: z.nullable(z.string()),
  appointment: z.nullable(z.object({ team: z.string(), on: z.string(), slot: z.enum(slots) })),
  attempts: z.number(),
  did: z.nullable(z.string()),
  carriedCase: z.nullable(z.string()),
})

/** What is brought, as the rule's results name it. */
export const devices = ['terminal', 'authenticator', 'cardMaker'] as const

/** A team as the node lists it. */
export type Team = { teamId: string; name: string; terminals: number; authenticators: number; cardMakers: number }

/** A team's visits of a day, in their order. */
export type Route = {
  stops: Array<{
    caseId: string
    number: string
    status: string
    seq: number
    personId: string
    name: string
    slot: (typeof slots)[number]
    place: string
    wish: string
    matter: (typeof matters)[number] | null
    plan: Record<(typeof devices)[number], boolean> | null
  }>
}
