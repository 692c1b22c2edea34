import { defineWords } from '../../../kit/door.ts'

/** Words of the pages of declared uses. */
export const useWords = defineWords({
  title: { zh: '就业资金使用申报', en: 'Declared use of employment funds' },
  summary: {
    zh: '领取就业专项资金后，申报用在哪里',
    en: 'Say how money of the employment fund was spent',
  },
  payment: { zh: '款项', en: 'Payment' },
  use: { zh: '用途', en: 'Spent on' },
  spent: { zh: '支出金额', en: 'Spent' },
  spentOn: { zh: '支出日期', en: 'Day' },
  note: { zh: '说明', en: 'Note' },
  accepted: { zh: '认可金额', en: 'Accepted' },
  option: {
    zh: '{title} {number}，到账 {paid}，还可申报 {left}',
    en: '{title} {number}: {paid} paid, {left} not declared',
  },
})

/** The uses that are asked, in this order; words are `choices.<use>` of the service. */
export const useOptions = [
  'startup_services',
  'rent_and_fees',
  'equipment_and_materials',
  'training',
  'wages_and_insurance',
  'buildings_and_vehicles',
  'dividends_and_investments',
  'other',
] as const
