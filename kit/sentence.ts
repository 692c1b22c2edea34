import { formatDate, formatRatePpm, formatYuan } from './formats.ts'
import type { Language } from './language.tsx'

/** Parameters of a sentence. */
export type MessageParams = Readonly<Record<string, string | number | boolean | null>>

/** Puts parameters into a sentence, each in the form that its unit suffix says: `{amountFen}` as yuan, `{ratePpm}` as percent, `{untilOn}` as a day. */
export function renderSentence(sentence: string, params: MessageParams, language: Language): string {
  return sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = params[name]
    return value === undefined ? placeholder : showParam(name, value, language)
  })
}

function showParam(name: string, value: string | number | boolean | null, language: Language): string {
  if (value === null) return '—'
  if (typeof value === 'number' && name.endsWith('Fen')) return formatYuan(value, language)
  if (typeof value === 'number' && name.endsWith('Ppm')) return formatRatePpm(value)
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return formatDate(value, language)
  return String(value)
}
