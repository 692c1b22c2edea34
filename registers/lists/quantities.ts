import { z } from 'zod'
import type { BothLanguages } from '../../ground/door.ts'
import { groupedDecimal, percentOf } from './decimals.ts'
import { bothFields, decimalField } from './list.ts'

/** What is counted. `count` is of what the label says; a `share` is of 1 and is told as per cent. */
export const unitField = z.enum([
  'count',
  'people',
  'person_times',
  'firm_times',
  'yuan',
  'share',
  'multiple',
  'years',
  'months',
  'minutes',
  'working_days',
  'years_of_age',
  'kilometres',
])

const units: Record<z.infer<typeof unitField>, BothLanguages> = {
  count: { zh: '', en: '' },
  people: { zh: '人', en: 'people' },
  person_times: { zh: '人次', en: 'person-times' },
  firm_times: { zh: '户次', en: 'enterprise-times' },
  yuan: { zh: '元', en: 'yuan' },
  share: { zh: '', en: '' },
  multiple: { zh: '倍', en: 'times' },
  years: { zh: '年', en: 'years' },
  months: { zh: '个月', en: 'months' },
  minutes: { zh: '分钟', en: 'minutes' },
  working_days: { zh: '个工作日', en: 'working days' },
  years_of_age: { zh: '岁', en: 'years of age' },
  kilometres: { zh: '公里', en: 'km' },
}

/** How exactly a text tells a number: 超, 余, 多 (more than it), 近 (nearly), 约 (about), or as it is. */
export const qualifierField = z.enum(['exact', 'over', 'about', 'nearly'])

/** A number as a text tells it; `of` says what it is the number of, where a row holds several. */
export const quantityFields = z.strictObject({
  of: bothFields.exactOptional(),
  qualifier: qualifierField,
  value: decimalField,
  unit: unitField,
})

/** See `quantityFields`, its parser. */
export type Quantity = z.infer<typeof quantityFields>

const qualifiers: Record<Quantity['qualifier'], BothLanguages> = {
  exact: { zh: '', en: '' },
  over: { zh: '超', en: '> ' },
  about: { zh: '约', en: '≈ ' },
  nearly: { zh: '近', en: 'nearly ' },
}

/** A number as a reader may take it: 超1,000 / `> 1,000`, never as if it were exact (G4-t3). */
export function quantityInWords({ qualifier, value, unit }: Omit<Quantity, 'of'>): BothLanguages {
  const words = units[unit]
  const number = unit === 'share' ? percentOf(value) : groupedDecimal(value)
  const { zh, en } = qualifiers[qualifier]
  return { zh: `${zh}${number}${words.zh}`, en: `${en}${number}${words.en && ` ${words.en}`}` }
}
