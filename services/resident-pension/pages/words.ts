import * as z from 'zod/mini'
import { defineWords } from '../../../kit/door.ts'

/** This service's id, for its messages and the addresses of its operations. */
export const serviceId = 'resident-pension'

/** The flow of pensions. */
export const pensionFlow = 'resident-pension'

/** Words that pages of residents and of staff share. */
export const pensionWords = defineWords({
  title: { zh: '申请城乡居民养老金', en: 'Apply for the resident pension' },
  pension: { zh: '养老金', en: 'The pension' },
  qualifiedOn: { zh: '符合条件之日', en: 'Qualified on' },
  account: { zh: '个人账户储存额', en: 'Personal account' },
  accountMonth: { zh: '每月个人账户养老金', en: 'Of the account a month' },
  yearsPaid: { zh: '缴费年数', en: 'Years paid' },
  yearsText: { zh: '{years} 年', en: '{years} years' },
  authenticated: { zh: '最近一次资格认证', en: 'Last proof' },
  months: { zh: '各月养老金', en: 'Month by month' },
  held: { zh: '暂停：{reason}', en: 'held: {reason}' },
  ordered: { zh: '待支付', en: 'to be paid' },
  returned: { zh: '银行退回，待更正账户', en: 'returned by the bank' },
  paid: { zh: '已支付', en: 'paid' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  takenBack: { zh: '其中应退回 {amountFen}', en: 'of which {amountFen} is to be paid back' },
  ended: { zh: '停发', en: 'Ended' },
  endedText: { zh: '自 {since} 起：{standing}', en: 'since {since}: {standing}' },
  owed: { zh: '还应退回', en: 'Still to be paid back' },
  phone: { zh: '手机自助', en: 'on the phone' },
  counter: { zh: '窗口', en: 'at a counter' },
  home_visit: { zh: '上门', en: 'at home' },
  data_comparison: { zh: '数据比对', en: 'by comparing data' },
  broughtBy: { zh: '申请方式', en: 'How it came' },
  by_person: { zh: '本人申请', en: 'applied for by the person' },
  by_counter: { zh: '窗口代办', en: 'applied for at the counter' },
  by_found: { zh: '系统找到（到龄应发）', en: 'found to be due' },
  by_passed_on: { zh: '由 {number} 转来', en: 'passed on by {number}' },
  expected: { zh: '申请时的规则预判', en: 'What the rule said then' },
  granted: { zh: '符合', en: 'entitled' },
  approval: { zh: '待遇核定', en: 'by the approval' },
})

const order = z.object({
  orderId: z.string(),
  amountFen: z.number(),
  state: z.enum(['ordered', 'returned', 'paid', 'cancelled']),
  takenBackFen: z.number(),
})

/** The state of a pension as pages read it. */
export const pensionState = z.object({
  broughtBy: z.nullable(z.enum(['person', 'counter', 'found', 'passed_on'])),
  fromCase: z.nullable(z.string()),
  expected: z.nullable(z.object({ outcome: z.string(), reason: z.nullable(z.string()) })),
  found: z.nullable(
    z.object({ qualifiedOn: z.nullable(z.string()), accountFen: z.number(), accountMonthFen: z.number() }),
  ),
  yearsPaid: z.number(),
  authentications: z.array(
    z.object({ on: z.string(), way: z.enum(['phone', 'counter', 'home_visit', 'data_comparison', 'approval']) }),
  ),
  months: z.array(z.object({ month: z.string(), heldFor: z.nullable(z.string()), orders: z.array(order) })),
  ended: z.nullable(z.object({ standing: z.string(), since: z.string() })),
  owedFen: z.number(),
})

/** See `pensionState`. */
export type PensionState = z.infer<typeof pensionState>
