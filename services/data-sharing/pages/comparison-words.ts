import { defineWords } from '../../../kit/door.ts'

/** Words of comparisons: on entering one and on its case page. */
export const comparisonWords = defineWords({
  department: { zh: '来函部门', en: 'Department' },
  letter: { zh: '文号', en: 'Letter' },
  basis: { zh: '法定依据', en: 'Legal basis' },
  kind: { zh: '比对什么', en: 'Held against' },
  wants: { zh: '要什么', en: 'Wanted' },
  lines: { zh: '逐行结果', en: 'each line' },
  count: { zh: '只要人数', en: 'the number only' },
  double_benefit_check: { zh: '重复领取核查', en: 'benefits drawn twice' },
  stop_after_death: { zh: '死亡停发', en: 'stopping after a death' },
  fund_audit: { zh: '基金稽核', en: 'audit of the fund' },
})
