import * as z from 'zod/mini'
import { defineWords } from '../../../kit/door.ts'

/** This service's id, for its messages and the addresses of its operations. */
export const serviceId = 'card-matters'

/** The flow of card matters. */
export const matterFlow = 'card-matter'

/** The seven matters (B4.06). */
export const matters = [
  'new_card',
  'exchange',
  'replacement',
  'issue',
  'activation',
  'information_change',
  'open_financial',
] as const

/** Words that several pages share. */
export const cardWords = defineWords({
  new_card: { zh: '新卡申领', en: 'New card' },
  exchange: { zh: '换卡', en: 'Exchange' },
  replacement: { zh: '补卡', en: 'Replacement' },
  issue: { zh: '发卡（领卡）', en: 'Collecting a card' },
  activation: { zh: '激活', en: 'Activation' },
  information_change: { zh: '信息变更', en: 'Change of data' },
  open_financial: { zh: '开通金融功能', en: 'Opening the account' },
  matter: { zh: '办理事项', en: 'Matter' },
  outlet: { zh: '网点', en: 'Outlet' },
  township: { zh: '镇（街道、管委会）', en: 'Township' },
  instant: { zh: '即时制卡', en: 'Issues at once' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  reason: { zh: '原因', en: 'Reason' },
  own_premises: { zh: '银行网点', en: "bank's premises" },
  government_hall: { zh: '政务大厅柜台', en: 'counter in the government hall' },
  retiree_hall: { zh: '退管服务大厅柜台', en: 'counter in the retiree hall' },
  place: { zh: '设在', en: 'Where' },
  items: { zh: '可办事项', en: 'Items' },
})

/** The state of a matter as pages read it. */
export const matterState = z.object({
  matter: z.nullable(z.enum(matters)),
  byProxy: z.boolean(),
  plan: z.nullable(
    z.object({
      makesCard: z.boolean(),
      reportsLoss: z.boolean(),
      endsOldCard: z.boolean(),
      renewsECard: z.boolean(),
      immediate: z.boolean(),
      withinWorkingDays: z.number(),
    }),
  ),
  cardNumber: z.nullable(z.string()),
  handedTo: z.nullable(z.enum(['holder', 'proxy'])),
  inForceOn: z.nullable(z.string()),
  spoiled: z.number(),
})

/** An outlet as the node lists it. */
export type ListedOutlet = {
  outletId: string
  name: string
  township: string
  townshipName: { zh: string; en: string }
  place: 'own_premises' | 'government_hall' | 'retiree_hall'
  instantIssue: boolean
  cardMakers: number
  fullTimeStaff: number
  classA: boolean
  classes: number
  items: number
}

/** What the list of outlets answers. */
export type OutletList = { outlets: ListedOutlet[]; offered: Array<{ zh: string; en: string; items: string[] }> }
