import * as z from 'zod/mini'
import { type BothLanguages, defineWords } from '../../../kit/door.ts'

/** This service's id, for its messages and operations. */
export const serviceId = 'data-sharing'

/** The flows of consents, questions and comparisons. */
export const flows = { consent: 'data-consent', question: 'data-question', comparison: 'data-comparison' } as const

/** What may be asked, in words. */
export const kindWords: Record<string, BothLanguages> = defineWords({
  unemployment_months: { zh: '失业保险缴费月份', en: 'months of unemployment insurance' },
  pension_months: { zh: '养老保险缴费月份', en: 'months of pension insurance' },
  employments: { zh: '就业', en: 'employments' },
  certificates: { zh: '技能证书', en: 'skill certificates' },
  benefits: { zh: '领取的待遇', en: 'benefits drawn' },
  death: { zh: '死亡登记', en: 'a recorded death' },
})

/** What was taken in, in words. */
export const recordWords: Record<string, BothLanguages> = defineWords({
  contribution: { zh: '失业保险缴费', en: 'unemployment insurance paid for' },
  employment: { zh: '一段就业', en: 'an employment' },
  certificate: { zh: '一本技能证书', en: 'a skill certificate' },
  benefit: { zh: '一项待遇', en: 'a benefit' },
})

/** What for, in words. */
export const purposeWords: Record<string, BothLanguages> = defineWords({
  benefit_application: { zh: '申领待遇', en: 'a benefit' },
  relation_transfer: { zh: '转移保险关系', en: 'a transfer of insurance' },
  subsidy_application: { zh: '申请补贴', en: 'a subsidy' },
  eligibility_check: { zh: '资格核对', en: 'a check of eligibility' },
  fund_safety: { zh: '基金安全', en: 'safety of the fund' },
})

/** Words that pages of residents and of staff share. */
export const sharingWords = defineWords({
  purpose: { zh: '用途', en: 'For' },
  kinds: { zh: '数据', en: 'Data' },
  region: { zh: '地区', en: 'Region' },
  until: { zh: '有效至', en: 'Until' },
  permission: { zh: '凭', en: 'By' },
  taken: { zh: '新取得的记录', en: 'New records' },
  usableUntil: { zh: '可用至', en: 'May be used until' },
  differences: { zh: '不一致', en: 'Differences' },
  notTold: { zh: '对方不予提供的原因', en: 'Why it was not told' },
  unknown: { zh: '对方没有本人的记录', en: 'The other region has no record of the person' },
})

/** The state of a consent as pages read it. */
export const consentState = z.object({
  terms: z.nullable(
    z.object({ purpose: z.string(), kinds: z.array(z.string()), regions: z.array(z.string()), until: z.string() }),
  ),
})

/** The state of a question as pages read it. */
export const questionState = z.object({
  asked: z.nullable(
    z.object({
      region: z.string(),
      purpose: z.string(),
      kinds: z.array(z.string()),
      permission: z.object({ by: z.string(), number: z.optional(z.string()), basis: z.optional(z.string()) }),
    }),
  ),
  answer: z.nullable(
    z.object({
      known: z.boolean(),
      usableUntil: z.string(),
      taken: z.number(),
      differences: z.array(
        z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
      ),
    }),
  ),
  refusedFor: z.nullable(z.string()),
})

/** The state of a comparison as pages read it. */
export const comparisonState = z.object({
  order: z.nullable(
    z.object({
      department: z.string(),
      letter: z.string(),
      basis: z.string(),
      kind: z.string(),
      wants: z.string(),
    }),
  ),
  lines: z.number(),
  compared: z.boolean(),
  matches: z.nullable(z.number()),
})
