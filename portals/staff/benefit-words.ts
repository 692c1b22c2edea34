import { defineWords } from '../../kit/door.ts'

/** What the pages of benefits say in more than one place. */
export const benefitWords = defineWords({
  known: { zh: '登记簿所载（不再要求证明）', en: 'What the registers hold (no proof is asked)' },
  knownNone: { zh: '登记簿里没有与本事项有关的信息', en: 'The registers hold nothing about this' },
  fact: { zh: '事实', en: 'Fact' },
  value: { zh: '内容和来源', en: 'Value and source' },
  from: { zh: '来自{source}', en: 'from: {source}' },
  amount: { zh: '金额', en: 'Amount' },
  amountYuan: { zh: '金额（元）', en: 'Amount (CNY)' },
  outcome: { zh: '结论', en: 'Outcome' },
  granted: { zh: '准予', en: 'granted' },
  refused: { zh: '不予', en: 'refused' },
  referred: { zh: '由人认定', en: 'left to people' },
  opinion: { zh: '意见', en: 'Opinion' },
  reason: { zh: '理由', en: 'Reason' },
  before: { zh: '原核定', en: 'Before' },
  after: { zh: '现核定', en: 'Now' },
  difference: { zh: '差额', en: 'Difference' },
  change: { zh: '换一个', en: 'Another one' },
})
