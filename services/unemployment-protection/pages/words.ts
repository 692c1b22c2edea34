import * as z from 'zod/mini'
import { defineWords } from '../../../kit/door.ts'

/** This service's id, for its messages and the addresses of its operations. */
export const serviceId = 'unemployment-protection'

/** The flow of claims. */
export const claimFlow = 'unemployment-claim'

/** Words that pages of residents and of staff share. */
export const claimWords = defineWords({
  title: { zh: '申领失业保险金', en: 'Claim unemployment benefit' },
  claim: { zh: '申领内容', en: 'The claim' },
  registeredOn: { zh: '失业登记', en: 'Registered as unemployed' },
  expected: { zh: '申请时的预判', en: 'Expected when it was sent' },
  found: { zh: '核定', en: 'Granted' },
  term: { zh: '{months} 个月，每月 {monthFen}', en: '{months} months at {monthFen} a month' },
  refused: { zh: '不予发放', en: 'Refused' },
  months: { zh: '各月待遇', en: 'Month by month' },
  month: { zh: '第 {number} 个月，自 {beginsOn} 起', en: 'Month {number}, from {beginsOn}' },
  older: { zh: '大龄领金人员', en: 'older recipient' },
  ordered: { zh: '待支付', en: 'to be paid' },
  returned: { zh: '银行退回，待更正账户', en: 'returned by the bank' },
  paid: { zh: '已支付', en: 'paid' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  takenBack: { zh: '其中应退回 {amountFen}', en: 'of which {amountFen} is to be paid back' },
  ended: { zh: '停发', en: 'Ended' },
  endedText: { zh: '自 {since} 起：{reason}', en: 'since {since}: {reason}' },
  owed: { zh: '还应退回', en: 'Still to be paid back' },
  standing: { zh: '情况', en: 'What has changed' },
  since: { zh: '从哪一天起', en: 'Since' },
  note: { zh: '说明', en: 'Note' },
})

const found = z.nullable(
  z.object({ outcome: z.string(), reason: z.nullable(z.string()), months: z.number(), monthFen: z.number() }),
)

const order = z.object({
  kind: z.string(),
  orderId: z.string(),
  amountFen: z.number(),
  state: z.enum(['ordered', 'returned', 'paid', 'cancelled']),
  takenBackFen: z.number(),
})

/** The state of a claim as pages read it. */
export const claimState = z.object({
  personId: z.nullable(z.string()),
  registeredOn: z.nullable(z.string()),
  expected: found,
  found,
  months: z.array(z.object({ number: z.number(), beginsOn: z.string(), isOlder: z.boolean(), orders: z.array(order) })),
  ended: z.nullable(z.object({ reason: z.string(), since: z.string() })),
  owedFen: z.number(),
})

/** See `claimState`. */
export type ClaimState = z.infer<typeof claimState>
