import { type BothLanguages, defineWords } from '../../../kit/door.ts'
import type { Field } from '../../../kit/staff/door.ts'

/** Words that several staff pages of this service need. */
export const serviceWords = defineWords({
  insuredRegion: { zh: '参保地', en: 'Insured place' },
  treatmentRegion: { zh: '就医地', en: 'Treatment place' },
  institution: { zh: '医疗机构', en: 'Institution' },
  costType: { zh: '费用类别', en: 'Cost type' },
  careKind: { zh: '就诊方式', en: 'Kind of care' },
  admittedOn: { zh: '入院日期', en: 'Admitted' },
  dischargedOn: { zh: '出院日期', en: 'Discharged' },
  settlementNumber: { zh: '结算编号', en: 'Settlement' },
  totalFen: { zh: '总费用', en: 'Total' },
  fundFen: { zh: '基金支付', en: 'Paid by the fund' },
  personFen: { zh: '个人支付', en: 'Paid by the person' },
  deductedFen: { zh: '审核扣款', en: 'Deducted' },
  inYuan: { zh: '（元）', en: ' (CNY)' },
  opinion: { zh: '意见', en: 'Opinion' },
  reason: { zh: '理由', en: 'Reason' },
  outcome: { zh: '结论', en: 'Outcome' },
  approved: { zh: '通过', en: 'Approve' },
  refused: { zh: '不予通过', en: 'Refuse' },
  returned: { zh: '退回', en: 'Return' },
  accepted: { zh: '受理', en: 'Accept' },
  not_accepted: { zh: '不予受理', en: 'Do not accept' },
  month: { zh: '月份', en: 'Month' },
  quarter: { zh: '季度', en: 'Quarter' },
  number: { zh: '编号', en: 'Number' },
  open: { zh: '查看', en: 'Open' },
})

/** A choice between outcomes. */
export function outcomeField(...values: Array<keyof typeof serviceWords>): Field {
  const options = values.map((value) => ({ value, label: serviceWords[value] }))
  return { name: 'outcome', kind: 'choice', label: serviceWords.outcome, required: true, options }
}

/** An officer's opinion in their own words. */
export const opinionField: Field = { name: 'opinion', kind: 'long_text', label: serviceWords.opinion, required: true }

/** The approval one level up of an acceptance at high risk. */
export const riskApprovalFields: Field[] = [outcomeField('approved', 'returned'), opinionField]

/** A label with the unit of the amounts in its column. */
export function inYuan(label: BothLanguages): BothLanguages {
  return { zh: label.zh + serviceWords.inYuan.zh, en: label.en + serviceWords.inYuan.en }
}

/** The quarter of a business date: `2026-Q2`. */
export function quarterOf(date: string): string {
  return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`
}

/** The quarter of a date and the three before, newest first. */
export function recentQuarters(today: string): string[] {
  const [year = 0, quarter = 1] = quarterOf(today).split('-Q').map(Number)
  return [0, 1, 2, 3].map((back) => {
    const index = year * 4 + quarter - 1 - back
    return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`
  })
}
