import * as z from 'zod/mini'
import { defineWords } from '../../../kit/door.ts'

/** This service's id, for its messages and the addresses of its operations. */
export const serviceId = 'pension-transfer'

/** The flow of the new region, and that of the old one. */
export const transferInFlow = 'pension-transfer-in'
/** See `transferInFlow`. */
export const transferOutFlow = 'pension-transfer-out'

/** Words that pages of residents and of staff share. */
export const transferWords = defineWords({
  title: { zh: '转移养老保险关系', en: 'Transfer my pension relation' },
  transfer: { zh: '转移内容', en: 'The transfer' },
  fromRegion: { zh: '原参保地', en: 'Old region' },
  newRegion: { zh: '新参保地', en: 'New region' },
  months: { zh: '转移的缴费月数', en: 'Months that move' },
  monthsText: { zh: '{months} 个月（{first} 至 {last}）', en: '{months} months ({first} to {last})' },
  overlapping: { zh: '两地重复的月份（只算一次）', en: 'Months paid in both (they count once)' },
  account: { zh: '个人账户', en: 'Personal account' },
  pooled: { zh: '统筹基金部分', en: 'Part of the pooled fund' },
  amount: { zh: '转移资金合计', en: 'What moves in all' },
  refund: { zh: '退还个人部分', en: 'Paid back to the person' },
  paidOn: { zh: '原参保地支付', en: 'Paid by the old region' },
  declinedFor: { zh: '原参保地未能转出', en: 'Why the old region declined' },
  entered: { zh: '已记入缴费记录', en: 'Entered in the record' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  reason: { zh: '原因', en: 'Reason' },
})

const form = z.nullable(
  z.object({
    months: z.array(z.object({ month: z.string() })),
    overlapping: z.array(z.string()),
    accountFen: z.number(),
    pooledFen: z.number(),
    amountFen: z.number(),
    refundFen: z.number(),
  }),
)

/** The information form as pages read it. */
export type FormShown = z.infer<typeof form>

/** The state of a transfer in the new region, as pages read it. */
export const transferInState = z.object({
  answers: z.nullable(z.object({ fromRegion: z.string() })),
  declinedFor: z.nullable(z.string()),
  form,
  paidOn: z.nullable(z.string()),
  monthsEntered: z.boolean(),
})

/** The state of a transfer in the old region, as pages read it. */
export const transferOutState = z.object({
  transferNumber: z.nullable(z.string()),
  newRegion: z.nullable(z.string()),
  personId: z.nullable(z.string()),
  form,
  paidOn: z.nullable(z.string()),
})
